"""Trying a changed table of sorting on what came in: what would follow, by the line of the register; no content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from msgspec.structs import replace

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts, Kind, Sorting, When, proposals, table


@dataclass(frozen=True, slots=True)
class Tried:
    """A petition that was sorted: its line in the register, and the rows that both tables propose for it.

    Several rows where what was found of it was not kept: then all are named that may follow from the row that it met.
    """

    line: str
    kind: str
    today: Mapping[str, Sorting]
    changed: Mapping[str, Sorting]

    @property
    def differs(self) -> bool:
        """Whether the changed table proposes something else."""
        return _undated(self.today) != _undated(self.changed)


def _undated(rows: Mapping[str, Sorting]) -> dict[str, Sorting]:
    """Rows by what follows from them: a row that only ends to hold some day is the same."""
    return {name: replace(row, since=None, until=None) for name, row in rows.items()}


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a trial; `unsorted` are those of which nobody has found anything yet: no table proposes for them."""

    tried: Sequence[Tried]
    unsorted: int


def try_table(
    *, by: Grant, rows: Mapping[str, Sorting], first: date, last: date, on: date, at: datetime
) -> Trial:  # fmt: skip
    """Both tables on the petitions that came in from `first` to `last`; the changed one as if they came in `on` a day.

    Nothing is changed; that it was tried is on record.
    """
    with acting(by):
        found = Petition.objects.filter(received_on__range=(first, last)).order_by("register", "year", "number")
        columns = found.values_list("register", "number", "year", "kind", "received_on", "sorting", "facts")
        sorted_ones = list(columns.exclude(sorting=""))
        unsorted = found.filter(sorting="").count()
        told = {"first": first.isoformat(), "last": last.isoformat(), "on": on.isoformat()}
        enter(by, subject="petitions:sorting", at=at, shown=len(sorted_ones), tried=told)
    return Trial([_tried(*one, rows, on) for one in sorted_ones], unsorted)


def _tried(
    register: str, number: int | None, year: int | None, kind: str, received_on: date, name: str,
    facts: dict[str, str] | None, rows: Mapping[str, Sorting], on: date,
) -> Tried:  # fmt: skip
    known = _known(name, facts)
    of = cast("Kind", kind)
    today = proposals(of, known, received_on, table())
    return Tried(f"{register} {number}/{year}", kind, today, proposals(of, known, on, rows))


def _known(name: str, facts: dict[str, str] | None) -> Facts | When:
    return Facts(**facts) if facts else table()[name].when  # type: ignore[arg-type]
