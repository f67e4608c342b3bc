"""What the design system's own pages show: one evening of invented people and places, some with long names."""

from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

import segno
from django import forms
from django.http import QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamrong.ui import charts
from hamrong.ui.forms import ClockField, DayField
from hamrong.ui.parts import Answer, Cell, Column, Event, Link, Pager, Row, Stat, Step, Table, Task
from hamrong.ui.states import STATES

NOW: Final = datetime(2026, 11, 24, 21, 50, tzinfo=timezone(timedelta(hours=7)))
LONG: Final = "Cơ sở lưu trú Nguyễn Thị Tuyết Nhưỡng – Khu nghỉ dưỡng Biển Sầm Sơn Ể Ữ Ẫ Ỗ Ằ Ợ Ặ"
HOUSES: Final = (
    ("NN-0001", "Nhà nghỉ Sóng Biếc", "reported", 9, 7),
    ("NN-0002", LONG, "silent", 120, 0),
    ("NN-0003", "Khách sạn Ánh Dương", "late", 48, 31),
    ("NN-0004", "Nhà nghỉ Hoa Sữa", "nil", 6, 0),
    ("NN-0005", "Homestay Đồi Thông", "held", 4, 2),
)


class SampleForm(forms.Form):
    """One field of every kind."""

    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"), help_text=gettext_lazy("Viết như trên giấy tờ, có dấu.")
    )
    number = forms.CharField(
        label=gettext_lazy("Số căn cước"), help_text=gettext_lazy("12 chữ số ở mặt trước của thẻ.")
    )
    born = DayField(label=gettext_lazy("Ngày sinh"), help_text=gettext_lazy("Ví dụ 05/09/1990."))
    arrived = ClockField(label=gettext_lazy("Giờ đến"))
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới tính"),
        widget=forms.RadioSelect,
        choices=[("M", gettext_lazy("Nam")), ("F", gettext_lazy("Nữ")), ("X", gettext_lazy("Khác"))],
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Lý do lưu trú"),
        choices=[("", gettext_lazy("Chọn lý do")), ("1", gettext_lazy("Du lịch")), ("2", gettext_lazy("Công tác"))],
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ đã xem"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("id", gettext_lazy("Thẻ căn cước")), ("pp", gettext_lazy("Hộ chiếu"))],
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sheet = forms.FileField(label=gettext_lazy("Tệp danh sách"), required=False, help_text="XLSX, ODS, CSV; 20 MB.")
    sure = forms.BooleanField(label=gettext_lazy("Tôi đã đối chiếu với giấy tờ gốc"))


class ClosedForm(forms.Form):
    """A field that cannot be changed."""

    code = forms.CharField(label=gettext_lazy("Mã cơ sở"), disabled=True, initial="NN-0001")


class FilterForm(forms.Form):
    """A desk's filters."""

    q = forms.CharField(
        label=gettext_lazy("Tên hoặc mã"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            *((name, STATES[name].label) for name in ("silent", "late", "reported")),
        ],
    )
    night = DayField(label=gettext_lazy("Đêm"), required=False)


def wrong_form() -> SampleForm:
    """The sample form as it comes back with its errors."""
    data = {"full_name": "", "number": "03819", "born": "31/02/1990", "arrived": "25:00", "reason": "", "note": "…"}
    form = SampleForm(data, prefix="wrong")
    form.data = {f"wrong-{name}": value for name, value in data.items()}
    form.add_error("number", _("Số căn cước có 12 chữ số; bạn đã nhập 5."))
    return form


def houses(*, sort: str = "-state", bulk: str = "chosen", name: str = "houses", count: int = 5) -> Table:
    """A table of establishments: `count` of them, 0 shows the empty state."""
    rows = [
        Row(
            [Cell(title, note=code), Cell("", state=state), rooms, guests, NOW.date()],
            "#",
            code,
        )
        for code, title, state, rooms, guests in HOUSES[:count]
    ]
    return Table(
        caption=_("Cơ sở lưu trú đêm 24/11/2026"),
        columns=[
            Column(_("Cơ sở"), sort="name"),
            Column(_("Tình trạng"), sort="state"),
            Column(_("Số phòng"), "number", sort="rooms"),
            Column(_("Số khách"), "number"),
            Column(_("Đêm"), "day"),
        ],
        rows=rows,
        empty=_("Chưa có cơ sở nào"),
        empty_hint=_("Thêm cơ sở đầu tiên, hoặc bỏ bớt điều kiện lọc."),
        sort=sort,
        bulk=bulk,
        pager=Pager(before="a", after="b", shown=count, total=21000) if count > 1 else None,
        name=name,
    )


def counts() -> Table:
    """Figures of a period: a few columns of numbers, a row for each line of a report."""
    columns = [
        Column(_("Cơ sở")),
        *(Column(label, "number") for label in (_("Khách"), _("Người nước ngoài"), _("Tổng"))),
    ]
    rows = [Row([title, guests, rooms, guests + rooms]) for _code, title, _state, rooms, guests in HOUSES]
    return Table(_("Số liệu của kỳ"), columns, rows, figures=True, name="counts")


def tonight() -> list[Stat]:
    """The tiles of an evening."""
    return [
        Stat(_("Đã thông báo"), 412, _("trong 468 cơ sở"), "#", "good", "circle-check"),
        Stat(_("Chưa thông báo"), 38, _("20 cơ sở chưa gọi"), "#", "bad", "triangle-alert"),
        Stat(_("Không có khách"), 18, "", "#", "plain", "circle-minus"),
        Stat(_("Thông báo chậm"), 7, _("chậm nhất 3 giờ"), "#", "warn", "clock-alert"),
        Stat(_("Khách đêm nay"), 5204, _("1.310 người nước ngoài"), "#"),
    ]


