"""Lists as files that a spreadsheet opens: every cell is text, and none is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import IO, Final, Literal

import xlsxwriter

Format = Literal["xlsx", "csv"]
Line = Sequence[str]
TYPES: Final[dict[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM: Final = "\ufeff"
"""Tells spreadsheets that a CSV is UTF-8; without it they garble Vietnamese."""


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text: what looks like a formula gets an apostrophe before it (CWE-1236)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def write_csv(into: IO[bytes], head: Line, lines: Iterable[Line]) -> int:
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


def write_xlsx(into: IO[bytes], head: Line, lines: Iterable[Line]) -> int:
    """One sheet whose cells are all text, written row by row; answers the number of rows."""
    book = xlsxwriter.Workbook(into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, rows = book.add_worksheet(), 0
    bold = book.add_format({"bold": True})
    for column, word in enumerate(head):
        sheet.write_string(0, column, word, bold)
    sheet.set_column(0, len(head) - 1, 22)
    sheet.freeze_panes(1, 0)
    for rows, line in enumerate(lines, 1):
        for column, cell in enumerate(line):
            sheet.write_string(rows, column, harmless(cell))
    book.close()
    return rows
