"""The tables of days off and days worked instead, one signed-off file a year; no algorithm can know a future year."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from hamrong.law.leaves import Source
from hamrong.law.library import DATA, instruments
from hamrong.law.shape import Basis, Evidence, Filled, LawError, Leaf, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REST: tuple[Weekday, ...] = ("sat", "sun")
FIRST, LAST = date(1990, 1, 1), date(2110, 12, 31)
"""The days that can be counted; a year without a table has its weekly rest alone, and whoever counts on it is told."""


class Day(Leaf, frozen=True):
    """A day off, or a day worked instead, and why."""

    day: date
    why: Text
    evidence: Evidence | None = None


class Decision(Leaf, frozen=True):
    """The yearly notice that fixes the days off, and the day on which an administrator signed the table off."""

    number: Filled
    by: Text
    issued: date
    signed_off: date


class Year(Leaf, frozen=True):
    """The working days of one year: the weekly rest, the days off besides it, the rest days that are worked.

    `status`: `confirmed` once signed off against the decision, else `recalled` (known, the notice not read), `seeded`
    (taken from a public table) or `provisional` (not decided yet). `undecided` days are proposed days off that count as
    working days until someone confirms them.
    """

    year: int
    status: Literal["confirmed", "recalled", "seeded", "provisional"]
    evidence: Evidence
    basis: Annotated[tuple[Basis, ...], Meta(min_length=1)]
    weekly_rest: tuple[Weekday, ...]
    days_off: tuple[Day, ...]
    days_worked: tuple[Day, ...]
    undecided: tuple[Day, ...] = ()
    decision: Decision | None = None


class Calendar(Struct, frozen=True):
    """Signed-off years made ready to count with: `working` are the ordinals of all working days, ascending.

    `hash`: 16 hexadecimal digits for the content of all tables. Days outside `FIRST`–`LAST` raise LawError.
    """

    years: dict[int, Year]
    working: list[int]
    off: dict[date, Text]
    hash: str

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        place = bisect_left(self.working, day.toordinal())
        return self._at(place) == day

    def on_or_after(self, day: date) -> date:
        """Return the day itself or the first working day after it."""
        return self._at(bisect_left(self.working, day.toordinal()))

    def on_or_before(self, day: date) -> date:
        """Return the day itself or the last working day before it."""
        return self._at(bisect_right(self.working, day.toordinal()) - 1)

    def after(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, itself not counted."""
        return self._at(bisect_right(self.working, day.toordinal()) + n - 1)

    def before(self, day: date, n: int) -> date:
        """Return the n-th working day before `day`, itself not counted."""
        return self._at(bisect_left(self.working, day.toordinal()) - n)

    def between(self, first: date, last: date) -> int:
        """Return how many working days there are from `first` to `last`, both included."""
        return bisect_right(self.working, last.toordinal()) - bisect_left(self.working, first.toordinal())

    def unsure(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years from `first` to `last` that are not decided yet or have no table."""
        years = range(first.year, last.year + 1)
        return tuple([y for y in years if y not in self.years or self.years[y].status == "provisional"])

    def _at(self, place: int) -> date:
        if not 0 <= place < len(self.working):
            raise LawError(f"no calendar reaches beyond {FIRST} and {LAST}")
        return date.fromordinal(self.working[place])


def load(folder: Path) -> dict[int, Year]:
    """Return the tables of `folder`/calendar by year; raise LawError for a faulty one."""
    known = instruments(folder)
    tables = {}
    for path in sorted((folder / "calendar").glob("*.yaml")):
        source = Source(path)
        table = source.to(Year)
        if path.stem != str(table.year):
            raise source.error("$.year", f"the year must be {path.stem}, as the file is named")
        if (table.decision is not None) is not (table.status == "confirmed"):
            raise source.error("$.status", "a table is confirmed exactly when it names its decision")
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


def calendar_of(years: Mapping[int, Year]) -> Calendar:
    """Return the tables made ready to count with."""
    off = {entry.day: entry.why for table in years.values() for entry in table.days_off}
    worked = {entry.day for table in years.values() for entry in table.days_worked}
    working = []
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = date.fromordinal(ordinal)
        rest = years[day.year].weekly_rest if day.year in years else _REST
        if day in worked or (day not in off and _WEEK[day.weekday()] not in rest):
            working.append(ordinal)
    content = msgspec.json.encode(sorted(years.items()), order="deterministic")
    return Calendar(dict(years), working, off, sha256(content).hexdigest()[:16])


@cache
def calendar() -> Calendar:
    """Return the shipped calendar, read once."""
    return calendar_of(calendars())


@cache
def calendars() -> dict[int, Year]:
    """Return the shipped tables by year."""
    return load(DATA)
