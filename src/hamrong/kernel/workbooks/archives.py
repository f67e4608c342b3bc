"""Packed workbooks (XLSX, ODS): recognised, measured and searched before any library unpacks them."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Final, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from hamrong.kernel.workbooks.refusals import CannotRead, Limits

_CHUNK: Final = 1 << 20
_ENTRIES: Final = 2_000
_RATIO: Final = 200
_ALWAYS_ALLOWED: Final = 10_000_000
_LOCAL_HEADER: Final = 30
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"


class Archive(Struct, frozen=True):
    """A packed workbook whose every part was measured; `inflate` reads a part by name."""

    kind: Literal["xlsx", "ods"]
    data: bytes
    parts: dict[str, ZipInfo]

    def inflate(self, name: str) -> Iterator[bytes]:
        """The bytes of a part in pieces of at most 1 MiB."""
        return _inflate(self.data, self.parts[name])

    def read(self, name: str) -> bytes:
        return b"".join(self.inflate(name))


def open_archive(data: bytes, limits: Limits) -> Archive:
    """Look a packed file over; raises CannotRead for a bomb, macros, a password, damage, and what is no workbook."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, struct.error) as error:
        raise CannotRead("file.damaged") from error
    _weigh(data, entries, limits)
    archive = Archive(_kind(data, {entry.filename: entry for entry in entries}), data, {e.filename: e for e in entries})
    if any(_is_macro(entry.filename) for entry in entries):
        raise CannotRead("file.macro")
    if archive.kind == "ods" and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise CannotRead("file.encrypted")
    return archive


def _weigh(data: bytes, entries: list[ZipInfo], limits: Limits) -> None:
    """What the directory promises must be bearable, and every part must be what is promised."""
    promised = sum(entry.file_size for entry in entries)
    if len(entries) > _ENTRIES or promised > limits.unpacked:
        raise CannotRead("file.bomb")
    if promised > _ALWAYS_ALLOWED and promised > _RATIO * len(data):
        raise CannotRead("file.bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise CannotRead("file.encrypted")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise CannotRead("file.damaged")
        for _ in _inflate(data, entry):
            pass


def _inflate(data: bytes, entry: ZipInfo) -> Iterator[bytes]:
    # By hand, because zipfile stops at the size that the directory states while other readers go on to the end.
    start = entry.header_offset + _LOCAL_HEADER
    start += sum(int.from_bytes(data[start - back : start - back + 2], "little") for back in (4, 2))
    packed = memoryview(data)[start : start + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise CannotRead("file.damaged")
    size = 0
    for piece in [packed[:]] if entry.compress_type == ZIP_STORED else _pieces(packed):
        size += len(piece)
        if size > entry.file_size:
            raise CannotRead("file.bomb")
        yield bytes(piece)
    if size != entry.file_size:
        raise CannotRead("file.damaged")


def _pieces(packed: memoryview) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while rest and not machine.eof:
            yield machine.decompress(rest, _CHUNK)
            rest = machine.unconsumed_tail
        yield machine.flush()
    except zlib.error as error:
        raise CannotRead("file.damaged") from error


def _kind(data: bytes, parts: dict[str, ZipInfo]) -> Literal["xlsx", "ods"]:
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "mimetype" in parts and b"".join(_inflate(data, parts["mimetype"])).startswith(_ODS):
        if {"content.xml", "META-INF/manifest.xml"} <= parts.keys():
            return "ods"
        raise CannotRead("file.damaged")
    known = {"word/document.xml": "DOCX", "ppt/presentation.xml": "PPTX", "xl/workbook.bin": "XLSB"}
    raise CannotRead("file.wrong_type", next((what for name, what in known.items() if name in parts), "ZIP"))


def _is_macro(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin") or (name.startswith("Basic/") and not name.endswith("/"))
