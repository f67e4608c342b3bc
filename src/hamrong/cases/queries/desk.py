"""The officer's first page: what is due, what is late, what was offered, what waits for a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.cases.courses import course, courses_of
from hamrong.cases.models import Case, Clock, Proposal, Transfer
from hamrong.cases.queries import visible
from hamrong.law import citizens_time

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that runs, with its case. Alarms follow `strict`; nobody is late before `legal`.

    Where the time is the citizen's, no office is late and no alarm sounds.
    """

    clock: Clock
    case: Case
    at: datetime

    @property
    def is_late(self) -> bool:
        return self.binds and self.clock.legal <= self.at

    @property
    def is_urgent(self) -> bool:
        return self.binds and self.clock.strict <= self.at

    @property
    def binds(self) -> bool:
        return self.clock.rule not in citizens_time()


def due(by: Grant, *, at: datetime, until: datetime, unit: str = "") -> Sequence[Due]:
    """Clocks of the grant's courses that run and end before a moment, the earliest first; at most 200; of one unit if
    named. Those that are the citizen's are left out once they have passed.
    """
    rows = _open(by, "running", unit).filter(strict__lt=until).exclude(rule__in=citizens_time(), legal__lte=at)
    return [Due(clock, clock.case, at) for clock in rows.select_related("case").order_by("strict", "id")[:AT_MOST]]


def paused(by: Grant, *, unit: str = "") -> int:
    """How many cases stand still: a clock that the law suspended has no date until it goes on."""
    return _open(by, "paused", unit).values("case").distinct().count()


def _open(by: Grant, state: str, unit: str) -> QuerySet[Clock]:
    rows = visible.clocks(by).filter(~Q(state="stopped"), state=state, case__course__in=_courses(by))
    return rows.filter(unit=unit) if unit else rows


def offered(by: Grant) -> Sequence[Transfer]:
    """Cases that other units offered to this one, the oldest first."""
    rows = visible.transfers(by).filter(receiver=by.scope, state="offered")
    return list(rows.order_by("offered_at")[:AT_MOST])


def waiting(by: Grant, *, at: datetime) -> Sequence[Proposal]:
    """Proposals of acts that the grant's post approves, by somebody else, the oldest first."""
    rows = visible.proposals(by).filter(state="waiting", expires_at__gt=at).exclude(proposed_by=by.actor.ref)
    found = rows.filter(case__course__in=_courses(by)).select_related("case").order_by("proposed_at")[:AT_MOST]
    return [each for each in found if _approves(by, each)]


def _courses(by: Grant) -> frozenset[str]:
    return courses_of(by.holding.role)


def _approves(by: Grant, proposal: Proposal) -> bool:
    """Whether one of the posts that the actor holds here approves it, their own or delegated to them."""
    step = course(proposal.case.course).step(proposal.act, proposal.case.state)
    if step is None:
        return False
    proposed = {proposal.proposed_by, proposal.proposed_in_place_of} - {""}
    here = [held for held in by.actor.holdings if held.scope == by.scope and held.role in step.approvers]
    apart = [held for held in here if held.in_place_of not in proposed]
    return by.actor.ref not in proposed and any(
        visible.asks(proposal, {by.actor.ref, held.in_place_of}) for held in apart
    )
