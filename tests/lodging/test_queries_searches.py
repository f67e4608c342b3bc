"""Which searches are narrow enough to be asked, and that exports are safe to open."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from hamrong.lodging.actions.exports import harmless, write_csv
from hamrong.lodging.queries.searches import Search, problem, told

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("search", "whole", "expected"),
    [
        (Search(), False, "empty"),
        (Search(name="Lê"), False, "empty"),
        (Search(name="Lê Thị"), False, "wide"),
        (Search(name="Lê Thị", first=DAY, last=DAY - timedelta(days=1)), False, "order"),
        (Search(name="Lê Thị", first=DAY - timedelta(days=300), last=DAY), False, None),
        (Search(name="Lê Thị", first=DAY - timedelta(days=300), last=DAY), True, "wide_name"),
        (Search(establishment="SS-0001", first=DAY - timedelta(days=300), last=DAY), True, None),
        (Search(document="038090123456"), True, None),
    ],
)
def test_a_search_is_refused_while_it_is_too_wide(search: Search, whole: bool, expected: str | None) -> None:
    assert problem(search, whole_province=whole) == expected


def test_the_record_holds_no_number() -> None:
    kept = told(Search(document="038 090 123 456"))
    assert "038090123456" not in str(kept) and len(kept["document"]) == 32


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_file_counts_its_rows() -> None:
    into = BytesIO()
    assert write_csv(into, ["a"], [["=x"], ["Ể"]]) == 2
    assert into.getvalue().decode("utf-8-sig").splitlines() == ["a", "'=x", "Ể"]
