"""Lists as files that a spreadsheet opens: a number is one, all else is text, and none is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import IO, Final, Literal

import xlsxwriter

Format = Literal["xlsx", "csv"]
Line = Sequence[str | int]
TYPES: Final[dict[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM: Final = "\ufeff"
"""Tells spreadsheets that a CSV is UTF-8; without it they garble Vietnamese."""


def harmless(cell: str | int) -> str:
    """A cell that a spreadsheet takes for text: what looks like a formula gets an apostrophe before it (CWE-1236)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else str(cell)


def write_csv(into: IO[bytes], head: Sequence[str], lines: Iterable[Line]) -> int:
    """CSV (RFC 4180, UTF-8 with a byte order mark); answers the number of rows."""
    text, rows = TextIOWrapper(into, encoding="utf-8", newline="", write_through=True), 0
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(head)
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
        rows += 1
    text.detach()
    return rows


def write_xlsx(into: IO[bytes], head: Sequence[str], lines: Iterable[Line], widths: Sequence[int] = ()) -> int:
    """One sheet, written row by row; `widths` of the first columns, in letters. Answers the number of rows."""
    book = xlsxwriter.Workbook(into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, rows = book.add_worksheet(), 0
    bold = book.add_format({"bold": True})
    for column, word in enumerate(head):
        sheet.write_string(0, column, word, bold)
    sheet.set_column(0, len(head) - 1, 22)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for rows, line in enumerate(lines, 1):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(rows, column, cell)
            else:
                sheet.write_string(rows, column, harmless(cell))
    book.close()
    return rows
