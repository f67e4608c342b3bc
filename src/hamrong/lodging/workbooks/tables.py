"""A file of any kind as one table: which sheet, which row names the columns, and the rows that are not empty."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from msgspec import Struct, field
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from hamrong.kernel.charsets import Decoding
from hamrong.lodging.issues import Issue, issue
from hamrong.lodging.workbooks.archives import open_archive
from hamrong.lodging.workbooks.cells import Cell, text_of
from hamrong.lodging.workbooks.columns import header_score, match_columns
from hamrong.lodging.workbooks.compound import survey_xls
from hamrong.lodging.workbooks.delimited import read_delimited, read_json_lines
from hamrong.lodging.workbooks.files import Kind, container
from hamrong.lodging.workbooks.markup import Place, Survey, column_letters, survey_ods, survey_xlsx
from hamrong.lodging.workbooks.refusals import CannotRead, FileRefused, Limits
from hamrong.lodging.workbooks.words import words

_SEARCHED: Final = 30
_SHEETS: Final = 50
_SAMPLE: Final = 5
_ENOUGH_SCORE: Final = 3
_OUR_SHEETS: Final = frozenset(words()["sheets"].values())
_MERGED: Final = 200_000


class Row(NamedTuple):
    """A row of the file: its number as people count it, and its cells (or one JSON object, of JSON lines)."""

    number: int
    cells: Sequence[Cell] | bytes


class Table(Struct, frozen=True):
    """What a file holds. `header_row` and the numbers of rows count from 1, as in the file; columns from A.

    `encoding` and `sample` (the header and the first rows as decoded) are to be shown to a person before the file is
    accepted, unless `encoding_certain`. `formulas` are places (row, column from 0) whose value is only what was stored.
    """

    kind: Kind
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    encoding_certain: bool = True
    sample: tuple[str, ...] = ()
    notes: tuple[Issue, ...] = ()
    formulas: frozenset[Place] = field(default_factory=frozenset)
    epoch_1904: bool = False


def read_table(data: bytes, filename: str, *, limits: Limits) -> Table | FileRefused:
    """Read an XLSX, XLS, ODS, CSV or JSON lines file, recognised by its content, or say why not; never raises.

    The name is only for people: a file that says .xls and is a CSV is read as what it is.
    """
    try:
        if len(data) > limits.size:
            raise CannotRead("file.too_big", filename, f"{limits.size // 1_000_000} MB")
        table = _read(data, limits)
        if len(table.rows) > limits.rows:
            raise CannotRead("file.too_many_rows", expected=f"{limits.rows:,}".replace(",", "."))
        if not table.rows:
            raise CannotRead("file.empty")
    except CannotRead as error:
        return error.refusal
    return table


def _read(data: bytes, limits: Limits) -> Table:
    packed = container(data)
    if packed == "zip":
        archive = open_archive(data, limits)
        survey = survey_xlsx(archive, limits) if archive.kind == "xlsx" else survey_ods(archive, limits)
        return _workbook(data, archive.kind, survey, limits)
    if packed == "ole":
        formulas, epoch_1904 = survey_xls(data, limits)
        return _workbook(data, "xls", Survey({}, epoch_1904), limits, formulas)
    if packed == "json":
        rows = tuple(Row(number, line) for number, line in read_json_lines(data))
        return Table("jsonl", (), "", 0, (), rows, "utf-8")
    lines = read_delimited(data)
    return _delimited(lines.rows, lines.decoding)


def _delimited(rows: Sequence[tuple[int, list[str]]], decoding: Decoding) -> Table:
    filled = [Row(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    at = _header_at(row.cells for row in filled[:_SEARCHED])
    header = filled[at] if filled else Row(1, ())
    encoding, notes = decoding.encoding, []
    if not encoding.startswith("utf-8"):
        notes.append(issue("file.encoding", "", received=encoding))
    sample = tuple(" | ".join(map(text_of, row.cells)) for row in filled[at : at + _SAMPLE])
    columns = tuple(map(text_of, header.cells))
    return Table(
        "csv", (), "", header.number, columns, tuple(filled[at + 1 :]), encoding, decoding.certain, sample,
        (*notes, *_twice(columns)),
    )  # fmt: skip


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever the library says to a damaged workbook into a refusal."""
    try:
        yield
    except PasswordError as error:
        raise CannotRead("file.encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise CannotRead("file.damaged") from error
    except BaseException as error:
        # A panic of its Rust code comes as an exception of a class that no module offers for import.
        if type(error).__name__ != "PanicException":
            raise
        raise CannotRead("file.damaged") from error


class _Sheet(NamedTuple):
    name: str
    rows: list[Row]
    at: int
    score: float


def _workbook(
    data: bytes, kind: Kind, survey: Survey, limits: Limits, by_order: Sequence[frozenset[Place]] = ()
) -> Table:
    """The sheet whose header looks most like a list of guests; the first of equals."""
    with _refusing(), CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = tuple(book.sheet_names)
        best = max(_sheets(book, names, limits), key=lambda sheet: sheet.score, default=None)
    if best is None:
        raise CannotRead("file.empty")
    header, order = best.rows[best.at], names.index(best.name)
    formulas = by_order[order] if order < len(by_order) else survey.formulas.get(best.name, frozenset())
    columns = tuple(map(text_of, header.cells))
    notes = [issue("file.sheet_chosen", "", expected=best.name)] if set(names) - _OUR_SHEETS - {best.name} else []
    return Table(
        kind, names, best.name, header.number, columns, tuple(best.rows[best.at + 1 :]),
        notes=(*notes, *_twice(columns)), formulas=formulas, epoch_1904=survey.epoch_1904,
    )  # fmt: skip


def _sheets(book: CalamineWorkbook, names: Sequence[str], limits: Limits) -> Iterator[_Sheet]:
    """Every sheet with something in it. One at a time, and only the best so far keeps its rows."""
    best = -1.0
    for index in range(min(len(names), _SHEETS)):
        sheet = book.get_sheet_by_index(index)
        beginning = list(_filled(sheet, _SEARCHED))
        if not beginning:
            continue
        at = _header_at(row.cells for row in beginning)
        score = header_score(beginning[at].cells)
        if score > best:
            best = score
            yield _Sheet(names[index], list(_filled(sheet, limits.rows + _SEARCHED + 1)), at, score)


def _filled(sheet: CalamineSheet, most: int) -> Iterator[Row]:
    """The rows with something in them, at most so many, each from column A on."""
    start = sheet.start
    if start is None:
        return
    margin: list[Cell] = [""] * start[1]
    merged = _merged(sheet)
    above: dict[int, Cell] = {}
    for number, read in enumerate(sheet.iter_rows(), 1):
        cells = [*margin, *read]
        if all(cell == "" or (isinstance(cell, str) and cell.isspace()) for cell in read):
            continue
        for column, first in merged.get(number - 1, ()):
            if first:
                above[column] = cells[column] if column < len(cells) else ""
            elif column < len(cells) and cells[column] == "":
                cells[column] = above.get(column, "")
        yield Row(number, cells)
        most -= 1
        if most <= 0:
            return


def _merged(sheet: CalamineSheet) -> dict[int, list[tuple[int, bool]]]:
    """By row, the columns of cells merged downwards, and whether it is the first row of them.

    A group's room and dates are often one cell beside many names: it means every one of them.
    """
    found: dict[int, list[tuple[int, bool]]] = {}
    cells = 0
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        cells += bottom - top + 1
        if bottom > top and cells <= _MERGED:
            for row in range(top, bottom + 1):
                found.setdefault(row, []).append((left, row == top))
    return found


def _header_at(rows: Iterable[Sequence[Cell] | bytes]) -> int:
    """Which of the first rows names the columns; where none looks like it, the first with several cells."""
    looked = [cells for cells in rows if not isinstance(cells, bytes)]
    scores = [header_score(cells) for cells in looked]
    if max(scores, default=0) >= _ENOUGH_SCORE:
        return scores.index(max(scores))
    wide = (at for at, cells in enumerate(looked) if sum(text_of(cell) != "" for cell in cells) >= _ENOUGH_SCORE)
    return next(wide, 0)


def _twice(columns: Sequence[str]) -> list[Issue]:
    return [
        issue("file.column_twice", "", received=columns[at], column=column_letters(at))
        for at in match_columns(columns).twice
    ]
