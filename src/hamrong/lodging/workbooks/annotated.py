"""Makes the file that is given back: findings on their cells, the outcome of each row, a sheet listing the errors."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from msgspec.structs import replace
from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hamrong.kernel.vietnamese import clean
from hamrong.kernel.workbooks.cells import text_of
from hamrong.kernel.workbooks.isolated import Row
from hamrong.kernel.workbooks.markup import column_letters, column_number
from hamrong.lodging.decoding import decode
from hamrong.lodging.findings import plain
from hamrong.lodging.issues import Issue
from hamrong.lodging.results import RowResult
from hamrong.lodging.shapes import StayIn
from hamrong.lodging.workbooks.columns import column_key, labels, match_columns, placed, pointers
from hamrong.lodging.workbooks.refusals import ASYNC, FileRefused
from hamrong.lodging.workbooks.tables import Table, read_table
from hamrong.lodging.workbooks.words import words

_COLOURS: Final = {"error": "FFF4C7C3", "warning": "FFFCE8B2", "info": "FFD7E8F7"}
_FILLS: Final = {name: PatternFill("solid", start_color=colour) for name, colour in _COLOURS.items()}
_WEIGHT: Final = {"info": 0, "warning": 1, "error": 2}
_COMMENTS: Final = 5_000
"""More notes than that nobody reads, and they make a workbook slow to open; colours and the sheet of errors go on."""
_SAME_WORKBOOK: Final = 10_000
"""Above so many rows the result is a new workbook: keeping the old one's looks would take a minute and much memory."""


Outcome = tuple[str, tuple[Issue, ...]]
Told = Mapping[int, Outcome]
"""By row of the file: its outcome in words, and its issues with the columns that they are about."""


class Mark(NamedTuple):
    """Everything that is to be said about one cell."""

    severity: str
    text: str


def annotate(data: bytes, filename: str, results: Sequence[RowResult]) -> bytes:
    """See `annotate.annotate`."""
    table = read_table(data, filename, limits=ASYNC)
    if isinstance(table, FileRefused):
        raise ValueError(table.code)
    if table.kind == "jsonl":
        table, results = _spread(table), [replace(each, row=each.row + 1) for each in results]
    told = _located(table, results)
    if table.kind == "xlsx" and len(table.rows) <= _SAME_WORKBOOK and (book := _opened(data)):
        return _same_workbook(book, table, told)
    return _new_workbook(table, told)


def _opened(data: bytes) -> Workbook | None:
    """The workbook with all its looks; None where the library that keeps them cannot read what others can."""
    try:
        return openpyxl.load_workbook(io.BytesIO(data))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, BadZipFile, ParseError):
        return None


def _spread(table: Table) -> Table:
    """JSON lines as rows beneath a header: every row stands one further down than its line did."""
    stays = [(row.number + 1, decode(row.cells).stay) for row in table.rows if isinstance(row.cells, bytes)]
    filled = [name for name in labels() if any(_value(stay, pointers()[name]) for _, stay in stays)]
    names = [name for at, name in enumerate(filled) if pointers()[name] not in map(pointers().get, filled[:at])]
    rows = tuple(Row(number, [_value(stay, pointers()[name]) for name in names]) for number, stay in stays)
    return replace(table, header_row=1, columns=tuple(labels()[name] for name in names), rows=rows)


def _value(stay: StayIn, pointer: str) -> str:
    part: Any = stay
    for name in pointer.strip("/").split("/"):
        part = getattr(part, name, None)
    return plain(part)


def _located(table: Table, results: Sequence[RowResult]) -> dict[int, Outcome]:
    """Outcome and issues by row, every issue with its column where it has one."""
    proposal = match_columns(table.columns).fields
    return {each.row: (words()["outcomes"][each.outcome], _with_columns(each.issues, proposal)) for each in results}


def _with_columns(issues: Sequence[Issue], proposal: Mapping[str, int]) -> tuple[Issue, ...]:
    return tuple(each if each.column else placed([each], proposal)[0] for each in issues)


def _marks(issues: Sequence[Issue]) -> dict[int, Mark]:
    """By column, the worst of its severities and all of its messages."""
    found: dict[int, Mark] = {}
    for each in issues:
        if each.column is None:
            continue
        at = column_number(each.column)
        before = found.get(at, Mark("info", ""))
        worst = max(before.severity, each.severity, key=_WEIGHT.__getitem__)
        said = f"{words()['severities'][each.severity]}: {clean(each.message_vi)}\n{clean(each.hint_vi)}"
        found[at] = Mark(worst, f"{before.text}\n\n{said}".strip())
    return found


