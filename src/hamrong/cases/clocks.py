"""From what happened to a case to the dates of its clocks: the facts and the law decide, nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from hamrong.cases.courses import What
from hamrong.law import VIETNAM, Calendar, Deadline, Event, deadline, further
from hamrong.law import rule as leaf


@dataclass(frozen=True, slots=True)
class Happened:
    """What a fact did to the clock of a rule: when it took effect, by which role, and on which decision it rests.

    `unmet`: it stopped the clock only because the case ended with it; what is owed by that clock was not done.
    """

    rule: str
    what: What
    name: str
    at: datetime
    role: str = ""
    approved_role: str = ""
    document: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    unmet: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as it stands: its dates, since when it is stopped if it is, and whether by the end of the case alone."""

    rule: str
    deadline: Deadline
    stopped_at: datetime | None
    unmet: bool = False

    @property
    def state(self) -> str:
        """`running`, `paused` or `stopped`."""
        return "stopped" if self.stopped_at else self.deadline.state


def read(facts: Iterable[Happened], as_of: datetime, calendar: Calendar | None = None) -> Iterator[Reading]:
    """The clocks that facts (in their order) have started, as they stand at a moment.

    Another start begins a clock anew (the law's second term); raises `LawError` for what the law forbids.
    """
    for rule, happened in groupby(sorted(facts, key=lambda fact: fact.rule), key=lambda fact: fact.rule):
        yield _read(rule, _since_its_start(list(happened)), as_of, calendar)


def further_of(facts: Iterable[Happened], rule: str, as_of: datetime) -> tuple[str, ...] | None:
    """The extensions that the law still has for a clock, the next one first; None where it does not run."""
    happened = [fact for fact in facts if fact.rule == rule]
    if not any(fact.what == "start" for fact in happened):
        return None
    mine = _since_its_start(happened)
    if any(fact.what == "stop" for fact in mine):
        return None
    return further(rule, [_event(fact) for fact in mine], as_of, params=dict(mine[0].params) or None)


def _since_its_start(facts: Sequence[Happened]) -> Sequence[Happened]:
    last = max(index for index, fact in enumerate(facts) if fact.what == "start")
    return facts[last:]


def _read(rule: str, facts: Sequence[Happened], as_of: datetime, calendar: Calendar | None) -> Reading:
    stop = next((fact for fact in facts if fact.what == "stop"), None)
    stopped = stop.at if stop else None
    events = [_event(fact) for fact in facts if fact.what != "stop"]
    params = dict(facts[0].params) or None
    found = deadline(rule, events, calendar, min(stopped or as_of, as_of), params=params)
    return Reading(rule, found, stopped, stop is not None and stop.unmet)


def _event(fact: Happened) -> Event:
    assert fact.what != "stop" and fact.what != "lift"
    # what is to be done at once is late on the next day: a case knows days, and not minutes
    at = fact.at.astimezone(VIETNAM).date() if leaf(fact.rule).kind == "immediate" else fact.at
    return Event(fact.what, at, fact.name, fact.role, fact.approved_role, fact.document)
