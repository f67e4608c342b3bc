"""When and where citizens are received: for anybody to read, and for officers to keep."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import unit_name
from hamrong.org.queries import addressed
from hamrong.petitions.actions import receptions as acts
from hamrong.petitions.actions.intake import NOT_OURS
from hamrong.petitions.actions.receptions import Planned
from hamrong.petitions.forms.receptions import RECEIVERS, WEEKDAYS, HoursForm
from hamrong.petitions.models import Hours
from hamrong.petitions.pages.bare import bare, shown
from hamrong.petitions.queries import visible
from hamrong.petitions.queries.receptions import AHEAD, coming, head_owed, public_hours
from hamrong.ui.answers import private, tell
from hamrong.ui.formats import shown as shown_day
from hamrong.ui.parts import Column, Row, Table
from hamrong.ui.places import lies_at

SHOWN: Final = 6
"""So many of the next days are shown."""


def rhythm_words(row: Hours) -> str:
    """Every week, every month, or the day itself, in words."""
    if row.weekday is not None:
        return _("%(weekday)s hằng tuần") % {"weekday": dict(WEEKDAYS)[str(row.weekday)]}
    return _("Ngày %(day)s hằng tháng") % {"day": row.monthday} if row.monthday else str(shown_day(row.on))


def _hours(row: Hours) -> str:
    return f"{row.opens:%H:%M}–{row.closes:%H:%M}"


def _ordered(rows: list[Hours]) -> list[Hours]:
    return sorted(rows, key=lambda each: (each.who, each.weekday or 8, each.monthday or 0, str(each.on), each.opens))


def _plan(unit: str, rows: list[Hours]) -> dict[str, Any]:
    """Hours and the next days of a unit, as both pages show them."""
    today, who = timezone.localdate(), dict(RECEIVERS)
    lines = [Row([rhythm_words(one), _hours(one), who[one.who], one.place]) for one in _ordered(rows)]
    columns = [Column(_("Khi nào")), Column(_("Giờ"), "day"), Column(_("Ai tiếp")), Column(_("Nơi tiếp"))]
    ahead = coming([one for one in rows if one.who == "head"], today, today + AHEAD)[:SHOWN]
    return {
        "hours": Table(_("Lịch tiếp công dân"), columns, lines, caption_seen=False,
                       empty=_("Đơn vị này chưa công bố lịch tiếp công dân")),
        "heads": [(each.on, WEEKDAYS[each.on.weekday()][1], _hours(each.hours), each.hours.place) for each in ahead],
        "unit": unit, "unit_name": unit_name(unit),
    }  # fmt: skip


@bare
def public_page(request: HttpRequest) -> HttpResponse:
    """A unit's hours and the next days of its head; the province's own where none is chosen."""
    today = timezone.localdate()
    units = addressed(today)
    wanted = request.GET.get("unit", "")
    unit = wanted if wanted in units else settings.HAMRONG_PROVINCE
    rows = public_hours(today)
    open_units = set(rows.values_list("unit", flat=True))
    values = _plan(unit, list(rows.filter(unit=unit)))
    values |= {
        "units": [(code, name, code in open_units) for code, name in units.items()],
        "here": "petitions:receptions",
    }
    return shown(request, "receptions", values)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("reception.plan", "own")
def schedule_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """The own unit's schedule: what stands in it, what the law still wants this month, and adding to it."""
    today, now, do = timezone.localdate(), timezone.now(), request.POST.get("do", "")
    form = HoursForm(request.POST if do == "plan" else None)
    if do == "end" and _ended(request, grant):
        return redirect("petitions_desk:schedule")
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        planned = Planned(grant.scope, got["who"], got["place"], got["opens"], got["closes"], form.told(today))
        answer = acts.plan(by=grant, planned=planned, at=now)
        if tell(request, answer, _("Đã thêm vào lịch. Ai cũng xem được ngay.")):
            return redirect("petitions_desk:schedule")
    mine = list(public_hours(today).filter(pk__in=visible.hours(grant).filter(unit=grant.scope).values("pk")))
    owed, lang = head_owed(mine, today), (get_language() or "vi")[:2]
    enter(grant, subject=f"reception-hours:{grant.scope}", at=now, shown=len(mine))
    values = {
        **_plan(grant.scope, mine), "form": form, "owed": owed,
        "steps": [step.as_dict(lang) for step in (owed.derivation if owed else ())],
        "mine": [(one, rhythm_words(one), _hours(one), dict(RECEIVERS)[one.who]) for one in _ordered(mine)],
    }  # fmt: skip
    lies_at(request, reverse("petitions_desk:receptions"))
    return private(request, "petitions/desk/schedule.html", values)


def _ended(request: HttpRequest, by: Grant) -> bool:
    chosen = request.POST.get("hours", "")
    found = next((one for one in visible.hours(by).filter(unit=by.scope) if str(one.pk) == chosen), None)
    answer = NOT_OURS if found is None else acts.end(by=by, hours=found, at=timezone.now())
    return tell(request, answer, _("Đã bỏ khỏi lịch."))
