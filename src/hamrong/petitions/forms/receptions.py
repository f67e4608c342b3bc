"""What officers type about receptions of citizens: an entry of the book, an answer, hours of the schedule."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hamrong.petitions.forms.handing import LONG, like_a_phone
from hamrong.petitions.forms.officers import KINDS, check_paper, check_papers_of_others, no_paper, others_in, paper_of
from hamrong.petitions.schedule import Rhythm, speakers
from hamrong.petitions.told import Sender, Visit
from hamrong.ui.forms import ClockField, DayField

RECEIVERS: Final = [
    ("duty", gettext_lazy("Cán bộ tiếp công dân thường xuyên")), ("head", gettext_lazy("Người đứng đầu tiếp định kỳ")),
]  # fmt: skip
ENDS: Final = [
    ("answered", gettext_lazy("Đã trả lời, giải thích ngay")),
    ("guided", gettext_lazy("Đã hướng dẫn đến nơi có thẩm quyền")),
    ("later", gettext_lazy("Sẽ trả lời hoặc nhận đơn sau")), ("refused", gettext_lazy("Từ chối tiếp")),
]  # fmt: skip
EVERY_END: Final = [*ENDS, ("taken", gettext_lazy("Đã nhận đơn"))]
WEEKDAYS: Final = [
    ("1", gettext_lazy("Thứ Hai")), ("2", gettext_lazy("Thứ Ba")), ("3", gettext_lazy("Thứ Tư")),
    ("4", gettext_lazy("Thứ Năm")), ("5", gettext_lazy("Thứ Sáu")), ("6", gettext_lazy("Thứ Bảy")),
    ("7", gettext_lazy("Chủ nhật")),
]  # fmt: skip


class ReceptionForm(forms.Form):
    """An entry of the book; whoever comes to denounce is told of on the petition's own form, where it is sealed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    held_on = DayField(label=gettext_lazy("Ngày tiếp"))
    place = forms.CharField(label=gettext_lazy("Nơi tiếp"), max_length=200)
    who = forms.ChoiceField(label=gettext_lazy("Ai tiếp"), choices=RECEIVERS, widget=forms.RadioSelect, initial="duty")
    received_by = forms.CharField(
        label=gettext_lazy("Họ tên, chức vụ người tiếp"), max_length=200,
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Người dân đến để"), choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn người dân đến để làm gì.")},
        help_text=gettext_lazy(
            "Tố cáo: sổ này không giữ tên và nội dung. Bấm Ghi vào sổ, phiếu nhận đơn mở ra và được niêm phong."
        ),
    )  # fmt: skip
    people = forms.IntegerField(
        label=gettext_lazy("Số người cùng đến"), min_value=1, max_value=10_000, initial=1,
        help_text=gettext_lazy("Từ hai người về một nội dung là một lượt; đoàn đông người phải cử đại diện."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Họ và tên người đến, hoặc người đại diện"), required=False, max_length=200
    )
    document = forms.CharField(label=gettext_lazy("Số căn cước"), required=False, max_length=30)
    no_paper = no_paper()
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), required=False, max_length=300)
    phone = forms.CharField(
        label=gettext_lazy("Số điện thoại"), required=False, max_length=30, validators=[like_a_phone]
    )
    others = forms.CharField(
        label=gettext_lazy("Những người đại diện khác"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Mỗi người một dòng: họ tên; số căn cước; địa chỉ; điện thoại. Không có giấy tờ thì để trống chỗ đó."
        ),
    )  # fmt: skip
    subject = forms.CharField(label=gettext_lazy("Việc gì, trong một câu"), required=False, max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Người dân trình bày"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    end = forms.ChoiceField(
        label=pgettext_lazy("reception", "Kết thúc"), choices=ENDS, widget=forms.RadioSelect, initial="later"
    )
    answer = forms.CharField(
        label=gettext_lazy("Đã trả lời, hướng dẫn thế nào"), required=False, max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Từ chối tiếp thì ghi lý do."),
    )  # fmt: skip

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa đến."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_paper(self, given)
        if given.get("kind") != "denunciation":
            self._wants(given)
            self._wants_papers(given)
        return given

    def _wants(self, given: dict[str, Any]) -> None:
        missing = {
            "name": _("Ghi người đến."),
            "subject": _("Ghi việc gì, trong một câu."),
            "text": _("Ghi điều người dân trình bày."),
        }
        for name, said in missing.items():
            if name not in self.errors and not given.get(name):
                self.add_error(name, said)
        if given.get("end") not in {None, "later"} and not given.get("answer"):
            self.add_error("answer", _("Ghi đã trả lời, hướng dẫn thế nào, hoặc vì sao từ chối."))
        people = given.get("people")
        most, came = speakers(people) if people else 0, len(list(self.visitors(given)))
        if people and came > most:
            said = ngettext("%(people)s người cử nhiều nhất %(most)s người đại diện.",
                            "%(people)s người cử nhiều nhất %(most)s người đại diện.", people)  # fmt: skip
            self.add_error("others", said % {"people": people, "most": most})

    def _wants_papers(self, given: dict[str, Any]) -> None:
        check_papers_of_others(self, given)

    @classmethod
    def visitors(cls, given: dict[str, Any]) -> Iterator[Sender]:
        """Those who came, or who speak for them."""
        if given.get("name"):
            yield Sender(given["name"], paper_of(given), given.get("address", ""), given.get("phone", ""))
        yield from others_in(given)

    def visit(self) -> Visit:
        """What the book keeps sealed."""
        got = self.cleaned_data
        return Visit(got["subject"], got["text"], got["answer"], tuple(self.visitors(got)))

    @property
    def number(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key


class AnswerForm(forms.Form):
    """What whoever came was answered later."""

    text = forms.CharField(label=gettext_lazy("Đã trả lời"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}))


