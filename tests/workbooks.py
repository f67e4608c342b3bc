"""Workbooks for tests."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter


def a_workbook_of(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: str = "") -> bytes:
    """An XLSX workbook of these sheets and their rows; the one called `hidden` is not shown."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
            if name == hidden:
                sheet.hide()
    return out.getvalue()
