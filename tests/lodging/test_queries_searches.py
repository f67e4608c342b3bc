"""Which searches are narrow enough to be asked."""

from datetime import date, timedelta

import pytest

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