class BookForm(forms.Form):
    """What the book is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Số trong sổ hoặc số căn cước"), required=False, max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), required=False, choices=[("", gettext_lazy("Tất cả")), *KINDS])
    who = forms.ChoiceField(
        label=gettext_lazy("Ai tiếp"), required=False, choices=[("", gettext_lazy("Tất cả")), *RECEIVERS]
    )
    since = DayField(label=gettext_lazy("Từ ngày"), required=False)
    until = DayField(label=gettext_lazy("Đến ngày"), required=False)


class HoursForm(forms.Form):
    """Hours of the schedule: every week, every month or on one day."""

    who = forms.ChoiceField(label=gettext_lazy("Ai tiếp"), choices=RECEIVERS, widget=forms.RadioSelect, initial="duty")
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Lặp lại"), widget=forms.RadioSelect, initial="weekly",
        choices=[("weekly", gettext_lazy("Hằng tuần")), ("monthly", gettext_lazy("Hằng tháng")),
                 ("once", gettext_lazy("Một ngày"))],
    )  # fmt: skip
    weekday = forms.ChoiceField(
        label=gettext_lazy("Thứ"), required=False, choices=[("", gettext_lazy("Không chọn")), *WEEKDAYS],
        help_text=gettext_lazy("Khi lặp lại hằng tuần. Ngày nghỉ lễ thì không tiếp."),
    )  # fmt: skip
    monthday = forms.IntegerField(
        label=gettext_lazy("Ngày trong tháng"), required=False, min_value=1, max_value=28,
        help_text=gettext_lazy(
            "Khi lặp lại hằng tháng, từ 1 đến 28. Trùng ngày nghỉ thì sang ngày làm việc tiếp theo."
        ),
    )  # fmt: skip
    on = DayField(label=gettext_lazy("Ngày"), required=False, help_text=gettext_lazy("Khi chỉ tiếp một ngày."))
    opens = ClockField(label=gettext_lazy("Từ giờ"))
    closes = ClockField(label=gettext_lazy("Đến giờ"))
    place = forms.CharField(label=gettext_lazy("Nơi tiếp"), max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = {"weekly": ("weekday", _("Chọn một thứ trong tuần.")),
                  "monthly": ("monthday", _("Ghi ngày trong tháng.")),
                  "once": ("on", _("Nhập ngày tiếp."))}  # fmt: skip
        name, said = wanted.get(given.get("rhythm", ""), ("", ""))
        if name and name not in self.errors and not given.get(name):
            self.add_error(name, said)
        if given.get("opens") and given.get("closes") and given["closes"] <= given["opens"]:
            self.add_error("closes", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if given.get("rhythm") == "once" and given.get("on") and given["on"] < timezone.localdate():
            self.add_error("on", _("Ngày này đã qua."))
        return given

    def told(self, today: date) -> Rhythm:
        """When these hours fall, from today on."""
        got = self.cleaned_data
        return Rhythm(
            today, None, int(got["weekday"]) if got["rhythm"] == "weekly" else None,
            got["monthday"] if got["rhythm"] == "monthly" else None, got["on"] if got["rhythm"] == "once" else None,
        )  # fmt: skip
