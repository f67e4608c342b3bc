"""Another law or another calendar: which due dates would move. It proposes; whoever decides records anew."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from hamrong.law.calendars import Calendar
from hamrong.law.clocks import Event, Moment
from hamrong.law.deadlines import Deadline, compute
from hamrong.law.library import Library
from hamrong.law.shape import LawError


class Book(NamedTuple):
    """The law and the calendar that dates are computed by."""

    library: Library
    calendar: Calendar


class Clock(NamedTuple):
    """An open clock: what the case calls it, the rule, what happened, and the facts the term depends on."""

    ref: str
    rule: str
    events: tuple[Event, ...]
    params: Mapping[str, str]
    as_of: Moment | None = None


class Move(NamedTuple):
    """A clock with another answer than before: both answers, None where the law has none, and whether a date differs.

    Where no date differs, the version, the doubt or the caution does.
    """

    clock: Clock
    before: Deadline | None
    after: Deadline | None
    dates: bool
    problem: str = ""


def moves(clocks: Iterable[Clock], old: Book, new: Book) -> Iterator[Move]:
    """Yield each clock whose dates, or how sure they are, would be others under `new`, in the order given."""
    for clock in clocks:
        before, _ = _answer(clock, old)
        after, problem = _answer(clock, new)
        if _told(before) != _told(after):
            yield Move(clock, before, after, _dates(before) != _dates(after), problem)


def _answer(clock: Clock, book: Book) -> tuple[Deadline | None, str]:
    try:
        found = compute(book.library, clock.rule, clock.events, clock.params, book.calendar, clock.as_of)
    except LawError as error:
        return None, str(error)
    return found, ""


def _dates(found: Deadline | None) -> tuple[datetime, datetime, date | None] | None:
    return (found.strict, found.legal, found.request_by) if found else None


def _told(found: Deadline | None) -> tuple[object, ...] | None:
    return (_dates(found), found.version, found.uncertain, found.caution) if found else None
