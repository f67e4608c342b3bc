"""MP4 as a row of boxes (ISO/IEC 14496-12): which bytes tell place, device and hour, and what to write over them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, Final, NamedTuple

OPENED: Final = {b"moov", b"trak", b"mdia", b"edts", b"minf", b"moof", b"traf"}
TOLD: Final = {b"udta", b"meta", b"uuid"}
"""Boxes of what was added unseen: place, device, program."""

DATED: Final = {b"mvhd", b"tkhd", b"mdhd"}
"""Boxes that begin with the hours of making and changing: 32 bits each, in version 1 of 64."""

DEEPEST: Final = 8
MOST: Final = 10_000
PIECE: Final = 64 * 1024


class Odd(ValueError):
    """It is no row of boxes."""


class Patch(NamedTuple):
    """So many bytes, from this place, become zeros behind what is written there."""

    at: int
    written: bytes
    zeros: int


def patches(file: IO[bytes]) -> list[Patch]:
    """What to write over hidden data; the length of the file and every place in it stay. Raises `Odd`."""
    found = []
    for patch in within(file, 0, file.seek(0, 2), 0):
        found.append(patch)
        if len(found) > MOST:
            raise Odd("too many boxes")
    return sorted(found)


def within(file: IO[bytes], start: int, end: int, depth: int) -> Iterator[Patch]:
    """What to write over in the boxes between two places; raises `Odd`."""
    while start < end:
        kind, content, size = box_at(file, start, end)
        if kind in TOLD:
            yield Patch(start + 4, b"free", 0)
            yield Patch(content, b"", start + size - content)
        elif kind in DATED:
            file.seek(content)
            yield Patch(content + 4, b"", 16 if file.read(1) == b"\x01" else 8)
        elif kind in OPENED and depth < DEEPEST:
            yield from within(file, content, start + size, depth + 1)
        start += size


def box_at(file: IO[bytes], start: int, end: int) -> tuple[bytes, int, int]:
    """Its kind, where its content begins, and its size."""
    file.seek(start)
    head = file.read(16)
    size, content = int.from_bytes(head[:4], "big"), start + 8
    if size == 1:
        size, content = int.from_bytes(head[8:16], "big"), start + 16
    elif size == 0:
        size = end - start
    if size < content - start or start + size > end:
        raise Odd("a box is longer than what it lies in")
    return head[4:8], content, size


def patched(file: IO[bytes], over: Iterable[Patch]) -> Iterator[bytes]:
    """The file a piece at a time, with the patches written over it."""
    file.seek(0)
    at = 0
    for patch in chain(over, [None]):
        until = patch.at if patch else None
        while until is None or at < until:
            piece = file.read(PIECE if until is None else min(PIECE, until - at))
            if not piece:
                break
            yield piece
            at += len(piece)
        if patch:
            covered = len(patch.written) + patch.zeros
            yield patch.written
            for done in range(0, patch.zeros, PIECE):
                yield bytes(min(PIECE, patch.zeros - done))
            at += covered
            file.seek(at)
