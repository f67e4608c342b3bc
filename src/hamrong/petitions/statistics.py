"""What the public is told of a quarter: which tables, with which rows and columns, and which combinations cannot be."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from hamrong.petitions.models import ANSWERS, DOORS, KINDS
from hamrong.petitions.reports import Period, When, before, period_of
from hamrong.petitions.rules import table

By = Literal["unit", "door", "outcome", "time", "result", "opinion"]

QUARTER: Final = "quarter"
GRACE: Final = timedelta(days=15)
"""After the end of a quarter officers enter for so long what came in on paper; then it is published, once."""

SETTLED: Final = ("complaint", "denunciation")
"""Kinds of petitions whose settlement has a term of the law."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tables that count the same petitions in different ways: they have the same columns, and the same totals.

    Without `when` it counts no petitions but what their senders said of the settlement.
    """

    name: str
    when: When | None
    kinds: tuple[str, ...]
    tables: tuple[By, ...]


GROUPS: Final = (
    Group("received", When(received="during"), KINDS, ("unit", "door")),
    Group("sorted", When(sorted="during"), KINDS, ("outcome",)),
    Group("settled", When(settled="during"), SETTLED, ("time", "result")),
    Group("opinion", None, KINDS, ("opinion",)),
)

OTHER: Final = "other"
"""Units that are there no more, as one row that is always there."""

ROWS: Final[dict[By, tuple[str, ...]]] = {
    "door": DOORS,
    "outcome": ("accept", "guide", "transfer", "return", "file"),
    "time": ("in_time", "late"),
    "opinion": ANSWERS,
    "result": ("right", "partly", "wrong", "malicious", "none"),
}
"""The rows of each table; those of units are the units of the day."""


def possible(by: By, row: str, kind: str) -> bool:
    """Whether a combination can be at all: what everybody knows to be nothing protects no number."""
    if by == "outcome":
        return any((entry.kind, entry.outcome) == (kind, row) for entry in table().values())
    return row != "malicious" or kind == "denunciation"


def closed(today: date, first: date) -> list[Period]:
    """Every quarter that can be published on a day, the oldest first, from that in which the first petition came in."""
    found, one = [], before(period_of(QUARTER, today))
    while one.last >= first:
        if one.last + GRACE < today:
            found.append(one)
        one = before(one)
    return found[::-1]


def code_of_day(last: date) -> str:
    """A quarter in an address, by its last day: 2026-3."""
    return f"{last.year}-{(last.month + 2) // 3}"
