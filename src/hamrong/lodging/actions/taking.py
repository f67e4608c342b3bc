"""The rows of one batch, checked and taken in piece by piece: memory stays the same however many there are."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
TWICE: Final = "row.duplicate_in_file"
Way = Literal["keep", "try", "hold"]
"""Keep what can be kept; only try, as if it were kept; or hold everything back because other rows are rejected."""


@dataclass(slots=True)
class Tally:
    """What became of a batch."""

    counts: Counter[str] = field(default_factory=Counter)
    packed: list[bytes] = field(default_factory=list)
    commitments: list[bytes] = field(default_factory=list)
    law: set[str] = field(default_factory=set)
    kept_law: set[str] = field(default_factory=set)
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
        """The versions of the law that the rows were judged by, kept or not."""
        return ", ".join(sorted(self.law))

    @property
    def receipt_law(self) -> str:
        """Those of the rows that were kept."""
        return ", ".join(sorted(self.kept_law))

    def add(self, rows: Sequence[RowResult]) -> None:
        self.counts.update([row.outcome for row in rows])
        self.packed.append(results.pack(rows))


def take_rows(
    source: Source, staging: Staging, place: Establishment, *, way: Way, at: datetime, done: Callable[[int], None]
) -> Tally:
    """Check every row as received at `at`, keep what fits (`way`), and say what became of each, in their order.

    `done` is told after every piece how many rows are behind.
    """
    tally, lines, readings = Tally(), Lines(), source.readings()
    # The next piece is checked while the database works on this one.
    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming = ahead.submit(_prepare, readings, lines, place, at)
        while (piece := coming.result()).rows:
            coming = ahead.submit(_prepare, readings, lines, place, at)
            known = staging.take(piece.staged) if way == "keep" else staging.compare(piece.staged)
            if way == "keep":
                _keep_count(tally, piece.staged, known)
            tally.law.update(checked.law_version for _, _, checked in piece.rows)
            tally.add(_results(piece, known, way, source))
            done(tally.counts.total())
    return tally


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some rows, checked; those that are fit are made ready for the database."""

    rows: Sequence[tuple[int, str, Checked]]
    staged: Sequence[Staged]


def _prepare(readings: Iterator[tuple[int, Reading]], lines: Lines, place: Establishment, at: datetime) -> _Piece:
    rows = [(row, _own(reading), _check(reading, place, at)) for row, reading in islice(readings, PIECE)]
    return _Piece(rows, lines.stage([(row, checked) for row, _, checked in rows if checked.stay is not None]))


def _own(reading: Reading) -> str:
    return str(reading.stay.client_ref or "")[:100]


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
            tally.kept_law.add(row.checked.law_version)
            tally.night = max(tally.night, row.checked.night)
            tally.on_time &= row.checked.on_time


def _results(piece: _Piece, known: Mapping[int, Known], way: Way, source: Source) -> list[RowResult]:
    """One result a row, in the order of the rows."""
    staged = {each.row: each for each in piece.staged}
    found = []
    for row, own, checked in piece.rows:
        result = _result(row, own, checked, staged.get(row), known.get(row), way)
        if result.issues:
            result.issues = source.placed(result.issues)
        found.append(result)
    return found


def _result(row: int, own: str, checked: Checked, staged: Staged | None, known: Known | None, way: Way) -> RowResult:
    result = RowResult(
        row, own, outcome(checked), checked.night, checked.deadline.legal, checked.on_time, issues=checked.issues
    )
    if staged is None:
        return result
    if known is not None:
        result.outcome, result.stay_id, result.receipt_code = "duplicate", known.stay, known.receipt
        if known.row is not None and TWICE not in {each.code for each in checked.issues}:
            result.issues = (*checked.issues, issue(TWICE, "", expected=str(known.row)))
    elif way == "hold":
        result.outcome = "held"
    elif way == "keep":
        result.stay_id, result.receipt_code = staged.id, staged.receipt
    return result