def answers() -> list[Answer]:
    return [
        Answer(_("Họ và tên"), "Nguyễn Thị Tuyết Nhưỡng", "#"),
        Answer(_("Số căn cước"), "••••••••0123", "#"),
        Answer(_("Ngày sinh"), "05/09/1990", "#"),
        Answer(_("Ghi chú"), ""),
    ]


def events() -> list[Event]:
    return [
        Event(_("Đã tiếp nhận thông báo"), NOW, _("hệ thống"), tone="good"),
        Event(_("Sửa ngày đi"), NOW - timedelta(hours=3), _("chủ cơ sở"), _("25/11/2026 thành 26/11/2026"), "info"),
        Event(_("Lập bản nháp"), date(2026, 11, 23), _("chủ cơ sở")),
    ]


def navigation() -> list[tuple[str, str, str, bool, int]]:
    return [
        ("#", _("Đêm nay"), "moon", True, 38),
        ("#", _("Thông báo"), "inbox", False, 0),
        ("#", _("Cơ sở"), "hotel", False, 3),
        ("#", _("Tìm kiếm"), "search", False, 0),
        ("#", _("Thống kê"), "chart-column", False, 0),
        ("#", _("Nhật ký"), "history", False, 0),
    ]


def nights() -> list[tuple[str, float]]:
    return [
        (f"{day:%d/%m}", 380 + (day.day * 37) % 90) for day in (date(2026, 11, 18) + timedelta(n) for n in range(7))
    ]


def drawings() -> dict[str, Any]:
    """One of each chart, and each of them empty."""
    points = nights()
    hours = [f"{hour} {_('giờ')}" for hour in (18, 19, 20, 21, 22, 23)]
    grid = [[(row * 13 + column * 29) % 60 for column in range(6)] for row in range(4)]
    return {
        "bars": charts.bar_chart(_("Cơ sở đã thông báo mỗi đêm"), points, name="bars", unit=_("cơ sở")),
        "lines": charts.line_chart(
            _("Thông báo trong tuần"),
            [label for label, _value in points],
            [(_("Đúng hạn"), [value for _label, value in points]), (_("Chậm"), [31, 12, 44, 20, 9, 51, 17])],
            name="lines",
            unit=_("thông báo"),
        ),
        "heat": charts.heat_grid(
            _("Giờ gửi thông báo"), ["Sầm Sơn", "Hạc Thành", "Bỉm Sơn", "Nghi Sơn"], hours, grid, name="heat"
        ),
        "spark": charts.sparkline([value for _label, value in points], _("7 đêm qua: từ 394 đến 431 cơ sở")),
        "none": charts.bar_chart(_("Cơ sở đã thông báo mỗi đêm"), [], name="none", unit=_("cơ sở")),
    }


def qr(text: str) -> str:
    """A QR code as SVG without style attributes."""
    return mark_safe(
        segno.make_qr(text, error="m").svg_inline(scale=4, border=0, omitsize=True, svgclass=None, lineclass=None)
    )


def gallery(query: QueryDict) -> dict[str, Any]:
    return {
        "now": NOW,
        "due": NOW + timedelta(hours=1, minutes=10),
        "soon": NOW + timedelta(minutes=25),
        "past": NOW - timedelta(minutes=95),
        "long": LONG,
        "states": list(STATES),
        "tiles": tonight(),
        "answers": answers(),
        "events": events(),
        "sample": SampleForm(),
        "wrong": wrong_form(),
        "closed": ClosedForm(),
        "filter_form": FilterForm(query or None),
        "many": houses(),
        "counts": counts(),
        "one": houses(name="one", bulk="", count=1),
        "nothing": houses(name="nothing", count=0),
        "crumbs": [Link(_("Trang đầu"), "/"), Link(_("Cơ sở"), "#"), Link(LONG)],
        "faces": [
            Link(_("Đêm nay"), "#", current=True, count=38),
            Link(_("Lịch sử"), "#"),
            Link(_("Thông tin cơ sở"), "#"),
        ],
        "course": [Step(_("Khách"), "done"), Step(_("Kiểm tra"), "current"), Step(_("Biên nhận"))],
        "jobs": [
            Task(_("Đọc tệp"), "done", "#"),
            Task(_("Kiểm tra từng dòng"), "running", "#", _("mất khoảng một phút")),
            Task(_("Nhận biên nhận"), "blocked"),
        ],
        "code": "LT-2026-7K4M-93QX",
        "other_code": "LT-2026-0000-0001",
        "qr": qr("LT-2026-7K4M-93QX"),
        **drawings(),
    }


def desk(query: QueryDict) -> dict[str, Any]:
    return {
        "nav": navigation(),
        "unit_label": "Công an phường Sầm Sơn",
        "person_label": "Trần Văn Mẫu",
        "search_url": "#",
        "now": NOW,
        "due": NOW + timedelta(hours=1, minutes=10),
        "tiles": tonight(),
        "filter_form": FilterForm(query or None),
        "many": houses(sort=query.get("sort", "-state")),
        "bars": drawings()["bars"],
    }


def public() -> dict[str, Any]:
    return {
        "sample": SampleForm(),
        "crumbs": [Link(_("Trang đầu"), "/"), Link(_("Thông báo lưu trú"))],
        "now": NOW,
        "due": NOW + timedelta(hours=1),
    }


def paper() -> dict[str, Any]:
    return {
        "unit_label": "CÔNG AN PHƯỜNG SẦM SƠN",
        "answers": answers(),
        "many": houses(bulk=""),
        "qr": qr("LT-2026-7K4M-93QX"),
    }
