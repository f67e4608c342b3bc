"""Overdue departures as the commune reads them: whom to ask about, by establishment, kind and planned day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.law import VIETNAM
from hamrong.lodging.pages.cursors import read_cursor, written_cursor
from hamrong.lodging.pages.officers import KINDS, crumbs, desk_page, local
from hamrong.lodging.pages.shown import moment, name_of
from hamrong.lodging.queries import departures
from hamrong.lodging.queries.departures import OverdueFilter
from hamrong.lodging.queries.hosts import Cursor, Stay, page
from hamrong.ui.forms import DayField
from hamrong.ui.parts import Cell, Column, Pager, Row, Table

SHOWN: Final = 50


class OverdueForm(forms.Form):
    """What overdue departures are narrowed by; everything lives in the address."""

    place = forms.CharField(label=gettext_lazy("Mã cơ sở"), required=False, max_length=20)
    kind = forms.ChoiceField(
        label=gettext_lazy("Khách"),
        required=False,
        choices=KINDS,
    )
    first = DayField(label=gettext_lazy("Dự kiến đi từ ngày"), required=False)
    last = DayField(label=gettext_lazy("Dự kiến đi đến ngày"), required=False)

    def asked(self) -> OverdueFilter:
        """What the form narrows to; a field that makes no sense narrows nothing."""
        self.is_valid()
        got = self.cleaned_data
        first, last = got.get("first"), got.get("last")
        return OverdueFilter(
            (got.get("place") or "").strip().upper(),
            got.get("kind") or "",
            _start(first) if first else None,
            _start(last + timedelta(days=1)) if last else None,
        )


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


@require_safe
@guarded("stay.list", "ward")
def departures_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """Guests of the commune who should have left by now and were neither reported as gone nor extended."""
    now, form = timezone.now(), OverdueForm(request.GET)
    chosen = form.asked()
    rows, after = page(
        departures.overdue(grant, ward, chosen, now=now), read_cursor(request.GET.get("after", "")), SHOWN
    )
    enter(grant, subject=f"departures:{chosen.place or ward}", at=now, rows=len(rows))
    return desk_page(
        request,
        grant,
        "departures",
        ward=ward,
        here="night_stays",
        form=form,
        now=now,
        crumbs=crumbs(ward, last=_("Quá ngày đi")),
        table=_table(rows, ward, after, now),
        export_url=f"{reverse('lodging:departures_export', args=[ward])}?{request.GET.urlencode()}",
    )


def _table(rows: Sequence[Stay], ward: str, after: Cursor | None, now: datetime) -> Table:
    columns = [
        Column(_("Khách")), Column(_("Cơ sở"), "code"), Column(_("Quốc tịch")), Column(_("Giấy tờ")),
        Column(_("Đến lúc"), "day"), Column(_("Dự kiến đi lúc"), "day"), Column(_("Quá"), "day"),
    ]  # fmt: skip
    return Table(
        _("Khách quá ngày dự kiến đi, việc xem danh sách này được ghi vào nhật ký"),
        columns,
        [_line(stay, ward, now) for stay in rows],
        empty=_("Không có khách nào quá ngày dự kiến đi"),
        empty_hint=_("Bỏ bớt điều kiện lọc, hoặc xem lượt lưu trú theo đêm."),
        pager=Pager(after=written_cursor(after), shown=len(rows)),
    )


def _line(stay: Stay, ward: str, now: datetime) -> Row:
    planned = stay.planned_departure_at
    cells: list[object] = [
        Cell(stay.full_name, note=_("Phòng %(room)s") % {"room": stay.room} if stay.room else ""),
        Cell(stay.establishment, url=reverse("lodging:ward_place", args=[ward, stay.establishment])),
        name_of("nationalities", stay.nationality),
        Cell(name_of("document-types", stay.document_type), note=stay.document_hint),
        moment(stay.arrival_at),
        moment(planned),
        _over(local(now) - local(planned)) if planned else "",
    ]
    return Row(cells, reverse("lodging:ward_stay", args=[ward, stay.night, stay.pk]))


def _over(time_over: timedelta) -> str:
    """How long ago somebody should have left: whole days, under a day whole hours."""
    if time_over.days:
        return ngettext("%(n)d ngày", "%(n)d ngày", time_over.days) % {"n": time_over.days}
    hours = time_over.seconds // 3600
    return ngettext("%(n)d giờ", "%(n)d giờ", hours) % {"n": hours} if hours else _("dưới 1 giờ")
