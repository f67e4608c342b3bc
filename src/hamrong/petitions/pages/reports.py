"""The reports on petitions that a unit owes: on the screen, on paper, and as a file; numbers only."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import unit_choices, unit_name
from hamrong.org.queries import forerunners, names, unit
from hamrong.petitions.forms.handing import ANSWERS
from hamrong.petitions.forms.officers import KINDS
from hamrong.petitions.forms.reports import ReportForm
from hamrong.petitions.queries import opinions
from hamrong.petitions.queries.counting import Counts, by_unit, counted, suggestions
from hamrong.petitions.reports import Group, Period, before, kinds, lines
from hamrong.petitions.statistics import QUARTER
from hamrong.petitions.suggesting import table
from hamrong.petitions.suppression import TOTAL
from hamrong.ui.answers import as_file, private
from hamrong.ui.formats import day, number
from hamrong.ui.parts import Cell, Column, Row, Table
from hamrong.ui.places import lies_at
from hamrong.ui.sheets import TYPES, Line, write_csv, write_xlsx

GROUPS: Final[dict[Group, Any]] = {
    "received": gettext_lazy("Tiếp nhận"), "sorted": gettext_lazy("Phân loại, xử lý"),
    "grounds": gettext_lazy("Lý do xử lý"), "settled": gettext_lazy("Giải quyết theo thẩm quyền"),
    "found": gettext_lazy("Kết quả giải quyết"),
}  # fmt: skip
UNITS: Final = ("received", "sorted", "unsorted", "accepted", "settled", "settled_late", "pending", "pending_overdue")
"""The lines of which a province sees its units side by side."""


@require_safe
@guarded("petition.count", "own")
def report_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """The report of a period; `?format=` gives it as paper or as a file."""
    today, wide = timezone.localdate(), grant.scope_kind == "province"
    asked = {"kind": "month", "on": day(today), **request.GET.dict()}
    form = ReportForm(unit_choices(today) if wide else (), asked)
    period, code = form.period(today), form.of_unit() if wide else grant.scope
    units = _units(code) if wide and code else ()
    counts = counted(grant, period, units=units)
    wanted = request.GET.get("format", "")
    told = {"first": period.first.isoformat(), "last": period.last.isoformat(), "kind": period.kind}
    enter(grant, subject=f"petitions:{code or grant.scope}", at=timezone.now(), report=told, format=wanted)
    if wanted in TYPES:
        return _file(wanted, period, code or grant.scope, counts)
    values = {**_shown(period, code or grant.scope, counts, today), "form": form, "joined": len(units) > 1}
    if wanted == "print":
        return private(request, "petitions/desk/report_print.html", values)
    values["beside"] = _beside(by_unit(grant, period, UNITS)) if wide and not code else None
    if period.kind == QUARTER and period.next <= today and not (wide and code):
        values |= _opinions(grant, period)
    values["hints"] = _suggested(suggestions(grant, period, units=units))
    values["formats"] = {name: _address(request, period, name) for name in ("print", "xlsx", "csv")}
    values["earlier"] = _address(request, before(period), "")
    lies_at(request, reverse("petitions_desk:report"))
    return private(request, "petitions/desk/report.html", values)


def _opinions(by: Grant, period: Period) -> dict[str, Any]:
    """How senders found the settlement in a quarter that is over: what is below ten is hidden, as from the public."""
    found = opinions.shown(by, period.first)
    columns = [Column(_("Trả lời")), *(Column(label, "number") for _code, label in KINDS), Column(_("Tổng"), "number")]
    rows = [
        Row([Cell(str(label)), *(_hidden(found[answer, kind]) for kind in (*dict(KINDS), TOTAL))])
        for answer, label in ANSWERS
    ]
    rows.append(Row([Cell(_("Tổng")), *(_hidden(found[TOTAL, kind]) for kind in (*dict(KINDS), TOTAL))]))
    table = Table(_("Người gửi có hài lòng không"), columns, rows, figures=True, name="opinions")
    return {"opinions": table, "remarks": opinions.remarks(by, period.first)}


def _suggested(found: Mapping[str, Mapping[str, tuple[int, int, int]]]) -> Table:
    """How far what was suggested and what officers chose agree, by kind and by field."""
    lang = (get_language() or "vi")[:2]
    columns = [Column(_("Loại đơn, lĩnh vực")), Column(_("Cán bộ chọn"), "number"), Column(_("Máy gợi ý"), "number"),
               Column(_("Trùng nhau"), "number")]  # fmt: skip
    rows = [
        Row([Cell(entry.title.to(lang)), *found[entry.of][code]])
        for code, entry in table().items() if code in found[entry.of]
    ]  # fmt: skip
    return Table(_("Gợi ý theo từ ngữ và lựa chọn của cán bộ"), columns, rows, figures=True, name="hints",
                 empty=_("Chưa có đơn nào được gợi ý trong kỳ"))  # fmt: skip


def _hidden(many: int | None) -> str:
    return _("ẩn") if many is None else str(number(many))


def _units(code: str) -> Sequence[str]:
    """A unit and those whose whole area it took over."""
    found = unit(code)
    return [code, *(forerunners(found) if found else ())]


def _address(request: HttpRequest, period: Period, wanted: str) -> str:
    query = request.GET.copy()
    query["kind"], query["on"] = period.kind, day(period.first)
    query.pop("format", None)
    if wanted:
        query["format"] = wanted
    return f"?{query.urlencode()}"


def _shown(period: Period, code: str, counts: Counts, today: date) -> dict[str, Any]:
    lang, kind = (get_language() or "vi")[:2], kinds()[period.kind]
    return {
        "period": period, "kind": kind.title.to(lang), "unit_label": unit_name(code), "now": timezone.now(),
        "unsure": kind.evidence.status == "uncertain",
        "when": _when(period, today), "future": today < period.first,
        "tables": [_table(group, counts) for group in GROUPS] if period.first <= today else [],
    }  # fmt: skip


def _when(period: Period, today: date) -> str:
    """That a period has not begun, or is not over yet, in words; '' for one that is over."""
    if today < period.first:
        return _("Kỳ này chưa bắt đầu (từ ngày %(day)s): chưa có số liệu.") % {"day": day(period.first)}
    if today < period.next:
        return _("Kỳ này chưa kết thúc: số liệu đến hết hôm nay, ngày %(day)s.") % {"day": day(today)}
    return ""


def _table(group: Group, counts: Counts) -> Table:
    rows = [Row([Cell(title), *numbers]) for title, numbers in _lines(counts, group)]
    columns = [Column(_("Chỉ tiêu")), *(Column(label, "number") for _code, label in KINDS), Column(_("Tổng"), "number")]
    return Table(str(GROUPS[group]), columns, rows, figures=True, name=group)


def _lines(counts: Counts, group: Group | None = None) -> Iterator[tuple[str, list[int]]]:
    """Each line's title and its numbers: a kind each, then all of them."""
    lang = (get_language() or "vi")[:2]
    for name, line in lines().items():
        if group in (None, line.group):
            numbers = [counts[name].get(code, 0) for code, _label in KINDS]
            yield f"– {line.title.to(lang)}" if line.part else line.title.to(lang), [*numbers, sum(numbers)]


