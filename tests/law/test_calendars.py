"""The tables of days off are complete in form and honest about how sure they are."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from hamrong.law import LawError, calendars
from hamrong.law.calendars import load
from hamrong.law.library import DATA


def folder_with(folder: Path, *changes: tuple[str, str]) -> Path:
    (folder / "calendar").mkdir()
    shutil.copy(DATA / "instruments.yaml", folder)
    text = (DATA / "calendar" / "2026.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "calendar" / "2026.yaml").write_text(text, encoding="utf-8")
    return folder


def test_each_table_says_how_sure_it_is() -> None:
    assert {year: table.status for year, table in calendars().items()} == {
        2025: "recalled",
        2026: "recalled",
        2027: "provisional",
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
    ],
)
def test_a_faulty_table_is_named_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(LawError, match=reason):
        load(folder_with(tmp_path, (old, new)))
