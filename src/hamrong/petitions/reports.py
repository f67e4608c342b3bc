"""The reports that a unit owes, as tables a lawyer reads: their lines (`reports.yaml`) and periods (`periods.yaml`)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from hamrong.law.leaves import Source
from hamrong.law.shape import Evidence, LawError, Text
from hamrong.petitions.rules import Outcome
from hamrong.petitions.rules import table as sorting

ROOM: Final = Path(__file__).parent
Group = Literal["received", "sorted", "grounds", "settled", "found"]
Door = Literal["counter", "reception", "post", "phone", "online", "portal", "social", "transferred"]


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """What has to be true of a petition that a line counts; what is left out may be either."""

    received: Literal["before", "during", "by_end"] | None = None
    sorted: Literal["during", "not_by_start", "not_by_end"] | None = None
    accepted: Literal["before", "during", "by_end"] | None = None
    settled: Literal["during", "not_by_start", "not_by_end"] | None = None
    timely: Literal["yes", "no"] | None = None
    overdue: Literal["yes"] | None = None
    suspended: Literal["yes"] | None = None
    repeated: Literal["yes"] | None = None
    door: Door | None = None
    outcome: Outcome | None = None
    sorting: tuple[str, ...] = ()
    result: tuple[Literal["", "right", "partly", "wrong", "malicious"], ...] = ()


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the report; `part` says that it is a part of the last line that is none."""

    title: Text
    group: Group
    when: When
    part: bool = False


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of period: so many weeks from a Monday, or so many months that begin on a day."""

    title: Text
    evidence: Evidence
    weeks: int = 0
    months: int = 0
    begins: Annotated[int, Meta(ge=1, le=28)] = 1


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both inclusive."""

    kind: str
    first: date
    last: date

    @property
    def next(self) -> date:
        """The day after the last one."""
        return self.last + timedelta(days=1)


@cache
def lines(path: Path = ROOM / "reports.yaml") -> dict[str, Line]:
    """Every line by its name; raises LawError for an unknown key, value or row of sorting."""
    found = Source(path).entries(Line)
    for name, line in found.items():
        unknown = set(line.when.sorting) - sorting().keys()
        if unknown:
            raise LawError(f"{path}: {name}: sorting has no rows {sorted(unknown)}")
    return found


@cache
def kinds(path: Path = ROOM / "periods.yaml") -> dict[str, Kind]:
    """Every kind of period by its name."""
    return Source(path).entries(Kind)


def period_of(kind: str, day: date, known: dict[str, Kind] | None = None) -> Period:
    """The period of a kind in which a day lies; a month that begins on the 15th is that in which it ends."""
    one = (known or kinds())[kind]
    if one.weeks:
        first = day - timedelta(days=day.weekday())
        return Period(kind, first, first + timedelta(days=7 * one.weeks - 1))
    at = _month(day) if day.day < one.begins or one.begins == 1 else _month(day) + 1
    start = at - at % one.months
    return Period(kind, _begin(start, one.begins), _begin(start + one.months, one.begins) - timedelta(days=1))


def before(period: Period, known: dict[str, Kind] | None = None) -> Period:
    """The period before one."""
    return period_of(period.kind, period.first - timedelta(days=1), known)


def recent(kind: str, today: date, many: int) -> list[Period]:
    """The period of today and those before it, the newest first."""
    found = [period_of(kind, today)]
    while len(found) < many:
        found.append(before(found[-1]))
    return found


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _begin(month: int, begins: int) -> date:
    """The first day of a month of reports, by the number of the calendar's month in which it ends."""
    if begins > 1:
        month -= 1
    return date(month // 12, month % 12 + 1, begins)