def _beside(found: Counts) -> Table:
    lang = (get_language() or "vi")[:2]
    columns = [Column(_("Đơn vị")), *(Column(lines()[name].title.to(lang), "number") for name in UNITS)]
    called = names(found)
    named = sorted((called[code], counts) for code, counts in found.items())
    rows = [Row([Cell(name), *(counts[each] for each in UNITS)]) for name, counts in named]
    return Table(
        _("Theo đơn vị"), columns, rows, empty=_("Không đơn vị nào có đơn trong kỳ"), cards=False, name="units"
    )


def _file(wanted: str, period: Period, code: str, counts: Counts) -> HttpResponse:
    """The same lines as a spreadsheet opens them, each with its part of the report; numbers are numbers there."""
    into = BytesIO()
    when = _when(period, timezone.localdate())
    head = [
        ". ".join(part for part in (f"{unit_name(code)}, {day(period.first)} – {day(period.last)}", when) if part),
        _("Chỉ tiêu"),
        *(str(label) for _code, label in KINDS),
        _("Tổng"),
    ]
    body: list[Line] = [
        [str(words), title, *numbers] for group, words in GROUPS.items() for title, numbers in _lines(counts, group)
    ]
    if wanted == "xlsx":
        write_xlsx(into, head, body, widths=(30, 48))
    else:
        write_csv(into, head, body)
    name = f"bao-cao-don-{code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{wanted}"
    return as_file(HttpResponse(into.getvalue(), content_type=TYPES[wanted]), name)
