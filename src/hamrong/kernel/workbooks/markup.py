"""The XML inside packed workbooks, read once before a library makes tables of it: extent, formulas, names of sheets."""

import posixpath
from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from msgspec import Struct, field

from hamrong.kernel.workbooks.archives import Archive
from hamrong.kernel.workbooks.refusals import CannotRead, Limits

_DIGITS: Final = "0123456789"
_CONTENT: Final = frozenset({"v", "t", "f"})
Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


class Extent(Struct):
    """How far the cells with content reach, and which of them are formulas."""

    rows: int = 0
    columns: int = 0
    formulas: set[Place] = field(default_factory=set)

    def cover(self, row: int, column: int) -> None:
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)


class Survey(Struct):
    """What is known of a packed workbook before it is read: for each sheet the cells that hold formulas, the epoch."""

    formulas: dict[str, frozenset[Place]]
    epoch_1904: bool = False


def survey_xlsx(archive: Archive, limits: Limits) -> Survey:
    """Measure every part of an XLSX workbook; raises CannotRead where tables would not fit into memory."""
    # Every part, not only those that the workbook calls sheets: a part under another name is read all the same.
    extents = {name: _extent(archive, name, limits) for name in archive.parts}
    sheets, epoch_1904 = _sheets(archive)
    formulas = {name: frozenset(found.formulas) for name, part in sheets.items() if (found := extents.get(part))}
    return Survey(formulas, epoch_1904)


def _extent(archive: Archive, part: str, limits: Limits) -> Extent | None:
    """The extent of one part; None for pictures and the like."""
    extent, place = Extent(), [-1, -1]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            if ref := attributes.get("r"):
                place[0], place[1] = _place(ref)
            else:
                place[1] += 1
        elif tag in _CONTENT:
            extent.cover(place[0], place[1])
            if tag == "f":
                extent.formulas.add((place[0], place[1]))
        elif tag == "row":
            place[:] = int(attributes.get("r") or place[0] + 2) - 1, -1

    if not _parse(archive.inflate(part), start):
        if part.endswith((".xml", ".rels")) or b"sheetData" in archive.read(part):
            raise CannotRead("file.damaged")
        return None
    _must_fit(extent, limits)
    return extent


def _parse(pieces: Iterable[bytes], start: Callable[[str, dict[str, str]], None]) -> bool:
    """Call `start` for each element; False for what is no well-formed XML."""
    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except ExpatError:
        return False
    except ValueError as error:
        raise CannotRead("file.damaged") from error
    return True


def _no_doctype(*_: object) -> None:
    # No program writes one into a workbook; entities are how a small file becomes a large one.
    raise CannotRead("file.bomb")


def _place(ref: str) -> Place:
    letters = ref.rstrip(_DIGITS)
    return int(ref[len(letters) :]) - 1, column_number(letters)


def column_number(letters: str) -> int:
    """ "A" is 0, "Z" 25, "AA" 26; ValueError for anything else."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is "A", 26 is "AA"."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _must_fit(extent: Extent, limits: Limits) -> None:
    if extent.rows * extent.columns > limits.cells:
        raise CannotRead("file.too_wide", expected=f"{limits.cells:,}".replace(",", "."))


def _sheets(archive: Archive) -> tuple[dict[str, str], bool]:
    """The part of each sheet by its name, and whether days count from 1904."""
    targets: dict[str, str] = {}
    named: dict[str, str] = {}
    flags: list[bool] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and "Id" in attributes and "Target" in attributes:
            targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")

    def entry(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            flags.append(True)
        elif tag == "sheet":
            identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            named[attributes.get("name", "")] = identity

    if "xl/_rels/workbook.xml.rels" in archive.parts:
        _parse(archive.inflate("xl/_rels/workbook.xml.rels"), relation)
    _parse(archive.inflate("xl/workbook.xml"), entry)
    return {name: targets.get(identity, "") for name, identity in named.items()}, bool(flags)


def survey_ods(archive: Archive, limits: Limits) -> Survey:
    """Measure the tables of an ODS workbook, in which one element may stand for a million cells."""
    reader = _OdsReader(limits)
    if not _parse(archive.inflate("content.xml"), reader.start):
        raise CannotRead("file.damaged")
    reader.finish()
    return Survey({name: frozenset(extent.formulas) for name, extent in reader.extents.items()})


class _OdsReader:
    """Follows rows and cells with their repetitions."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.extents = limits, dict[str, Extent]()
        self.extent = Extent()
        self.row = self.column = 0
        self.row_repeats = self.cell_repeats = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-row":
            self.row, self.column, self.cell_repeats = self.row + self.row_repeats, 0, 0
            self.row_repeats = int(attributes.get("table:number-rows-repeated", "1"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.column += self.cell_repeats
            self.cell_repeats = int(attributes.get("table:number-columns-repeated", "1"))
            self._cell(attributes)
        elif name == "text:p":
            self._content()
        elif name == "table:table":
            self.finish()
            self.extent = self.extents.setdefault(attributes.get("table:name", ""), Extent())
            self.row = self.row_repeats = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        if "table:formula" in attributes:
            self.extent.formulas.add((self.row, self.column))
        if "office:value-type" in attributes or "table:formula" in attributes:
            self._content()

    def _content(self) -> None:
        self.extent.cover(self.row + self.row_repeats - 1, self.column + self.cell_repeats - 1)

    def finish(self) -> None:
        _must_fit(self.extent, self.limits)
