"""Old workbooks (XLS, in an OLE compound file): recognised, measured and searched before a library reads them.

Sources: [MS-CFB] for the container, [MS-XLS] for the records.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from hamrong.kernel.workbooks.markup import Extent, Place
from hamrong.kernel.workbooks.refusals import CannotRead, Limits

MAGIC: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_END: Final = 0xFFFFFFFA  # every greater number marks the end of a chain or a sector without data
_DIRECTORY_ENTRY: Final = 128
_MACRO_STORAGES: Final = frozenset({"_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT", "Macros"})
_FORMULA, _MANY, _EPOCH, _PASSWORD, _SHEET = (0x0006, 0x0406, 0x0206), (0x00BD,), 0x0022, 0x002F, 0x0085
_BEGINNINGS: Final = (0x0809, 0x0409, 0x0209, 0x0009)
# A cell each: BLANK and MULBLANK are left out, since a format without a value takes no memory.
_CELLS: Final = frozenset(
    {*_FORMULA, *_MANY, 0x00FD, 0x0203, 0x027E, 0x0204, 0x0205, 0x00D6, 0x0003, 0x0004, 0x0005, 0x0002}
)


class OldSurvey(NamedTuple):
    """The cells that hold formulas, sheet by sheet in the order of the workbook, and the epoch."""

    formulas: tuple[frozenset[Place], ...]
    epoch_1904: bool


def survey_xls(data: bytes, limits: Limits) -> OldSurvey:
    """Look an OLE file over; raises CannotRead for macros, a password, damage, and what is no workbook."""
    try:
        streams = _Container(data)
        names = set(streams.entries)
        if names & {"EncryptedPackage", "EncryptionInfo"}:
            raise CannotRead("file.encrypted")
        if names & _MACRO_STORAGES:
            raise CannotRead("file.macro")
        book = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in names), None)
        if book is None:
            raise CannotRead("file.wrong_type", "DOC" if "WordDocument" in names else "OLE")
        return _records(streams.read(book), limits)
    except (struct.error, IndexError, ValueError) as error:
        raise CannotRead("file.damaged") from error


class _Entry(NamedTuple):
    kind: int
    start: int
    size: int


class _Container:
    """The streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self.sector, self.mini_sector = 1 << shift, 1 << mini_shift
        _, directory, _, self.cutoff, mini, _, difat, _ = struct.unpack_from("<8I", data, 44)
        self.fat = self._allocation(difat)
        self.mini_fat = _numbers(self._chain(mini))
        self.entries = dict(self._directory(self._chain(directory)))
        root = self.entries.get("Root Entry")
        self.mini_stream = self._chain(root.start) if root else b""

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]

    def _allocation(self, more: int) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self.data, 76))
        seen: set[int] = set()
        while more < _END and more not in seen:
            seen.add(more)
            *listed, more = _numbers(self._at(more))
            sectors += listed
        # More than the file has room for would be one sector named again and again.
        room = len(self.data) // (self.sector * self.sector // 4) + 2
        return _numbers(b"".join(self._at(number) for number in sectors[:room] if number < _END))

    def _chain(self, number: int) -> bytes:
        return b"".join(self._at(each) for each in _follow(self.fat, number))

    def _directory(self, listed: bytes) -> Iterator[tuple[str, _Entry]]:
        for start in range(0, len(listed) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
            entry = listed[start : start + _DIRECTORY_ENTRY]
            length = min(64, int.from_bytes(entry[64:66], "little"))
            name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
            if entry[66]:
                yield name, _Entry(entry[66], *struct.unpack_from("<II", entry, 116))

    def read(self, name: str) -> bytes:
        """A stream by name; a short one lies in the mini stream."""
        entry = self.entries[name]
        if entry.size >= self.cutoff:
            return self._chain(entry.start)[: entry.size]
        pieces = (self.mini_stream[at * 64 : at * 64 + 64] for at in _follow(self.mini_fat, entry.start))
        return b"".join(pieces)[: entry.size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _follow(table: tuple[int, ...], number: int) -> Iterator[int]:
    for _ in range(len(table)):
        if number >= _END:
            return
        yield number
        number = table[number]
    if number < _END:
        raise ValueError("a chain without an end")


def _records(stream: bytes, limits: Limits) -> OldSurvey:
    """Walk through the records of the workbook; a sheet begins where the list of sheets says."""
    begins: list[int] = []
    extents: dict[int, Extent] = {}
    extent, epoch_1904, place = Extent(), False, 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind in _CELLS:
            _cell(kind, stream, place + 4, length, extent)
        elif kind in _BEGINNINGS:
            extent = extents.setdefault(place, Extent())
        elif kind == _SHEET:
            begins.append(int.from_bytes(stream[place + 4 : place + 8], "little"))
        elif kind == _EPOCH:
            epoch_1904 = stream[place + 4 : place + 6] == b"\1\0"
        elif kind == _PASSWORD:
            raise CannotRead("file.encrypted")
        place += 4 + length
    if any(each.rows * each.columns > limits.cells for each in extents.values()):
        raise CannotRead("file.too_wide", expected=f"{limits.cells:,}".replace(",", "."))
    return OldSurvey(tuple(frozenset(extents.get(begin, Extent()).formulas) for begin in begins), epoch_1904)


def _cell(kind: int, stream: bytes, start: int, length: int, extent: Extent) -> None:
    row, column = struct.unpack_from("<HH", stream, start)
    if kind in _MANY:
        column = max(column, int.from_bytes(stream[start + length - 2 : start + length], "little"))
    extent.cover(row, column)
    if kind in _FORMULA:
        extent.formulas.add((row, column))
