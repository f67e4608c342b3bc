"""Checking the chains of the record: every entry against its own bytes, its neighbours and its details."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, groupby, pairwise
from operator import attrgetter
from typing import Literal

from hamrong.audit.leaves import Row, leaf_hash

Tampering = Literal["payload", "reorder", "insert", "gap", "chain", "details", "clock"]

WORDS: dict[Tampering, str] = {
    "payload": "a field of the entry was changed",
    "reorder": "the entry stands in another place than where it was written",
    "insert": "an entry was put in that was not written here",
    "gap": "entries are missing before this one",
    "chain": "the entry does not follow from the one before it: that one was rewritten",
    "details": "the details are not those that the entry commits to",
    "clock": "the entry is dated more than five minutes before the one it follows",
}

CLOCK = timedelta(minutes=5)
REACH = 2
"""How many places away an entry is looked for when it does not fit its own."""


@dataclass(frozen=True, slots=True)
class Bad:
    """The first entry of a stream that is not as it was written."""

    row: Row
    kind: Tampering


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: how much was read, and the first bad entry of the first bad stream."""

    entries: int
    streams: int
    erased: int
    bad: Bad | None = None


def verify(rows: Iterable[Row]) -> Report:
    """Check entries that come in order of stream and number; stops at the first bad one. Memory does not grow."""
    entries = streams = erased = 0
    for _, stream in groupby(rows, key=attrgetter("stream")):
        streams += 1
        for row, bad in _walk(stream):
            entries += 1
            erased += row.details is None
            if bad:
                return Report(entries, streams, erased, bad)
    return Report(entries, streams, erased)


def _walk(stream: Iterable[Row]) -> Iterator[tuple[Row, Bad | None]]:
    before: Row | None = None
    ended: Iterable[Row | None] = (None,)
    for row, following in pairwise(chain(stream, ended)):
        if row is not None:
            yield row, _fault(row, before, following)
        before = row


def _fault(row: Row, before: Row | None, following: Row | None) -> Bad | None:
    expected = before.stream_seq + 1 if before else 1
    if row.stream_seq != expected:
        return Bad(row, "gap" if row.stream_seq > expected else "insert")
    if leaf_hash(row) != row.leaf_hash:
        return _misplaced(row, before, following)
    if row.prev != (before.leaf_hash if before else b""):
        return Bad(before or row, "chain")
    if row.details is not None and hashlib.sha256((row.salt or b"") + row.details.encode()).digest() != row.commit:
        return Bad(row, "details")
    if before and row.at < before.at - CLOCK:
        return Bad(row, "clock")
    return None


def _misplaced(row: Row, before: Row | None, following: Row | None) -> Bad:
    """Which kind of tampering makes an entry's hash wrong: it is right for another place, or for none."""
    place = _true_place(row)
    if place is None:
        return Bad(row, "payload")
    if place < row.stream_seq:
        return Bad(before or row, "insert")
    swapped = following is not None and _true_place(following) == row.stream_seq
    return Bad(row, "reorder" if swapped else "gap")


def _true_place(row: Row) -> int | None:
    """The number under which the entry's hash is right, near the one that it carries."""
    near = range(max(1, row.stream_seq - REACH), row.stream_seq + REACH + 1)
    return next((number for number in near if leaf_hash(row, number) == row.leaf_hash), None)
