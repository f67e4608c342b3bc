"""Every case within the grant: filtered, page by page, and as a file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import Refused, guarded
from hamrong.cases.actions.transfers import MANY
from hamrong.cases.courses import course, courses_of, declared
from hamrong.cases.models import Case, Clock
from hamrong.cases.queries import ending, visible
from hamrong.casework.forms import CasesForm
from hamrong.casework.pages.frame import end_of, page, remaining, same_post, state_of, title_of, why
from hamrong.law import basis, is_doubted, rule
from hamrong.org.queries import names as unit_names
from hamrong.ui.answers import words
from hamrong.ui.exports import FormatForm, sent
from hamrong.ui.formats import day, shown
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Cell, Column, Row, Table

CLOSED: Final = ("closed", "undone", "lasting")
"""What is asked of cases that ended; `late` asks of both, because what is in force outlasts its case."""


def _choices(by: Grant) -> list[tuple[str, str]]:
    known = courses_of(by.holding.role)
    return sorted({each.code: words(each.words) for each in declared() if each.key in known}.items())


def _found(by: Grant, form: CasesForm, now: datetime) -> QuerySet[Case]:
    """The cases that a bound form asks for; what makes no sense narrows nothing."""
    form.is_valid()  # what is no choice of a field is left out, the other fields stand
    got = form.cleaned_data
    keys = [key for key in courses_of(by.holding.role) if not got.get("course") or course(key).code == got["course"]]
    rows = visible.cases(by).filter(course__in=keys)
    stands = got.get("stands") or "open"
    if stands not in ("all", "late"):
        rows = rows.filter(closed_at__isnull=stands not in CLOSED)
    if stands == "undone":
        rows = rows.filter(pk__in=ending.undone(by, keys))
    if stands == "lasting":
        rows = rows.filter(pk__in=[each.case.pk for each in ending.lasting(by)])
    if stands == "paused":
        rows = rows.filter(pk__in=visible.clocks(by).filter(state="paused").values("case"))
    if stands == "moved":
        rows = rows.filter(transfers__gte=MANY)
    if stands == "late":
        late = visible.duties(by).filter(state="running", legal__lte=now)
        rows = rows.filter(pk__in=late.values("case"))
    if got.get("q"):
        rows = rows.filter(code__icontains=got["q"].strip())
    return rows.filter(unit=got["unit"]) if got.get("unit") else rows


def _form(by: Grant, request: HttpRequest) -> CasesForm:
    """What narrows the list; the unit only where a grant reaches over several, of those that have cases."""
    if by.scope_kind == "province":
        having = visible.cases(by).order_by().values_list("unit", flat=True).distinct()
        return CasesForm(_choices(by), unit_names(having), request.GET)
    form = CasesForm(_choices(by), {}, request.GET)
    del form.fields["unit"]
    return form


def _first(by: Grant, cases: Sequence[Case] | QuerySet[Any, Any]) -> dict[UUID, Clock]:
    """The clock by which something is next owed in each of these cases."""
    running = visible.duties(by).filter(state="running", case__in=cases)
    rows = running.order_by("case", "legal", "id").distinct("case").only("case_id", "rule", "legal", "law_version")
    return {one.case_id: one for one in rows}


def _due(one: Clock | None, now: datetime) -> Cell:
    """The date, which leads to its reasons; a dash where nothing is owed."""
    if one is None:
        return Cell("–")
    told, reasons = shown(end_of(one.legal)), why(one.case_id, one.rule)
    return Cell(told, reasons, state="overdue" if one.legal <= now else "", note=remaining(one.legal, now))


@require_safe
@guarded("case.list", "own")
def list_page(request: HttpRequest, grant: Grant) -> HttpResponseBase:
    """Cases, the newest first."""
    now, form, wide = timezone.now(), _form(grant, request), grant.scope_kind == "province"
    part = portion(_found(grant, form, now), "opened_at", request.GET, descending=True, counted=True)
    columns = [
        Column(_("Mã")),
        Column(_("Loại")),
        Column(_("Tình trạng")),
        *([Column(_("Đơn vị"))] if wide else []),
        Column(_("Hạn"), "day"),
        Column(_("Vào sổ"), "day"),
    ]
    due = _first(grant, part.rows)
    units = unit_names(one.unit for one in part.rows)
    rows = [
        Row([Cell(one.code), title_of(one), state_of(one), *([units[one.unit]] if wide else []),
             _due(due.get(one.pk), now), day(one.opened_at)],
            reverse("casework:case", args=[one.pk]))
        for one in part.rows
    ]  # fmt: skip
    empty, hint = _("Không có hồ sơ nào đang mở"), _("Hồ sơ mở ra khi một đơn được phân loại.")
    if any(form.cleaned_data.values()):
        empty, hint = _("Không có hồ sơ nào như vậy"), _("Bỏ bớt điều kiện lọc.") + f" {hint}"
    table = Table(
        _("Danh sách hồ sơ"), columns, rows, empty=empty, empty_hint=hint, pager=part.pager, dense=True,
    )  # fmt: skip
    enter(grant, subject=f"cases:{grant.scope}", at=now, shown=len(rows))
    export = f"{reverse('casework:export')}?{request.GET.urlencode()}"
    doubted = any(one.legal <= now and is_doubted(one.law_version) for one in due.values())
    values = {"form": form, "table": table, "export_url": export, "doubted": doubted}
    return page(request, "list", values, "casework:cases")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.export", "own")
def export_page(request: HttpRequest, grant: Grant) -> HttpResponseBase:
    """The list as a file, on record with its number of rows."""
    now, form = timezone.now(), FormatForm(request.POST or None, initial={"format": "xlsx"})
    by = same_post(grant, "case.export")
    if isinstance(by, Refusal):
        raise Refused(by)
    if request.method == "POST" and form.is_valid():
        found = _found(grant, _form(grant, request), now).order_by("-opened_at", "id")
        name = f"ho-so-{timezone.localdate(now):%Y-%m-%d}"
        file = sent(
            form,
            by=by,
            found=found,
            head=head(),
            line=lines(by, found),
            name=name,
            subject=f"cases:{grant.scope}",
            at=now,
        )
        if file:
            return file
    back = f"{reverse('casework:cases')}?{request.GET.urlencode()}"
    return page(request, "export", {"form": form, "back": back}, "casework:cases")


def head() -> list[str]:
    """The columns of the file."""
    return [_("Mã"), _("Loại"), _("Tình trạng"), _("Mã đơn vị"), _("Đơn vị"), _("Ngày vào sổ"), _("Ngày kết thúc"),
            _("Số lần chuyển"), _("Hạn gần nhất"), _("Việc có hạn"), _("Căn cứ của hạn")]  # fmt: skip


def lines(by: Grant, found: QuerySet[Case]) -> Callable[[Case], list[str]]:
    """What makes a line of a case, in the order of `head`; the date with the articles on which it rests."""
    units = unit_names(found.order_by().values_list("unit", flat=True).distinct())
    due, lang = _first(by, found.order_by().values("pk")), (get_language() or "vi")[:2]
    ended = ending.ended_on(found)

    def owed(one: Case) -> list[str]:
        clock = due.get(one.pk)
        if clock is None:
            return ["", "", ""]
        rests = basis(clock.law_version)
        return [str(shown(end_of(clock.legal))), rule(clock.rule).title.to(lang), rests.to(lang) if rests else ""]

    def line(one: Case) -> list[str]:
        closed = day(ended.get(one.pk, one.closed_at)) if one.closed_at else ""
        return [one.code, title_of(one), state_of(one), one.unit, units.get(one.unit, one.unit), day(one.opened_at),
                closed, str(one.transfers), *owed(one)]  # fmt: skip

    return line
