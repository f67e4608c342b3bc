"""The rows of one batch, checked and taken in piece by piece: memory stays the same however many there are."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Final, Literal

from hamrong.kernel.proofs import merkle
from hamrong.lodging import results
from hamrong.lodging.actions.staging import Known, Staging
from hamrong.lodging.issues import issue
from hamrong.lodging.lines import Lines, Staged
from hamrong.lodging.models import Establishment
from hamrong.lodging.results import RowResult
from hamrong.lodging.rules import check, outcome
from hamrong.lodging.shapes import Checked, Reading
from hamrong.lodging.sources import Source

PIECE: Final = 2500
Way = Literal["keep", "try", "hold"]
"""Keep what can be kept; only try, as if it were kept; or hold everything back because other rows are rejected."""


@dataclass(slots=True)
class Tally:
    """What became of a batch."""

    counts: Counter[str] = field(default_factory=Counter)
    packed: list[bytes] = field(default_factory=list)
    commitments: list[bytes] = field(default_factory=list)
    law: set[str] = field(default_factory=set)
    night: date = date.min
    on_time: bool = True

    @property
    def taken(self) -> int:
        return self.counts["accepted"] + self.counts["accepted_with_warnings"]

    @property
    def root(self) -> bytes:
        """The Merkle root over the commitments of the rows that were kept, in their order."""
        return merkle.root(self.commitments)

    @property
    def law_version(self) -> str:
        return ", ".join(sorted(self.law))

    def add(self, rows: Sequence[RowResult]) -> None:
        self.counts.update([row.outcome for row in rows])
        self.packed.append(results.pack(rows))


def take_rows(
    source: Source, staging: Staging, place: Establishment, *, way: Way, at: datetime, done: Callable[[int], None]
) -> Tally:
    """Check every row as received at `at`, keep what fits (`way`), and say what became of each, in their order.

    `done` is told after every piece how many rows are behind.
    """
    tally, lines = Tally(), Lines()
    readings = source.readings()
    while piece := list(islice(readings, PIECE)):
        checked = [(row, _check(reading, place, at)) for row, reading in piece]
        staged = lines.stage([pair for pair in checked if pair[1].stay is not None])
        known = staging.take(staged) if way == "keep" else staging.compare(staged)
        if way == "keep":
            _keep_count(tally, staged, known)
        kept = {row.row: row for row in staged}
        tally.add([_result(row, each, reading, kept.get(row), known.get(row), way)
                   for (row, each), (_, reading) in zip(checked, piece, strict=True)])  # fmt: skip
        done(tally.counts.total())
    return tally


def _check(reading: Reading, place: Establishment, at: datetime) -> Checked:
    named = reading.stay.establishment_id
    found = reading.issues
    if named and str(named).strip().upper() != place.code:
        found = (*found, issue("field.not_in_list", "/establishment_id", received=str(named), expected=place.code))
    return check(reading.stay, now=at, establishment_kind=place.kind, area=place.area, found=found)


def _keep_count(tally: Tally, staged: Sequence[Staged], known: Mapping[int, Known]) -> None:
    """What the batch's receipt is about: the rows that this batch brought."""
    for row in staged:
        if row.row not in known:
            tally.commitments.append(row.commitment)
            tally.law.add(row.checked.law_version)
            tally.night = max(tally.night, row.checked.night)
            tally.on_time &= row.checked.on_time


def _result(
    row: int, checked: Checked, reading: Reading, staged: Staged | None, known: Known | None, way: Way
) -> RowResult:
    own = staged.client_ref if staged else str(reading.stay.client_ref or "")[:100]
    result = RowResult(
        row, own, outcome(checked), checked.night, checked.deadline.legal, checked.on_time, issues=checked.issues
    )
    if staged is None:
        return result
    if known is not None:
        result.outcome, result.stay_id, result.receipt_code = "duplicate", known.stay, known.receipt
        if known.row is not None:
            result.issues = (*checked.issues, issue("row.duplicate_in_file", "", expected=str(known.row)))
    elif way == "hold":
        result.outcome = "held"
    elif way == "keep":
        result.stay_id, result.receipt_code = staged.id, staged.receipt
    return result