def _result_column(table: Table) -> int:
    """Our own column if the file has it from an earlier time, else the one after the last."""
    wanted = column_key(words()["result_column"])
    known = [at for at, name in enumerate(table.columns) if column_key(name) == wanted]
    return known[0] if known else max((at + 1 for at, name in enumerate(table.columns) if name), default=0)


def _error_rows(table: Table, told: Told) -> Iterator[list[str | int]]:
    for row in sorted(told):
        for each in told[row][1]:
            at = column_number(each.column) if each.column else -1
            name = table.columns[at] if 0 <= at < len(table.columns) else ""
            severity = words()["severities"][each.severity]
            told_of = (each.message_vi, each.hint_vi, each.received, each.code, each.message_en, each.hint_en)
            yield [row, each.column or "", name, severity, *map(clean, told_of)]


def _same_workbook(book: Workbook, table: Table, told: Told) -> bytes:
    sheet = book[table.sheet]
    result = _result_column(table) + 1
    _write(sheet, table.header_row, result, words()["result_column"], bold=True)
    notes = 0
    for row, (outcome, issues) in told.items():
        _write(sheet, row, result, outcome)
        for at, mark in _marks(issues).items():
            notes += 1
            _mark(sheet.cell(row, at + 1), mark, with_note=notes <= _COMMENTS)
    if words()["result_column"] in table.columns:
        _clean_rest(sheet, table, told)
    _error_sheet(book, table, told)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, SheetCell):
        cell.value = text
        if bold:
            cell.font = Font(bold=True)
        # What begins with "=" must stay words: a file that people open is no place for somebody else's formula.
        cell.data_type = "s"


def _mark(cell: Any, mark: Mark, *, with_note: bool) -> None:
    if not isinstance(cell, SheetCell):
        return
    cell.fill = _FILLS[mark.severity]
    if with_note:
        cell.comment = Comment(mark.text, words()["comment_author"], width=360, height=150)


def _clean_rest(sheet: Worksheet, table: Table, told: Told) -> None:
    """Take off our own marks of an earlier time from cells that are right now."""
    first = table.header_row + 1
    for row, cells in enumerate(sheet.iter_rows(min_row=first), first):
        kept = _marks(told[row][1]) if row in told else {}
        for cell in cells:
            if not isinstance(cell, SheetCell) or cell.column - 1 in kept:
                continue
            if cell.comment is not None and cell.comment.author == words()["comment_author"]:
                cell.comment = None
            if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in _COLOURS.values():
                cell.fill = PatternFill()


def _error_sheet(book: Workbook, table: Table, told: Told) -> None:
    name = words()["sheets"]["errors"]
    if name in book.sheetnames and name != table.sheet:
        del book[name]
    sheet = book.create_sheet(name)
    for at, (title, width) in enumerate(words()["error_columns"], 1):
        _write(sheet, 1, at, title, bold=True)
        sheet.column_dimensions[column_letters(at - 1)].width = width
    for row, values in enumerate(_error_rows(table, told), 2):
        for at, value in enumerate(values, 1):
            cell = sheet.cell(row, at, value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


def _new_workbook(table: Table, told: Told) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E3EFE6"})
        text = book.add_format({"num_format": "@"})
        colours = {
            name: book.add_format({"num_format": "@", "bg_color": f"#{code[2:]}"}) for name, code in _COLOURS.items()
        }
        guests, errors = (book.add_worksheet(words()["sheets"][each]) for each in ("guests", "errors"))
        result, notes = _result_column(table), 0
        for at, name in enumerate([*table.columns[:result], words()["result_column"]]):
            guests.write_string(table.header_row - 1, at, name, bold)
        guests.set_column(0, result, 18, text)
        for row in table.rows:
            outcome, issues = told.get(row.number, ("", ()))
            marks = _marks(issues)
            for at, cell in enumerate(row.cells[:result]):
                shown = colours[marks[at].severity] if at in marks else text
                guests.write_string(row.number - 1, at, text_of(cell), shown)
                if at in marks and (notes := notes + 1) <= _COMMENTS:
                    guests.write_comment(row.number - 1, at, marks[at].text, {"x_scale": 3, "y_scale": 2})
            guests.write_string(row.number - 1, result, outcome, text)
        _write_errors(errors, table, told, bold)
    return out.getvalue()


def _write_errors(sheet: Any, table: Table, told: Told, bold: Any) -> None:
    for at, (title, width) in enumerate(words()["error_columns"]):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, bold)
    for row, values in enumerate(_error_rows(table, told), 1):
        for at, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, at, value)
            else:
                sheet.write_string(row, at, value)
