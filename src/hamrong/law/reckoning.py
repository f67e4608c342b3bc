"""Choosing the version and the branch for what happened, and letting the clock run."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from hamrong.law.calendars import Calendar
from hamrong.law.clocks import Dates, Event, Moment, Run, dates, day_of, end_of, instant, last_in, run
from hamrong.law.counting import Ends
from hamrong.law.library import Library, rule_in
from hamrong.law.plans import Branch, Plan
from hamrong.law.shape import LawError


class Reckoned(NamedTuple):
    """A rule applied: its plan and branch, the clock where one ran, and both ends.

    `unsure` are the years whose days off are not decided yet and on which the ends depend.
    """

    plan: Plan
    branch: Branch
    start: Moment
    clock: Run | None
    dates: Dates
    request_by: date | None
    unsure: tuple[int, ...]


def plan_on(library: Library, rule_id: str, day: date, decided: date | None = None) -> Plan:
    """Return the version of `rule_id` for a clock started on `day`; raise LawError when none covers it.

    Where a version applies by the date of decision, that date is `decided`, or `day` for want of one.
    """
    for plan in reversed(library.plans.get(rule_id, ())):
        key = (decided or day) if plan.version.apply_on == "decision_date" else day
        if plan.version.start <= key <= plan.last:
            return plan
    raise LawError(f"{rule_in(library, rule_id).id} has no version for {day}")


def branch_in(plan: Plan, values: tuple[str, ...], local: datetime) -> Branch:
    """Return the branch for parameter values and a time of day."""
    second = local.hour * 3600 + local.minute * 60 + local.second
    return next(branch for before, branch in plan.branches[values] if second < before)


def reckon(
    library: Library,
    rule_id: str,
    events: Sequence[Event],
    params: Mapping[str, str],
    calendar: Calendar,
    as_of: Moment | None,
) -> Reckoned:
    """Apply `rule_id` to `events`, the first of which starts the clock; raise LawError as `deadline` does."""
    if not events or events[0].what not in ("start", "extend"):
        raise LawError(f"{rule_id}: the first event has to start the clock")
    start = events[0].at
    local = instant(start)
    plan = plan_on(library, rule_id, local.date(), day_of(as_of) if as_of else None)
    branch = branch_in(plan, plan.values(params), local)
    if plan.rule.kind in ("limit", "before"):
        return _run(library, plan, branch, events, calendar, as_of)
    if len(events) > 1:
        raise LawError(f"{rule_id}: nothing can be done to a rule of kind {plan.rule.kind}")
    found, unsure = _at_once(plan, branch, start, calendar)
    return Reckoned(plan, branch, start, None, found, None, unsure)


def _at_once(plan: Plan, branch: Branch, start: Moment, calendar: Calendar) -> tuple[Dates, tuple[int, ...]]:
    rule_id, kind, day = plan.rule.id, plan.rule.kind, day_of(start)
    if kind == "quota":
        raise LawError(f"{rule_id} says how often, not until when")
    if kind == "immediate":
        if isinstance(start, datetime):
            return Dates(instant(start), instant(start)), ()
        return Dates(end_of(day), end_of(day), (Ends(day, day), Ends(day, day))), ()
    if kind == "periodic" and plan.version.every:
        last = day.replace(day=monthrange(day.year, day.month)[1])
        begin = calendar.on_or_before(last)
        if plan.version.every.n > 1:
            begin = calendar.before(begin, plan.version.every.n - 1)
        return Dates(end_of(begin), end_of(last), (Ends(begin, begin), Ends(last, last))), calendar.unsure(day, last)
    if not isinstance(start, datetime) or branch.reach is None:
        raise LawError(f"{rule_id} goes by the time of day: say at what time it starts")
    return Dates(*branch.reach(instant(start))), ()


def _run(
    library: Library, plan: Plan, branch: Branch, events: Sequence[Event], calendar: Calendar, as_of: Moment | None
) -> Reckoned:
    first, rest = events[0], events[1:]
    if branch.term is None:
        raise LawError(f"{plan.rule.id} has no term")
    clock = Run(plan, branch, calendar, library.conventions, first.at, [branch.term], list(branch.ladder))
    if first.what == "extend":
        _alone(clock, first)
    run(clock, rest, as_of)
    found = dates(clock)
    return Reckoned(
        plan, branch, first.at, clock, found, _request(library, clock, found), _unsure(clock, found, calendar)
    )


def _alone(clock: Run, event: Event) -> None:
    """Count one extension from its own first day."""
    names = [step.step for step in clock.left]
    if event.name not in names:
        raise LawError(f"{clock.plan.rule.id}: there is no extension {event.name!r} here, but {names}")
    nth = names.index(event.name)
    step = clock.left[nth]
    term = step.total or step.term
    clock.unending, clock.terms = term is None, [term] if term else []
    clock.alone, clock.taken, clock.left = True, nth + 1, clock.left[nth + 1 :]


def _request(library: Library, clock: Run, found: Dates) -> date | None:
    asked = clock.left[0].request if clock.left and clock.state == "running" else None
    if asked is None:
        return None
    end = found.days[0].nominal if found.days else last_in(found.strict)
    event = Event("start", min(end, last_in(found.strict)))
    return last_in(reckon(library, asked, [event], {}, clock.calendar, None).dates.strict)


def _unsure(clock: Run, found: Dates, calendar: Calendar) -> tuple[int, ...]:
    """Return the undecided years that the ends depend on: every year of working days, else the years of the ends."""
    if not found.days:
        return ()
    first, last = sorted([last_in(found.strict), last_in(found.legal)])
    conventions = [clock.conventions[term.count] for term in clock.terms]
    moves = any(reading.rest_day != "stays" for way in conventions for reading in (way.strict, way.legal))
    if clock.plan.version.then or any(way.days == "working" for way in conventions):
        first, moves = min(first, day_of(clock.start)), True
        last = max(last, day_of(clock.start))
    return calendar.unsure(first, last) if moves else ()
