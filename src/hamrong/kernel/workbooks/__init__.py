"""Workbooks that people send, read without trusting them: XLSX, XLS and ODS, as rows of cells with their numbers."""

from hamrong.kernel.workbooks.cells import Cell, text_of
from hamrong.kernel.workbooks.reading import Sheet, is_workbook, read_every, survey
from hamrong.kernel.workbooks.refusals import CannotRead, Limits

__all__ = ["CannotRead", "Cell", "Limits", "Sheet", "is_workbook", "read_every", "survey", "text_of"]
