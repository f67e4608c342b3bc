"""The tables against what the public package `holidays` says: a second pair of eyes, never the source of a date."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from hamrong.law import calendar, calendars

KNOWN = {
    date(2026, 1, 2): "off here, exchanged with 10 January: a proposal was seen, its adoption is recollection",
    date(2026, 1, 10): "worked here instead of 2 January",
    date(2026, 11, 24): "a proposed holiday: no amendment of Article 112 was found, so it is worked here",
    date(2027, 11, 24): "as in 2026",
    date(2028, 11, 24): "as in 2026",
    date(2029, 11, 26): "as in 2026, moved from a Saturday",
    date(2030, 11, 25): "as in 2026, moved from a Sunday",
}
TAKEN = json.loads(Path(__file__).with_name("holidays.json").read_text(encoding="utf-8"))


def differences(year: int) -> set[date]:
    """Return the days of a year on which only one of the two says that people work."""
    said = TAKEN[str(year)]
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    works = {day: f"-{day}" in said or (day.weekday() < 5 and str(day) not in said) for day in days if day.year == year}
    return {day for day, worked in works.items() if calendar().is_working(day) is not worked}


@pytest.mark.parametrize("year", sorted(calendars()))
def test_every_difference_is_known_and_explained(year: int) -> None:
    assert differences(year) == {day for day in KNOWN if day.year == year}
