"""Lists as files: safe to open, and counted."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from hamrong.ui.sheets import harmless, write_csv, write_xlsx


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_file_counts_its_rows() -> None:
    into = BytesIO()
    assert write_csv(into, ["a"], [["=x"], ["Ể"]]) == 2
    assert into.getvalue().decode("utf-8-sig").splitlines() == ["a", "'=x", "Ể"]


def test_a_workbook_counts_its_rows_and_is_a_workbook() -> None:
    into = BytesIO()
    assert write_xlsx(into, ["a"], [["=x"], ["Ể"], [""]]) == 3
    assert into.getvalue()[:2] == b"PK"


def test_numbers_can_be_summed_and_text_that_looks_like_one_stays_text() -> None:
    into = BytesIO()
    write_xlsx(into, ["a", "b"], [["012", 12], ["x", -5]], widths=(40,))
    into.seek(0)
    rows = CalamineWorkbook.from_filelike(into).get_sheet_by_index(0).to_python()
    assert rows[1:] == [["012", 12], ["x", -5]] and write_csv(BytesIO(), ["a"], [[-5]]) == 1
