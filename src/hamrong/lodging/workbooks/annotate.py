"""The file given back; what makes it is loaded for the first one, because few processes give any and all would wait."""

from collections.abc import Sequence
from importlib import import_module

from hamrong.lodging.results import RowResult


def annotate(data: bytes, filename: str, results: Sequence[RowResult]) -> bytes:
    """The file as XLSX with its findings: the same workbook where it was XLSX, else a new one with the same rows.

    Cells are marked with a colour and a note; the column “Kết quả” holds the outcome, the sheet “Lỗi” lists row,
    column, code, message and hint. All of it is ignored when the file is sent again. Raises ValueError for a file that
    `read_table` refuses: such a file has no results.
    """
    made: bytes = import_module("hamrong.lodging.workbooks.annotated").annotate(data, filename, results)
    return made
