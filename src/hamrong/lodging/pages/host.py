"""Tonight at the establishment: until when, what is reported, what is missing, and "no guests tonight"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.law import VIETNAM, Deadline, deadline
from hamrong.lodging.actions.nights import report_nil, withdraw_nil
from hamrong.lodging.nights import coming_deadline, night_deadline, night_of
from hamrong.lodging.pages.drafts import DraftLine, draft_lines
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.queries import drafts, hosts
from hamrong.lodging.queries.nights import Tonight, tonight
from hamrong.ui.answers import tell, words
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Stat

NEAR: Final = timedelta(hours=1)
LATEST: Final = 5


@dataclass(frozen=True, slots=True)
class Clock:
    """The night that it is, until when it is to be reported, and how near that is."""

    night: date
    due: Deadline
    now: datetime

    @property
    def near(self) -> bool:
        return self.due.legal - self.now <= NEAR

    @property
    def passed(self) -> bool:
        return self.now > self.due.legal

    @property
    def after_evening(self) -> bool:
        """Whether the evening's own deadline is over and only guests who came after it are still in time."""
        return self.now > night_deadline(self.night).legal


def clock_at(now: datetime) -> Clock:
    """The night and the deadline that a host at `now` has before them: 23:00, and after it 08:00."""
    return Clock(night_of(now), coming_deadline(now), now)


@require_safe
@guarded("stay.read", "establishment")
def tonight_page(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Tonight at a glance: the first page after signing in."""
    clock = clock_at(timezone.now())
    place = hosts.own(grant)
    counts, rooms = tonight(grant, place, clock.night), hosts.rooms(grant)
    latest = hosts.latest(grant, [clock.night], LATEST)
    kept = portion(drafts.drafts(grant), "saved_at", request.GET, descending=True)
    waiting = draft_lines(drafts.opened(kept.rows), place, clock.now)
    enter(
        grant,
        subject=f"establishment:{establishment}",
        at=clock.now,
        night=clock.night.isoformat(),
        stays=len(latest),
        drafts=len(waiting),
    )
    return host_page(
        request,
        grant,
        place,
        "tonight",
        here="tonight",
        clock=clock,
        due=clock.due,
        now=clock.now,
        counts=counts,
        silent=_silent(counts, waiting) and bool(rooms),
        latest=latest,
        drafts=waiting,
        older=kept.pager,
        tiles=_tiles(counts, establishment),
        why=clock.due.as_dict(get_language() or "vi"),
        foreign=foreign_term(place.area, clock.now),
        rooms=rooms,
    )


def _silent(counts: Tonight, waiting: list[DraftLine]) -> bool:
    return not counts.stays and not counts.going_on and counts.nil is None


def _tiles(counts: Tonight, establishment: str) -> list[Stat]:
    return [
        Stat(_("Khách đã thông báo"), str(counts.stays), tone="good" if counts.stays else "plain", icon="users"),
        *_going_on(counts),
        Stat(_("Người nước ngoài"), str(counts.foreigners), tone="info", icon="id-card"),
        Stat(_("Thông báo chậm"), str(counts.late), tone="warn" if counts.late else "plain", icon="clock-alert"),
    ]


def _going_on(counts: Tonight) -> list[Stat]:
    if not counts.going_on:
        return []
    return [Stat(_("Khách ở tiếp từ đêm trước"), str(counts.going_on), tone="good", icon="bed-double")]


def foreign_term(area: str, arrival: datetime) -> Deadline:
    """Until when a foreigner who arrives now is to be declared."""
    return deadline("lodging.foreigner", arrival.astimezone(VIETNAM), params={"area": area})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("nil.report", "establishment")
def nil(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """ "No guests tonight": asked once more, then reported with a receipt."""
    clock, place = clock_at(timezone.now()), hosts.own(grant)
    if request.method != "POST":
        return host_page(request, grant, place, "nil", here="tonight", clock=clock, due=clock.due, now=clock.now)
    local = clock.now.astimezone(VIETNAM).date()
    answer = report_nil(by=grant, place=place, night=clock.night, today=local, at=clock.now)
    if isinstance(answer, Refusal):
        tell(request, answer, "")
        return redirect("lodging:tonight", establishment=establishment)
    return redirect("lodging:host_receipt", establishment=establishment, code=answer.code)


@require_POST
@guarded("nil.report", "establishment")
def nil_undo(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Take "no guests tonight" back."""
    clock = clock_at(timezone.now())
    answer = withdraw_nil(by=grant, place=hosts.own(grant), night=clock.night, at=clock.now)
    tell(request, answer, _("Đã rút lại báo cáo không có khách."))
    return redirect("lodging:tonight", establishment=establishment)


__all__ = ["Clock", "clock_at", "foreign_term", "nil", "nil_undo", "tonight_page", "words"]
