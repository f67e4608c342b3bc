"""An officer's calendar of due dates: the page that makes its secret address, and the file at that address."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Actor, Grant, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.people import actor_of_person
from hamrong.access.walls import acting
from hamrong.access.web import guarded, open_to_all
from hamrong.cases.actions.reckoning import CLOCKS
from hamrong.cases.dates import standing
from hamrong.cases.queries import desk
from hamrong.cases.queries.desk import Due
from hamrong.casework import ical
from hamrong.casework.actions import calendars
from hamrong.casework.pages.frame import last_day, page, units_of
from hamrong.casework.queries import calendars as live_calendar
from hamrong.casework.queries.alarms import is_liberty, rings
from hamrong.law import Deadline, LawError, Step, rule
from hamrong.ui.answers import tell
from hamrong.ui.formats import shown

AHEAD: Final = timedelta(days=120)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.calendar", "own")
def own_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Whether there is an address, a new one (shown once), and the way to take it back."""
    address, now = "", timezone.now()
    if request.method == "POST" and request.POST.get("do") == "end":
        tell(request, calendars.take_back(by=grant, at=now), _("Địa chỉ lịch không còn mở được nữa."))
    elif request.method == "POST":
        secret = calendars.make(by=grant, at=now)
        address = request.build_absolute_uri(reverse("casework:feed", args=[secret]))
    return page(request, "calendar", {"address": address, "live": live_calendar.own(grant)}, "casework:calendar")


@require_safe
@open_to_all
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address, with the posts that its owner holds today; codes and days, no names."""
    now = timezone.now()
    found = live_calendar.behind(secret)
    if found is None:
        raise Http404
    actor = actor_of_person(
        found.person, session=f"calendar:{found.pk}:{now:%Y%m%d}", today=timezone.localdate(now),
        province=settings.HAMRONG_PROVINCE, strong=True,
    )  # fmt: skip
    entries = {entry.uid: entry for grant in _grants(actor) for entry in _entries(request, grant)}
    text = ical.calendar(_("Hạn xử lý hồ sơ"), entries.values(), now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _grants(actor: Actor) -> list[Grant]:
    """The same right in each of the posts of the owner: every scope has its own transaction."""
    found = []
    for held in actor.holdings:
        one = Actor(actor.ref, actor.label, actor.session, (held,), strong=True)
        answer = decide(one, "case.list", Target(**{held.definition.scope: held.scope}))
        found += [answer] if isinstance(answer, Grant) else []
    return found


def _entries(request: HttpRequest, grant: Grant) -> list[ical.Entry]:
    now, lang = timezone.now(), (get_language() or "vi")[:2]
    with acting(grant):
        ours = units_of(grant)
        due = _all_due(grant, now, ours)
        enter(grant, subject=f"cases:{grant.scope}", at=now, calendar=len(due))
        told = {row.pk: answer for row, answer in CLOCKS.anew([one.clock for one in due], now, None)}
        return [
            ical.Entry(
                f"{one.clock.pk}@hamrong", _when(one),
                _titled(one, lang),
                _note(one, told[one.clock.pk], lang),
                request.build_absolute_uri(reverse("casework:case", args=[one.case.pk])),
                [rung.before for rung in rings(grant, one, ours)],
            )
            for one in due
        ]  # fmt: skip


def _all_due(by: Grant, now: datetime, ours: Sequence[str]) -> list[Due]:
    """What is due in the own unit, and what guards somebody's liberty wherever its alarm can reach the owner."""
    due = list(desk.due(by, at=now, until=now + AHEAD, units=ours))
    known = {one.clock.pk for one in due}
    others = desk.due(by, at=now, until=now + AHEAD, liberty=True) if ours else []
    return due + [one for one in others if one.clock.pk not in known and rings(by, one, ours)]


def _note(one: Due, found: Deadline | LawError, lang: str) -> str:
    """After which day it is late, or that the time is the citizen's, and why: each sentence with its article."""
    day = {"day": f"{last_day(one.clock.legal):%d/%m/%Y}"}
    late, theirs = _("Coi là muộn sau ngày %(day)s."), _("Hết ngày %(day)s; thời gian của người dân, không ai muộn.")
    told = [(late if one.binds else theirs) % day]
    if isinstance(found, LawError):
        return told[0]
    date = standing(found, one.clock)
    if date.anew:
        told.append(_("Luật hoặc lịch đã đổi; tính lại hôm nay: %(day)s.") % {"day": shown(date.anew)})
    return "\n".join([*told, _("Vì sao:"), *_reasons(found.derivation, lang)])


def _reasons(steps: Sequence[Step], lang: str) -> Iterator[str]:
    for step in steps:
        yield f"– {step.en if lang == 'en' else step.vi} ({step.citation.to(lang)})"
        yield from _reasons(step.steps, lang)


def _when(one: Due) -> date | datetime:
    """A whole day; where somebody's liberty ends the term, the moment."""
    return one.clock.strict if is_liberty(one.clock.rule) else last_day(one.clock.strict)


def _titled(one: Due, lang: str) -> str:
    told = f"{one.case.code}: {rule(one.clock.rule).title.to(lang)}"
    return _("Quá hạn: %(what)s") % {"what": told} if one.is_late else told
