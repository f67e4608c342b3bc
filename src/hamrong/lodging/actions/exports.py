"""Guests written to a file for an officer: bounded, on record with its number of rows, and safe to open."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import IO, Final, Literal

import xlsxwriter
from django.db.models import QuerySet

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.lodging.models import Stay

Format = Literal["xlsx", "csv"]
Line = Sequence[str]
AT_MOST: Final = 50_000
CHUNK: Final = 2000
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM: Final = "\ufeff"
"""Tells spreadsheets that a CSV is UTF-8; without it they garble Vietnamese."""


class TooMany(Exception):
    """More rows than an export may hold came out of the database."""


def export(
    *,
    by: Grant,
    found: QuerySet[Stay],
    head: Line,
    line: Callable[[Stay], Line],
    into: IO[bytes],
    form: Format,
    subject: str,
    at: datetime,
) -> int | Refusal:
    """Write the stays found to a file and put the export on record with the number of its rows.

    More than `AT_MOST` rows are refused, and then nothing counts as exported.
    """
    write = write_xlsx if form == "xlsx" else write_csv
    with acting(by):
        try:
            rows = write(into, head, (line(stay) for stay in _bounded(found)))
        except TooMany:
            return Refusal(
                "invalid",
                f"Kết quả có hơn {AT_MOST} dòng. Hãy thu hẹp trước khi xuất.",
                f"There are more than {AT_MOST} rows. Narrow the list before you export it.",
            )
        enter(by, subject=subject, at=at, rows=rows, format=form)
    return rows


def _bounded(found: QuerySet[Stay]) -> Iterator[Stay]:
    for number, stay in enumerate(found[: AT_MOST + 1].iterator(chunk_size=CHUNK), 1):
        if number > AT_MOST:
            raise TooMany
        yield stay


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
