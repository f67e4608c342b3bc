"""What became of each row of a batch, kept small: compressed JSON lines in blocks that can be read alone."""

import struct
import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from hamrong.lodging.issues import Issue

RowOutcome = Literal["accepted", "accepted_with_warnings", "duplicate", "rejected", "held"]
OUTCOMES: Final[tuple[RowOutcome, ...]] = ("accepted", "accepted_with_warnings", "duplicate", "rejected", "held")
BLOCK: Final = 1000

_HEADER: Final = struct.Struct(">IIB")
"""Of a block: its compressed length, the number of its last row, and the set of outcomes in it."""


class RowResult(msgspec.Struct, gc=False):
    """The one result of one row; numbers, names and dates of birth in `issues` are masked.

    `row` is the row of the file as people count it (or the place in the list, from 1). `stay_id` and `receipt_code` are
    those of the first notification where the row is a duplicate, and None where nothing was kept.
    """

    row: int
    client_ref: str
    outcome: RowOutcome
    night: date
    deadline_at: datetime
    on_time: bool
    stay_id: UUID | None = None
    receipt_code: str | None = None
    issues: Sequence[Issue] = ()


_ENCODE: Final = msgspec.json.Encoder()
_DECODE: Final = msgspec.json.Decoder(list[RowResult])


def pack(results: Sequence[RowResult]) -> bytes:
    """Results as they are kept; what is packed piece by piece may be joined."""
    return b"".join(_block(results[start : start + BLOCK]) for start in range(0, len(results), BLOCK))


def _block(results: Sequence[RowResult]) -> bytes:
    body = zlib.compress(_ENCODE.encode(results), 1)
    present = 0
    for outcome in {each.outcome for each in results}:
        present |= 1 << OUTCOMES.index(outcome)
    return _HEADER.pack(len(body), results[-1].row, present) + body


FAULTY: Final[frozenset[str]] = frozenset({"rejected", "held"})
"""Outcomes after which somebody has to do something."""


def unpack(packed: bytes, *, outcome: str | Collection[str] | None = None, after: int = 0) -> Iterator[RowResult]:
    """The results in the order of the rows, behind row `after`: of one outcome, of some or of all."""
    asked = OUTCOMES if outcome is None else (outcome,) if isinstance(outcome, str) else outcome
    wanted = sum(1 << OUTCOMES.index(one) for one in OUTCOMES if one in asked)  # blocks without them are skipped
    place = 0
    while place < len(packed):
        length, last, present = _HEADER.unpack_from(packed, place)
        place += _HEADER.size
        if last > after and present & wanted:
            for each in _DECODE.decode(zlib.decompress(packed[place : place + length])):
                if each.row > after and each.outcome in asked:
                    yield each
        place += length
