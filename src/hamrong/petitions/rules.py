"""Sorting a petition (phân loại, xử lý đơn): what it is and what is true of it lead to one row of `sorting.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final, Literal, get_args, get_type_hints

from msgspec import Struct

from hamrong.law.leaves import Source
from hamrong.law.shape import Evidence, LawError, Place

Kind = Literal["complaint", "denunciation", "reflection", "crime_report"]
"""Khiếu nại; tố cáo; kiến nghị, phản ánh; tố giác, tin báo về tội phạm."""
Instance = Literal["first", "second"]
Outcome = Literal["accept", "guide", "transfer", "return", "file"]
"""Thụ lý; hướng dẫn; chuyển; không thụ lý, trả lại; lưu."""
Notice = Literal["accepted", "guided", "transferred", "not_accepted", "none"]
Receiver = Literal["competent_body", "inspection", "investigators"]

TABLE: Final = Path(__file__).parent / "sorting.yaml"
ENDINGS: Final = Path(__file__).parent / "ended.yaml"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a petition. `conditions`: those of acceptance, such as time limit, capacity, not settled yet.

    `content`: clear and with evidence, or vague. `addressed`: sent to us only, or to the competent body, too.
    `instance`: `second` is a second complaint (khiếu nại lần hai) or a re-denunciation (tố cáo tiếp).
    """

    signed: Literal["signed", "unsigned"]
    competence: Literal["ours", "elsewhere"]
    conditions: Literal["met", "unmet"] = "met"
    content: Literal["clear", "vague"] = "clear"
    addressed: Literal["us_only", "competent_body_too"] = "us_only"
    instance: Instance = "first"


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """The conditions of a row; one that is left out stands for each of its values."""

    signed: Literal["signed", "unsigned"] | None = None
    competence: Literal["ours", "elsewhere"] | None = None
    conditions: Literal["met", "unmet"] | None = None
    content: Literal["clear", "vague"] | None = None
    addressed: Literal["us_only", "competent_body_too"] | None = None
    instance: Instance | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether nothing that the row asks for is otherwise."""
        return all(getattr(self, name) in (None, getattr(facts, name)) for name in self.__struct_fields__)


class Sorting(Struct, frozen=True, forbid_unknown_fields=True):
    """A row: what happens to a petition, to whom it goes, which notice its sender is owed and by which clock.

    `step` is the first step of the case that begins with it; without one the register is enough. `form` is the paper by
    which the sender is told. It holds for what comes in from `since` and before `until`; what was sorted keeps its row.
    """

    kind: Kind
    when: When
    outcome: Outcome
    notice: Notice
    basis: Place
    evidence: Evidence
    to: Receiver | None = None
    clock: str = ""
    step: str = ""
    form: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds for what comes in on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@cache
def table(path: Path = TABLE) -> dict[str, Sorting]:
    """Every row by its name; raises LawError for an unknown key or value."""
    return Source(path).entries(Sorting)


class Ended(Struct, frozen=True, forbid_unknown_fields=True):
    """What a petition is called whose case ended by a step without being settled, and by which paper that is told."""

    outcome: Outcome
    form: str


@cache
def endings(path: Path = ENDINGS) -> dict[str, Ended]:
    """Every such step; raises LawError for an unknown key or value."""
    return Source(path).entries(Ended)


def sort(kind: Kind, facts: Facts, on: date, rows: Mapping[str, Sorting] | None = None) -> tuple[str, Sorting]:
    """The one row for a petition that came in on a day, with its name; raises LawError where none or several fit."""
    found = _fitting(kind, facts, on, table() if rows is None else rows)
    if len(found) != 1:
        names = [name for name, _ in found]
        raise LawError(f"sorting a {kind} of {on}: {len(found)} rows fit {facts}: {names}")
    return found[0]


def _fitting(kind: Kind, facts: Facts, on: date, rows: Mapping[str, Sorting]) -> list[tuple[str, Sorting]]:
    return [(name, row) for name, row in rows.items() if row.kind == kind and row.holds(on) and row.when.fits(facts)]


@cache
def every_facts() -> tuple[Facts, ...]:
    """Whatever can be true of a petition."""
    values = [get_args(one) for one in get_type_hints(Facts).values()]
    return tuple(Facts(*each) for each in product(*values))


def days_of_change(rows: Mapping[str, Sorting]) -> list[date]:
    """The first day of all and each on which a row begins or ends to hold, ascending."""
    named = {day for row in rows.values() for day in (row.since, row.until) if day}
    return [date.min, *sorted(named)]


def flaws(rows: Mapping[str, Sorting]) -> Iterator[str]:
    """What is wrong with a table: a petition that no row fits, or several do, on some day; one line a kind and day."""
    for on, kind in product(days_of_change(rows), get_args(Kind)):
        for facts in every_facts():
            found = _fitting(kind, facts, on, rows)
            if len(found) != 1:
                named = ", ".join(name for name, _ in found) or "-"
                yield f"{kind}, from {on}: {len(found)} rows ({named}) for {facts}"
                break


def proposals(kind: Kind, known: Facts | When, on: date, rows: Mapping[str, Sorting]) -> dict[str, Sorting]:
    """The rows that a table may propose for a petition of which the facts are known, or only the row that it met."""
    fits = known.fits if isinstance(known, When) else known.__eq__
    every = [facts for facts in every_facts() if fits(facts)]
    return {name: row for facts in every for name, row in _fitting(kind, facts, on, rows)}
