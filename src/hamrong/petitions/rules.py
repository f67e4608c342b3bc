"""Sorting a petition (phân loại, xử lý đơn): what it is and what is true of it lead to one row of `sorting.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

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
    which the sender is told.
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


def sort(kind: Kind, facts: Facts, rows: dict[str, Sorting] | None = None) -> tuple[str, Sorting]:
    """The one row for a petition, with its name; raises LawError where none or several fit."""
    rows = table() if rows is None else rows
    found = [(name, row) for name, row in rows.items() if row.kind == kind and row.when.fits(facts)]
    if len(found) != 1:
        raise LawError(f"sorting a {kind}: {len(found)} rows fit {facts}: {[name for name, _ in found]}")
    return found[0]
