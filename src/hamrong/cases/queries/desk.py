"""The officer's first page: what is due, what is late, what was offered, what waits for a second person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.cases.courses import Step, course, courses_of
from hamrong.cases.models import Case, Clock, Fact, Proposal, Transfer
from hamrong.cases.queries import visible
from hamrong.law import citizens_time, of_liberty

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


def due(
    by: Grant, *, at: datetime, until: datetime, units: Collection[str] = (), liberty: bool = False
) -> Sequence[Due]:
    """Clocks of the grant's courses that run and end before a moment, the earliest first; at most 200; of these units
    if named; of somebody's `liberty` alone if wanted. Those that are the citizen's are left out once they have passed.
    """
    rows = _open(by, "running", units).filter(strict__lt=until).exclude(rule__in=citizens_time(), legal__lte=at)
    if liberty:
        rows = rows.filter(rule__in=of_liberty())
    return [Due(clock, clock.case, at) for clock in rows.select_related("case").order_by("strict", "id")[:AT_MOST]]


def steps_for(one: Due) -> list[Step]:
    """The steps by which this clock is answered where its case stands, or else those that bring the case on."""
    here = course(one.case.course).steps_from(one.case.state)
    touching = [step for step in here if any(touch.rule == one.clock.rule for touch in step.touches)]
    return touching or [step for step in here if step.source != step.target]


def is_theirs(by: Grant, one: Due, units: Collection[str] = ()) -> bool:
    """Whether one of the posts that the actor holds here takes such a step: in cases of these units, if named."""
    here = {held.role for held in by.actor.holdings if held.scope == by.scope}
    away = units and one.case.unit not in units
    return not away and any(not here.isdisjoint(step.roles) for step in steps_for(one))


def asked_for(by: Grant, found: Sequence[Due], *, at: datetime) -> dict[UUID, Proposal]:
    """Case → the proposal that waits in it: nobody takes a step there before it is answered."""
    rows = visible.proposals(by).filter(state="waiting", expires_at__gt=at, case__in={one.case.pk for one in found})
    return {each.case_id: each for each in rows}


def paused(by: Grant, *, units: Collection[str] = ()) -> int:
    """How many cases stand still: a clock that the law suspended has no date until it goes on."""
    return _open(by, "paused", units).values("case").distinct().count()


def _open(by: Grant, state: str, units: Collection[str]) -> QuerySet[Clock]:
    rows = visible.clocks(by).filter(~Q(state="stopped"), state=state, case__course__in=_courses(by))
    return rows.filter(unit__in=units) if units else rows


def offered(by: Grant) -> Sequence[Transfer]:
    """Cases that other units offered to this one, the oldest first."""
    rows = visible.transfers(by).filter(receiver=by.scope, state="offered")
    return list(rows.order_by("offered_at")[:AT_MOST])


def returned(by: Grant) -> Sequence[Transfer]:
    """Cases of this unit that another one did not take over, until they are offered again or a step is taken."""
    later = Transfer.objects.filter(case=OuterRef("case"), offered_at__gt=OuterRef("offered_at"))
    since = Fact.objects.filter(case=OuterRef("case"), recorded_at__gt=OuterRef("decided_at"))
    rows = visible.transfers(by).filter(unit=by.scope, state="refused", case__unit=by.scope, case__closed_at=None)
    rows = rows.filter(~Exists(later), ~Exists(since), case__course__in=_courses(by))
    return list(rows.order_by("decided_at")[:AT_MOST])


def sent_round(by: Grant, times: int) -> int:
    """How many open cases were sent on so often: whoever waits for an answer may be sent from door to door."""
    return visible.cases(by).filter(closed_at=None, transfers__gte=times, course__in=_courses(by)).count()


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
