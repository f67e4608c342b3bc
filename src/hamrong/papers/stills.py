"""HEIC as a telephone writes it (ISO/IEC 23008-12): where Exif and XMP lie, and what to write over them."""

from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from hamrong.papers.boxes import MOST, OPENED, Odd, Patch, box_at, within

HIDDEN: Final = {b"Exif", b"mime", b"uri "}
"""Items that are no picture: what the camera wrote, XMP, and whatever has an address of its own for its meaning."""

NOTHING: Final = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
"""An Exif in which nothing stands, so that who reads one finds one."""


class _Item(NamedTuple):
    number: int
    kind: bytes


def still_patches(file: IO[bytes]) -> list[Patch]:
    """What to write over hidden data; the length of the file and every place in it stay. Raises `Odd`."""
    found, kinds, start, end = [], set(), 0, file.seek(0, 2)
    while start < end:
        kind, content, size = box_at(file, start, end)
        kinds.add(kind)
        if kind == b"meta":
            found += _of_items(file, content + 4, start + size)
        elif kind in OPENED or kind in {b"udta", b"uuid"}:
            found += within(file, start, start + size, 0)
        start += size
    if len(found) > MOST or kinds.isdisjoint({b"meta", b"moov"}):
        raise Odd("too many boxes, or none that tells of a picture")
    return sorted(found)


def _of_items(file: IO[bytes], start: int, end: int) -> list[Patch]:
    inside: dict[bytes, tuple[int, int]] = {}
    while start < end:
        kind, content, size = box_at(file, start, end)
        inside[kind] = (content, start + size)
        start += size
    if b"iinf" not in inside or b"iloc" not in inside:
        raise Odd("its items are not told")
    kinds = {item.number: item.kind for item in _told(file, *inside[b"iinf"])}
    data = inside.get(b"idat", (0, 0))[0]
    whole = file.seek(0, 2)
    return [
        _blank(at, size, whole, kinds[number])
        for number, at, size in _located(file, *inside[b"iloc"], data)
        if kinds.get(number) in HIDDEN
    ]


def _blank(at: int, size: int, whole: int, kind: bytes) -> Patch:
    if not size or at + size > whole:
        raise Odd("an item lies outside of the file")
    written = NOTHING[:size] if kind == b"Exif" else b""
    return Patch(at, written, size - len(written))


def _told(file: IO[bytes], start: int, end: int) -> Iterator[_Item]:
    """Every item and its kind (`iinf` with its `infe`)."""
    file.seek(start)
    start += 6 if file.read(1) == b"\0" else 8
    while start < end:
        kind, content, size = box_at(file, start, end)
        file.seek(content)
        head = file.read(12)
        if kind != b"infe" or head[0] not in (2, 3):
            raise Odd("an item does not say what it is")
        wide = 2 if head[0] == 2 else 4
        yield _Item(int.from_bytes(head[4 : 4 + wide], "big"), head[6 + wide : 10 + wide])
        start += size


def _located(file: IO[bytes], start: int, end: int, data: int) -> Iterator[tuple[int, int, int]]:
    """(item, place in the file, size) of every part of every item (`iloc`)."""
    file.seek(start)
    rest = _Numbers(file.read(min(end - start, 1 << 20)))
    version = rest.next(4) >> 24
    sizes = rest.next(2)
    of_offset, of_size, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    for _each in range(rest.next(2 if version < 2 else 4)):
        number = rest.next(2 if version < 2 else 4)
        way = rest.next(2) & 15 if version else 0
        rest.next(2)
        base = rest.next(of_base)
        for _part in range(rest.next(2)):
            rest.next(of_index if version else 0)
            at, size = base + rest.next(of_offset), rest.next(of_size)
            if way > 1:
                raise Odd("an item is made of others")
            yield number, at + (data if way else 0), size


class _Numbers:
    """Numbers one behind the other; raises `Odd` where they end too soon."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def next(self, wide: int) -> int:
        piece = self.content[self.at : self.at + wide]
        if len(piece) < wide:
            raise Odd("it ends too soon")
        self.at += wide
        return int.from_bytes(piece, "big")
