"""Lists of guests as files: read what people send, match its columns, give a template, give the file back marked."""

from hamrong.kernel.workbooks import Limits
from hamrong.lodging.workbooks.annotate import annotate
from hamrong.lodging.workbooks.columns import ColumnMatch, header_key, match_columns, placed
from hamrong.lodging.workbooks.refusals import ASYNC, SYNC, FileRefused
from hamrong.lodging.workbooks.rows import RowIn, rows_to_stays, skipped
from hamrong.lodging.workbooks.tables import Table, read_table
from hamrong.lodging.workbooks.template import template

__all__ = [
    "ASYNC",
    "SYNC",
    "ColumnMatch",
    "FileRefused",
    "Limits",
    "RowIn",
    "Table",
    "annotate",
    "header_key",
    "match_columns",
    "placed",
    "read_table",
    "rows_to_stays",
    "skipped",
    "template",
]
