"""Random cases of the law: a rule, facts, a start, and what may happen to the clock afterwards."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from hamrong.law.clocks import VIETNAM, Event
from hamrong.law.library import shipped
from hamrong.law.plans import Branch, Plan
from hamrong.law.shape import Extension

from .slow import Asked

LAST = date(2035, 12, 31)
SPAN = timedelta(days=400)


class Case(NamedTuple):
    """What both counters are asked."""

    plan: Plan
    params: dict[str, str]
    start: date
    events: tuple[Event, ...]
    asked: Asked


@cache
def counted() -> list[tuple[Plan, tuple[str, ...], Branch]]:
    """Every way through every version of a limit or a term counted back."""
    return [
        (plan, values, branch)
        for rule_id in sorted(shipped().plans)
        for plan in shipped().plans[rule_id]
        if plan.rule.kind in ("limit", "before")
        for values, day in plan.branches.items()
        for _, branch in day
    ]


def cases(seed: int, number: int) -> Iterator[Case]:
    """Yield so many random cases, the same for the same seed."""
    random = Random(seed)
    for _ in range(number):
        plan, values, branch = random.choice(counted())
        yield case(random, plan, values, branch)


def case(random: Random, plan: Plan, values: tuple[str, ...], branch: Branch) -> Case:
    """Return a random case of one way through a version."""
    first, last = plan.version.start, min(plan.last, LAST)
    start: date = first + timedelta(days=random.randrange((last - first).days + 1))
    assert branch.convention is not None
    if branch.convention.clock == "instant":
        midnight = datetime(start.year, start.month, start.day, tzinfo=VIETNAM)
        start = midnight + timedelta(minutes=random.randrange(1440))
    steps = [step for step in branch.ladder if not step.until]
    taken = steps[: random.randint(0, len(steps))]
    events = [Event("start", start), *(extended(step, start) for step in taken)]
    custody = random.randint(0, 9) if plan.version.deducts else 0
    if custody:
        events.append(Event("custody", start, days=custody))
    pauses = [] if isinstance(start, datetime) else list(paused(random, plan, start))
    for name, resume, stop, until in pauses:
        events += [Event("suspend", stop, name), Event("resume", until, resume)]
    asked = Asked(taken, custody, [(stop, until) for _, _, stop, until in pauses])
    return Case(plan, dict(zip(plan.names, values, strict=True)), start, tuple(events), asked)


def extended(step: Extension, at: date) -> Event:
    """Return an extension decided and approved by those who may."""
    return Event("extend", at, step.step, step.by or "", step.approved_by or "")


def paused(random: Random, plan: Plan, start: date) -> Iterator[tuple[str, str, date, date]]:
    """Yield up to two pauses, one after the other, of a term that pauses."""
    for pause in plan.version.suspends:
        if pause.effect != "exclude" or pause.resume is None:
            continue
        at = max(start, pause.start or start)
        for _ in range(random.randint(0, 2)):
            stop = at + timedelta(days=random.randint(0, 20))
            at = stop + timedelta(days=random.randint(1, 40))
            yield pause.event, pause.resume, stop, at
