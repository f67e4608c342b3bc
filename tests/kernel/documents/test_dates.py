"""Centuries and unknown days of documents' dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents.dates import birth_date, card_date, expiry_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("yymmdd", "born"),
    [
        ("261124", "2026-11-24"),
        ("261125", "1926-11-25"),
        ("270101", "1927-01-01"),
        ("000229", "2000-02-29"),
        ("26<<<<", "2026"),
        ("27<<<<", "1927"),
        ("1401<<", "2014"),
        ("<<<<<<", None),
        ("741301", None),
        ("74O101", None),
    ],
)
def test_a_birth_is_the_latest_such_day_that_is_not_in_the_future(yymmdd: str, born: str | None) -> None:
    assert birth_date(yymmdd, TODAY) == born


@pytest.mark.parametrize(("day", "born"), [(date(2024, 2, 28), "1924-02-29"), (date(2024, 2, 29), "2024-02-29")])
def test_a_leap_day_counts_from_the_day_it_comes(day: date, born: str) -> None:
    assert birth_date("240229", day) == born


def test_a_hint_decides_the_century_when_it_fits() -> None:
    assert birth_date("250203", TODAY, year_hint=1925) == "1925-02-03"
    assert birth_date("250203", TODAY, year_hint=1926) == "2025-02-03"


@pytest.mark.parametrize(
    ("yymmdd", "expires"),
    [("750101", "2075-01-01"), ("760101", "1976-01-01"), ("120415", "2012-04-15"), ("<<<<<<", None)],
)
def test_an_expiry_lies_within_half_a_century(yymmdd: str, expires: str | None) -> None:
    assert expiry_date(yymmdd, TODAY) == expires


def test_cards_that_never_expire_say_so_with_the_end_of_the_century() -> None:
    assert expiry_date("991231", TODAY, only_this_century=True) == "2099-12-31"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("03021990", "1990-02-03"),
        ("03/02/1990", "1990-02-03"),
        ("1990", "1990"),
        ("00001990", "1990"),
        ("29022001", None),
        ("00000000", None),
        ("0302199", None),
        ("", None),
    ],
)
def test_the_dates_of_cards(text: str, iso: str | None) -> None:
    assert card_date(text) == iso


@given(st.dates(date(1927, 1, 1), TODAY))
def test_any_birth_of_the_last_hundred_years_is_told_from_two_digits(born: date) -> None:
    assert birth_date(born.strftime("%y%m%d"), TODAY) == born.isoformat()
