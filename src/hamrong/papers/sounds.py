"""Sound without tags: what recorders and programs write beside it of place, person and hour (MP3, WAV, Ogg)."""

import re
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from hamrong.papers.boxes import MOST, PIECE, Odd, Patch

HEARD: Final = {b"fmt ", b"data", b"fact", b"cue ", b"smpl"}
"""Parts of a WAV that are the sound itself; whatever else lies in it is written over."""

TAGS: Final = {b"OpusHead": (b"OpusTags", b""), b"\x01vorbis": (b"\x03vorbis", b"\x01")}
"""How a stream of Ogg begins: how its tags begin, and what stands behind them."""

ID3V1, APE, LYRICS = 128, 32, re.compile(rb"(\d{6})LYRICS200$")


def sound_of(file: IO[bytes]) -> tuple[int, int]:
    """From where to where an MP3 is sound, without the tags before and behind it; raises `Odd`."""
    start, end = 0, file.seek(0, 2)
    while size := _tag_before(_read(file, start, 32)):
        start += size
    while size := _tag_behind(_read(file, max(start, end - 160), min(160, end - start))):
        end -= size
        if start >= end:
            break
    if start >= end:
        raise Odd("there is no sound in it")
    return start, end


def _read(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _tag_before(head: bytes) -> int:
    if head[:3] == b"ID3" and len(head) >= 10:
        return _size_of(head) + (20 if head[5] & 16 else 10)
    return APE + int.from_bytes(head[12:16], "little") if head[:8] == b"APETAGEX" else 0


def _tag_behind(tail: bytes) -> int:
    if tail[-ID3V1:][:3] == b"TAG" and len(tail) >= ID3V1:
        return ID3V1
    foot = tail[-APE:]
    if foot[:8] == b"APETAGEX":
        return int.from_bytes(foot[12:16], "little") + (APE if int.from_bytes(foot[20:24], "little") >> 31 else 0)
    if words := LYRICS.search(tail):
        return int(words[1]) + 15
    return _size_of(tail[-10:]) + 20 if tail[-10:][:3] == b"3DI" else 0


def _size_of(head: bytes) -> int:
    """The size that a head of ID3 tells, seven bits a byte."""
    return sum((byte & 127) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def part(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """The bytes between two places."""
    file.seek(start)
    while start < end and (piece := file.read(min(PIECE, end - start))):
        yield piece
        start += len(piece)


def wave_patches(file: IO[bytes]) -> list[Patch]:
    """What to write over in a WAV: its length and the place of the sound stay. Raises `Odd`."""
    found, start, end = [], 12, file.seek(0, 2)
    while start + 8 <= end:
        head = _read(file, start, 8)
        size = min(int.from_bytes(head[4:], "little"), end - start - 8)
        if head[:4] not in HEARD:
            found += [Patch(start, b"JUNK", 0), Patch(start + 8, b"", size)]
        start += 8 + size + size % 2
        if len(found) > MOST:
            raise Odd("too many parts")
    return found


class _Page(NamedTuple):
    """A page of Ogg: where its content begins, the length of each segment, its stream, and whether one begins."""

    at: int
    segments: bytes
    stream: int
    first: bool

    @property
    def content(self) -> int:
        return self.at + 27 + len(self.segments)

    @property
    def end(self) -> int:
        return self.content + sum(self.segments)


def ogg_patches(file: IO[bytes]) -> list[Patch]:
    """Pages of Ogg with empty tags instead of those that were written, each with its sum; raises `Odd`."""
    found: list[Patch] = []
    place: dict[int, int] = {}
    begins: dict[int, tuple[bytes, bytes, bool]] = {}
    at, end = 0, file.seek(0, 2)
    while at < end:
        page = _page(file, at, end)
        if page.first:
            place[page.stream], begins[page.stream] = 0, _tags_of(_read(file, page.content, 8))
        if page.stream not in place:
            raise Odd("a page belongs to no stream")
        if place[page.stream] < 2:
            content, place[page.stream] = _blanked(file, page, place[page.stream], begins[page.stream])
            if content is not None:
                found.append(Patch(page.at, content, 0))
        begins[page.stream] = (*begins[page.stream][:2], page.segments[-1:] == b"\xff")
        at = page.end
        if len(found) > MOST // 10:
            raise Odd("too many tags")
    return found


def _tags_of(head: bytes) -> tuple[bytes, bytes, bool]:
    for begins, (tags, behind) in TAGS.items():
        if head.startswith(begins):
            return tags, behind, False
    raise Odd("a stream of another kind")


def _page(file: IO[bytes], at: int, end: int) -> _Page:
    head = _read(file, at, 27)
    if head[:5] != b"OggS\0" or len(head) < 27:
        raise Odd("no page begins there")
    page = _Page(at, file.read(head[26]), int.from_bytes(head[14:18], "little"), bool(head[5] & 2))
    if len(page.segments) < head[26] or page.end > end:
        raise Odd("a page is cut off")
    return page


def _blanked(file: IO[bytes], page: _Page, packet: int, begins: tuple[bytes, bytes, bool]) -> tuple[bytes | None, int]:
    """(the page with empty tags, if any of them are on it; the packet in which it ends)."""
    tags, behind, goes_on = begins
    written, at, changed = bytearray(_read(file, page.at, page.end - page.at)), page.content - page.at, False
    start = at
    for length in page.segments:
        at += length
        if length == 255 and at < len(written):
            continue
        if packet == 1:
            fresh = b"" if goes_on else tags + bytes(8) + behind
            if len(fresh) > at - start:
                raise Odd("tags that are shorter than none")
            written[start:at], changed = fresh.ljust(at - start, b"\0"), True
        if length == 255:
            break  # goes on on the next page
        packet, start, goes_on = packet + 1, at, False
    if not changed:
        return None, packet
    written[22:26] = bytes(4)
    written[22:26] = _sum(written).to_bytes(4, "little")
    return bytes(written), packet


def _table() -> Iterator[int]:
    for byte in range(256):
        value = byte << 24
        for _bit in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        yield value


SUMS: Final = tuple(_table())


def _sum(page: bytes | bytearray) -> int:
    """The sum over a page (CRC-32 with the polynomial 04C11DB7, neither turned nor inverted)."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ SUMS[value >> 24 ^ byte]
    return value
