"""How long a kind of record is kept before it must be erased."""

import calendar
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from hamrong.law.leaves import Source
from hamrong.law.library import DATA
from hamrong.law.shape import Evidence, LawError, Leaf, Number, Text


class RetentionExample(Leaf, frozen=True):
    """On `day`, records whose period began before `cutoff` have run out."""

    day: date
    cutoff: date


class Retention(Leaf, frozen=True):
    """A kind of record, the months it is kept, and the event from which they are counted."""

    title: Text
    months: Number
    counted_from: Text
    evidence: Evidence
    examples: Annotated[tuple[RetentionExample, ...], Meta(min_length=1)]

    def cutoff(self, day: date) -> date:
        """Return the day before which a period must have begun to have run out on `day`.

        Counted back by calendar months; a day that the month lacks becomes the month's last day.
        """
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def load(folder: Path) -> dict[str, Retention]:
    """Return the retention periods of `folder` by name; raise LawError for a faulty leaf."""
    return Source(folder / "retention.yaml").entries(Retention)


@cache
def retentions() -> dict[str, Retention]:
    """Return every retention period by name."""
    return load(DATA)


def retention(name: str) -> Retention:
    """Return the retention period called `name`; raise LawError when there is none."""
    try:
        return retentions()[name]
    except KeyError:
        raise LawError(f"no retention period {name!r}; there are {sorted(retentions())}") from None
