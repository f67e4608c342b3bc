"""Entries that were put on record after the day on which they took effect: counted a unit, and one by one."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.cases.queries.backdated import BANDS, Late, backdated, counted
from hamrong.casework.forms import BackdatedForm
from hamrong.casework.pages.frame import done_words, may, names, page
from hamrong.org.queries import names as unit_names
from hamrong.ui.formats import day
from hamrong.ui.parts import Cell, Column, Row, Table

HERE = "casework:backdated"
AT_MOST = 200
"""Entries shown one by one, those written down latest after the fact; all are counted."""


@require_safe
@guarded("case.backdated", "own")
def backdated_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the unit, or every unit of the province, wrote down late in the last days."""
    now, form = timezone.now(), BackdatedForm(request.GET or None)
    days = int(form.cleaned_data["days"]) if form.is_bound and form.is_valid() else BackdatedForm.DAYS[0]
    found = backdated(now - timedelta(days=days))
    enter(grant, subject=f"cases:{grant.scope}", at=now, backdated=len(found), days=days)
    values = {
        "form": form, "count": len(found), "units": _units(found), "entries": _entries(grant, found[:AT_MOST]),
        "more": len(found) > AT_MOST, "most": AT_MOST,
    }  # fmt: skip
    return page(request, "backdated", values, HERE)


def _units(found: Sequence[Late]) -> Table:
    soon, late = BANDS
    called = unit_names(one.unit for one in found)
    columns = [
        Column(_("Đơn vị")), Column(_("Ghi muộn đến %(days)s ngày") % {"days": soon}, "number"),
        Column(_("%(first)s–%(last)s ngày") % {"first": soon + 1, "last": late}, "number"),
        Column(_("Hơn %(days)s ngày") % {"days": late}, "number"), Column(_("Cộng"), "number"),
        Column(_("Muộn nhất (ngày)"), "number"),
    ]  # fmt: skip
    rows = [
        Row([called[one.unit], one.soon, one.late, one.very_late, one.all, one.most]) for one in counted(found)
    ]  # fmt: skip
    return Table(_("Theo đơn vị"), columns, rows, empty=_("Không việc nào ghi lùi ngày"),
                 empty_hint=_("Mọi việc trong kỳ được ghi ngay trong ngày có hiệu lực."), name="units")  # fmt: skip


def _entries(by: Grant, found: Sequence[Late]) -> Table:
    who, called = names(one.by for one in found), unit_names(one.unit for one in found)
    columns = [
        Column(_("Hồ sơ")), Column(_("Bước")), Column(_("Có hiệu lực"), "day"), Column(_("Ghi vào hệ thống"), "day"),
        Column(_("Muộn (ngày)"), "number"),
    ]  # fmt: skip
    reads = may(by, "case.read")
    rows = [
        Row(
            [
                Cell(one.code, note=called[one.unit]),
                Cell(done_words(one.course, one.act, one.source), note=who.get(one.by, one.by)),
                day(one.effective_at), day(one.recorded_at), one.days,
            ],
            reverse("casework:case", args=[one.case]) if reads else "",
        )
        for one in found
    ]  # fmt: skip
    return Table(_("Từng việc, muộn nhất trước"), columns, rows, empty=_("Không việc nào ghi lùi ngày"), name="entries")
