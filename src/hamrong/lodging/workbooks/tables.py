"""A file of any kind as one table: which sheet, which row names the columns, and the rows that are not empty."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, field

from hamrong.kernel.charsets import Decoding, from_old_font
from hamrong.kernel.workbooks.cells import Cell, text_of
from hamrong.kernel.workbooks.delimited import read_delimited, read_json_lines
from hamrong.kernel.workbooks.isolated import Beginning, Row, read_chosen
from hamrong.kernel.workbooks.markup import Place, column_letters
from hamrong.kernel.workbooks.reading import Surveyed, survey
from hamrong.kernel.workbooks.refusals import CannotRead, Limits
from hamrong.lodging.issues import Issue, issue
from hamrong.lodging.workbooks.columns import header_score, match_columns
from hamrong.lodging.workbooks.files import Kind, container
from hamrong.lodging.workbooks.refusals import FileRefused, refused
from hamrong.lodging.workbooks.words import words

_SEARCHED: Final = 30
_SAMPLE: Final = 5
_ENOUGH_SCORE: Final = 3
_OUR_SHEETS: Final = frozenset(words()["sheets"].values())


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
        return refused(error)
    return table


def _read(data: bytes, limits: Limits) -> Table:
    packed = container(data)
    if packed in ("zip", "ole"):
        return _workbook(data, survey(data, limits), limits)
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


def _workbook(data: bytes, found: Surveyed, limits: Limits) -> Table:
    """The sheet whose header looks most like a list of guests; the first of equals."""
    names, beginnings, (order,), (rows,) = read_chosen(
        data, lambda looked: [_best_sheet(looked)], beginning=_SEARCHED, most=limits.rows + _SEARCHED + 1
    )
    at = _header_at(row.cells for row in rows[:_SEARCHED])
    name = names[order]
    columns = tuple(from_old_font(name) or name for name in map(text_of, rows[at].cells))
    notes = [issue("file.sheet_chosen", "", expected=name)] if set(names) - _OUR_SHEETS - {name} else []
    if others := [names[each] for each in _lists(beginnings) if each != order and names[each] not in _OUR_SHEETS]:
        notes.append(issue("file.sheet_left_out", "", expected=", ".join(f"“{other}”" for other in others)))
    return Table(
        found.kind, names, name, rows[at].number, columns, rows[at + 1 :],
        notes=(*notes, *_twice(columns)), formulas=found.formulas(name, order), epoch_1904=found.epoch_1904,
    )  # fmt: skip


def _best_sheet(beginnings: Sequence[Beginning]) -> int:
    """The sheet whose header looks most like a list of guests; of equals the first that is shown, never one empty."""
    return max(range(len(beginnings)), key=lambda at: (_sheet_score(beginnings[at].rows), beginnings[at].shown))


def _lists(beginnings: Sequence[Beginning]) -> list[int]:
    """The sheets that people see and that look like lists of guests with somebody in them."""
    return [
        at for at, each in enumerate(beginnings)
        if each.shown and len(each.rows) > 1 and _sheet_score(each.rows) >= _ENOUGH_SCORE
    ]  # fmt: skip


def _sheet_score(beginning: Sequence[Row]) -> float:
    if not beginning:
        return -1
    return header_score(beginning[_header_at(row.cells for row in beginning)].cells)


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
