"""Numbers of petitions for the board: what came in, what is open, late and settled in time, by month and by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.petitions.queries.counting import by_unit, flows
from hamrong.petitions.reports import period_of, recent

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What came in and what was settled in a month; `in_time` of what was settled."""

    first: date
    received: int = 0
    settled: int = 0
    in_time: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit this month: received, settled and of that in time; open and overdue now."""

    code: str
    received: int
    settled: int
    in_time: int
    pending: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Figures:
    """This month and the months before it, the oldest first; every unit that has something, the most overdue first."""

    months: Sequence[Month]
    units: Sequence[Unit]

    @property
    def month(self) -> Month:
        return self.months[-1]

    @property
    def pending(self) -> int:
        return sum(one.pending for one in self.units)

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.units)

    @property
    def in_time_share(self) -> float | None:
        """Of what was settled this month, 0 to 1; None where nothing was."""
        return self.month.in_time / self.month.settled if self.month.settled else None


def figures(by: Grant, now: datetime) -> Figures:
    """What `board` shows of petitions."""
    today = timezone.localdate(now)
    months = [each.first for each in reversed(recent("month", today, MONTHS))]
    flowed = flows(by, months[0])
    names = ("received", "settled", "settled_in_time", "pending", "pending_overdue")
    units = [_unit(code, told) for code, told in by_unit(by, period_of("month", today), names).items()]
    units.sort(key=lambda one: (-one.overdue, -one.pending, one.code))
    return Figures([Month(first, *flowed.get(first, ())) for first in months], units)


def _unit(code: str, told: Mapping[str, int]) -> Unit:
    return Unit(
        code, told["received"], told["settled"], told["settled_in_time"], told["pending"], told["pending_overdue"]
    )
