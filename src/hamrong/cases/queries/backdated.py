"""What was put on record on a later day than it took effect: allowed, marked in the history, and counted here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

BANDS: Final = (2, 7)
"""Days: up to the first is soon, up to the second late, and whatever is more very late."""


class Late(NamedTuple):
    """A fact of a case that was written down `days` after it took effect."""

    case: UUID
    code: str
    course: str
    act: str
    source: str
    unit: str
    days: int
    effective_at: datetime
    recorded_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a unit, by how late they are (`BANDS`), and the most days."""

    unit: str
    soon: int
    late: int
    very_late: int
    most: int

    @property
    def all(self) -> int:
        return self.soon + self.late + self.very_late


def backdated(since: datetime) -> list[Late]:
    """Those written down since a moment, within the grant of the transaction, the latest after the fact first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from cases_backdated(%s)", [since])
        return [Late(*row) for row in cursor.fetchall()]


def counted(found: Sequence[Late]) -> list[Count]:
    """A line for each unit that has some, the one with the most very late ones first."""
    units = defaultdict[str, list[int]](list)
    for one in found:
        units[one.unit].append(one.days)
    rows = [_count(unit, days) for unit, days in units.items()]
    return sorted(rows, key=lambda row: (-row.very_late, -row.all, row.unit))


def _count(unit: str, days: Sequence[int]) -> Count:
    soon, late = BANDS
    few, many = sum(day <= soon for day in days), sum(day > late for day in days)
    return Count(unit, few, len(days) - few - many, many, max(days))
