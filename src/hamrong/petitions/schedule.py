"""Receptions without a database: on which days hours fall, and how many may speak for those who come together."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import UNSET, Struct, UnsetType, field

from hamrong.law import Calendar
from hamrong.law.leaves import Source
from hamrong.law.shape import Evidence, LawError, Place

TABLE: Final = Path(__file__).parent / "receptions.yaml"


class Rhythm(Struct, frozen=True):
    """When hours fall: every week (1 Monday to 7 Sunday), every month, or once; from `since`, and before `until`."""

    since: date
    until: date | None = None
    weekday: int | None = None
    monthday: int | None = None
    on: date | None = None


def days(rhythm: Rhythm, first: date, last: date, working: Calendar) -> Iterator[date]:
    """Its days from `first` to `last`, both included, ascending.

    A week's day that is a day off falls out; a month's moves to the next working day; a day that was named stays.
    """
    begin, end = max(first, rhythm.since), min(last, rhythm.until - timedelta(days=1) if rhythm.until else last)
    if rhythm.on is not None:
        yield from [rhythm.on] if begin <= rhythm.on <= end else []
        return
    # a month's day may have moved here from before `begin`: the longest run of days off is far below a month
    day = begin - timedelta(days=31)
    while day <= end:
        found = _falls(rhythm, day, working)
        if found is not None and begin <= found <= end:
            yield found
        day += timedelta(days=1)


def _falls(rhythm: Rhythm, day: date, working: Calendar) -> date | None:
    if rhythm.monthday is not None:
        return working.on_or_after(day) if day.day == rhythm.monthday else None
    return day if day.isoweekday() == rhythm.weekday and working.is_working(day) else None


class Delegation(Struct, frozen=True, forbid_unknown_fields=True):
    """How many come together, and at most how many of them speak for all; without `most` each may."""

    basis: Place
    evidence: Evidence
    least: int = field(name="from")
    to: int | UnsetType = UNSET
    most: int | UnsetType = UNSET

    def fits(self, people: int) -> bool:
        """Whether so many people are such a delegation."""
        return self.least <= people and (self.to is UNSET or people <= self.to)


@cache
def delegations(path: Path = TABLE) -> dict[str, Delegation]:
    """Every row by its name; raises LawError for an unknown key or value."""
    return Source(path).entries(Delegation)


def delegation(people: int) -> Delegation:
    """The one row for so many people; raises LawError where none or several fit."""
    found = [row for row in delegations().values() if row.fits(people)]
    if len(found) != 1:
        raise LawError(f"{people} people: {len(found)} rows of receptions.yaml fit")
    return found[0]


def speakers(people: int) -> int:
    """At most how many may speak for so many people."""
    row = delegation(people)
    return people if row.most is UNSET else row.most
