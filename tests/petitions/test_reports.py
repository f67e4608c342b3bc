"""Periods of reports, and the strictness of their tables."""

from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from hamrong.law.shape import LawError
from hamrong.petitions.reports import before, kinds, lines, period_of, recent


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("week", date(2026, 11, 26), date(2026, 11, 23), date(2026, 11, 29)),
        ("week", date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4)),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_period(kind, day, first, last):
    assert astuple(period_of(kind, day)) == (kind, first, last)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("month", date(2026, 3, 14), date(2026, 2, 15), date(2026, 3, 14)),
        ("month", date(2026, 3, 15), date(2026, 3, 15), date(2026, 4, 14)),
        ("quarter", date(2026, 1, 1), date(2025, 12, 15), date(2026, 3, 14)),
        ("year", date(2025, 12, 15), date(2025, 12, 15), date(2026, 12, 14)),
        ("year", date(2025, 12, 14), date(2024, 12, 15), date(2025, 12, 14)),
    ],
)
def test_months_that_close_on_the_14th_are_one_word_in_the_table(kind, day, first, last):
    known = {kind: msgspec.structs.replace(one, begins=15) for kind, one in kinds().items()}
    assert astuple(period_of(kind, day, known)) == (kind, first, last)


@pytest.mark.parametrize("kind", ["week", "month", "quarter", "year"])
def test_periods_leave_no_day_out_and_count_none_twice(kind):
    for one in recent(kind, date(2026, 11, 26), 30):
        assert before(one).last == one.first - timedelta(days=1)
        assert period_of(kind, one.last) == one


@pytest.mark.parametrize("wrong", ["when: {recieved: during}", "when: {received: ever}", "when: {sorting: [nobody]}"])
def test_a_slip_in_the_table_is_an_error(tmp_path: Path, wrong: str):
    file = tmp_path / "reports.yaml"
    file.write_text(f"one:\n  title: {{vi: a, en: b}}\n  group: received\n  {wrong}\n", encoding="utf-8")
    with pytest.raises(LawError):
        lines(file)
