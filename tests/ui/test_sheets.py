"""Lists as files: safe to open, and counted."""

from io import BytesIO

import pytest

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
