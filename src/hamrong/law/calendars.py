"""The tables of days off and days worked instead, one signed-off file a year; no algorithm can know a future year."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from hamrong.law.leaves import Source
from hamrong.law.library import DATA, instruments
from hamrong.law.shape import Basis, Evidence, Leaf, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Day(Leaf, frozen=True):
    """A day off, or a day worked instead, and why."""

    day: date
    why: Text
    evidence: Evidence | None = None


class Year(Leaf, frozen=True):
    """The working days of one year: the weekly rest, the days off besides it, the rest days that are worked.

    `status`: `confirmed` after an administrator has checked the annual notice, else `recalled` or `provisional`;
    `undecided` days are proposed days off that count as working days until someone confirms them.
    """

    year: int
    status: Literal["confirmed", "recalled", "provisional"]
    evidence: Evidence
    basis: Annotated[tuple[Basis, ...], Meta(min_length=1)]
    weekly_rest: tuple[Weekday, ...]
    days_off: tuple[Day, ...]
    days_worked: tuple[Day, ...]
    undecided: tuple[Day, ...] = ()


def load(folder: Path) -> dict[int, Year]:
    """Return the tables of `folder`/calendar by year; raise LawError for a faulty one."""
    known = instruments(folder)
    tables = {}
    for path in sorted((folder / "calendar").glob("*.yaml")):
        source = Source(path)
        table = source.to(Year)
        if path.stem != str(table.year):
            raise source.error("$.year", f"the year must be {path.stem}, as the file is named")
        for place in table.basis:
            if place.law not in known:
                raise source.error("$.basis", f"unknown instrument {place.law}")
        _check(source, table, "days_off", table.days_off, rest=False)
        _check(source, table, "days_worked", table.days_worked, rest=True)
        _check(source, table, "undecided", table.undecided, rest=False)
        tables[table.year] = table
    return tables


def _check(source: Source, table: Year, key: str, days: Iterable[Day], *, rest: bool) -> None:
    before = date.min
    for index, entry in enumerate(days):
        where = f"$.{key}[{index}]"
        if entry.day.year != table.year or entry.day <= before:
            raise source.error(where, f"{entry.day} is out of order or out of the year")
        if (_WEEK[entry.day.weekday()] in table.weekly_rest) is not rest:
            raise source.error(where, f"{entry.day} is a {'working' if rest else 'rest'} day already")
        before = entry.day


def calendars() -> dict[int, Year]:
    """Return the shipped tables by year."""
    return load(DATA)
