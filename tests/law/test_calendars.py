"""The tables of days off are complete in form and honest about how sure they are."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.law import LawError, calendar, calendars
from hamrong.law.calendars import FIRST, LAST, calendar_of, load
from hamrong.law.library import DATA


def folder_with(folder: Path, *changes: tuple[str, str]) -> Path:
    (folder / "calendar").mkdir(parents=True)
    shutil.copy(DATA / "instruments.yaml", folder)
    text = (DATA / "calendar" / "2026.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "calendar" / "2026.yaml").write_text(text, encoding="utf-8")
    return folder


def test_each_table_says_how_sure_it_is() -> None:
    years = {year: table.status for year, table in calendars().items()}
    assert years == {
        **dict.fromkeys(range(2012, 2023), "seeded"),
        **dict.fromkeys(range(2023, 2027), "recalled"),
        **dict.fromkeys(range(2027, 2031), "provisional"),
    }


def test_a_proposed_holiday_is_kept_apart_until_someone_confirms_it() -> None:
    table = calendars()[2026]
    assert [entry.day for entry in table.undecided] == [date(2026, 11, 24)]
    assert date(2026, 11, 24) not in [entry.day for entry in table.days_off]


def test_a_saturday_may_be_worked_instead_of_a_day_off() -> None:
    assert [entry.day for entry in calendars()[2026].days_worked] == [date(2026, 1, 10), date(2026, 8, 22)]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("day: 2026-01-01", "day: 2025-01-01", "2026.yaml:11: .*out of order or out of the year"),
        ("day: 2026-02-17", "day: 2026-02-16", "2026.yaml:16: .*out of order"),
        ("day: 2026-05-01", "day: 2026-05-02", "2026.yaml:22: .*is a rest day already"),
        ("day: 2026-01-10", "day: 2026-01-12", "2026.yaml:27: .*is a working day already"),
        ("year: 2026", "year: 2027", "2026.yaml:2: the year must be 2026"),
        ("45/2019/QH14", "1/1999/QH10", "2026.yaml:5: unknown instrument"),
        ("status: recalled", "status: certain", "2026.yaml:3: Invalid enum value"),
        ("status: recalled", "status: confirmed", "2026.yaml:3: a table is confirmed exactly when it names"),
    ],
)
def test_a_faulty_table_is_named_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(LawError, match=reason):
        load(folder_with(tmp_path, (old, new)))


DECISION = """\
decision:
  number: 1/TB-BNV
  by: {vi: Bộ Nội vụ, en: Ministry of Home Affairs}
  issued: 2025-10-01
  signed_off: 2025-10-15
"""


def test_a_table_is_confirmed_by_the_decision_it_was_signed_off_against(tmp_path: Path) -> None:
    changes = ("status: recalled", "status: confirmed"), ("days_worked:", DECISION + "days_worked:")
    decision = load(folder_with(tmp_path, *changes))[2026].decision
    assert decision is not None
    assert decision.signed_off == date(2025, 10, 15)


def test_a_decision_without_confirmation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="a table is confirmed exactly when it names its decision"):
        load(folder_with(tmp_path, ("days_worked:", DECISION + "days_worked:")))


def test_working_days_skip_rest_and_holidays_and_count_worked_saturdays() -> None:
    days = calendar()
    assert days.after(date(2026, 8, 20), 4) == date(2026, 8, 25)
    assert days.before(date(2026, 8, 25), 4) == date(2026, 8, 20)
    assert days.on_or_after(date(2026, 2, 14)) == date(2026, 2, 23)
    assert days.on_or_before(date(2026, 2, 22)) == date(2026, 2, 13)
    assert days.between(date(2026, 8, 29), date(2026, 9, 4)) == 2
    assert days.is_working(date(2026, 8, 22)) and not days.is_working(date(2026, 8, 23))


def test_years_that_are_not_decided_or_not_known_are_named() -> None:
    assert calendar().unsure(date(2026, 12, 1), date(2031, 1, 1)) == (2027, 2028, 2029, 2030, 2031)
    assert calendar().unsure(date(2012, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2111, 1, 3)])
def test_no_calendar_reaches_forever(day: date) -> None:
    with pytest.raises(LawError, match="no calendar reaches beyond"):
        calendar().after(day, 1) if day > LAST else calendar().before(day, 1)


def test_the_hash_changes_with_any_word_of_any_year(tmp_path: Path) -> None:
    plain = calendar_of(load(folder_with(tmp_path / "a")))
    assert calendar_of(load(folder_with(tmp_path / "b"))).hash == plain.hash
    assert calendar_of(load(folder_with(tmp_path / "c", ("Tết Dương lịch", "Tết Tây")))).hash != plain.hash


@given(day=st.dates(FIRST, LAST), n=st.integers(1, 60))
def test_counting_forward_and_back_meet(day: date, n: int) -> None:
    days = calendar()
    there = days.after(day, n) if day.year < 2110 else day
    assert there == day or days.between(day, there) - days.is_working(day) == n
    assert days.on_or_before(day) <= day <= days.on_or_after(day) if 1990 < day.year < 2110 else True
