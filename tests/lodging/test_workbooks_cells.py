"""Cells as people fill them: dates in every form, times of day, and numbers that programs made something else of."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.workbooks.cells import text_of
from hamrong.lodging.workbooks.cells import day_of, moment_of
from tests.lodging.notices import TODAY


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15/08/1990", "1990-08-15"),
        ("15/8/1990", "1990-08-15"),
        ("15.8.1990", "1990-08-15"),
        ("15-08-1990", "1990-08-15"),
        ("15 / 08 / 1990", "1990-08-15"),
        ("\u00a015/08/1990\u00a0", "1990-08-15"),
        ("1990-08-15", "1990-08-15"),
        ("1990-08-15T00:00:00", "1990-08-15"),
        ("1990/8/15", "1990-08-15"),
        ("15 tháng 8 năm 1990", "1990-08-15"),
        ("ngày 15 tháng 08 năm 1990", "1990-08-15"),
        ("15081990", "1990-08-15"),
        ("19900815", "1990-08-15"),
        (15081990, "1990-08-15"),
        (5081990.0, "1990-08-05"),
        (33100, "1990-08-15"),
        (33100.0, "1990-08-15"),
        (datetime(1990, 8, 15), "1990-08-15"),
        (date(1990, 8, 15), "1990-08-15"),
        ("1950", "1950"),
        (1950, "1950"),
        (1950.0, "1950"),
        ("'15/08/1990", "1990-08-15"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_day_in_the_forms_that_people_use(cell, day):
    assert day_of(cell, TODAY).text == day


@pytest.mark.parametrize("cell", ["31/02/1990", "08/15/1990", "1990-13-01"])
def test_an_impossible_day_stays_impossible(cell):
    read = day_of(cell, TODAY).text
    assert len(read) == 10 and read[:4] == "1990"
    with pytest.raises(ValueError):
        date.fromisoformat(read)


@pytest.mark.parametrize("cell", ["08/1990", "khoảng 1990", "x", True, -5, float("nan"), float("inf"), 1e300, time(3)])
def test_what_is_no_day_is_left_as_it_stands(cell):
    assert len(day_of(cell, TODAY).text) != 10 or cell == 1e300


@pytest.mark.parametrize(
    ("cell", "latest", "day"),
    [
        ("15/8/90", TODAY, "1990-08-15"),
        ("24/11/26", TODAY, "2026-11-24"),
        ("25/11/26", TODAY, "1926-11-25"),
        ("26/11/26", TODAY + timedelta(days=366), "2026-11-26"),
    ],
)
def test_a_year_in_two_digits_is_the_latest_possible_and_said_to_be_guessed(cell, latest, day):
    assert day_of(cell, latest) == (day, True)


def test_days_of_a_macintosh_count_from_1904():
    assert day_of(33100 - 1462, TODAY, epoch_1904=True).text == "1990-08-15"


@pytest.mark.parametrize(
    "cell",
    [
        "24/11/2026 21:30",
        "24/11/2026 21h30",
        "24/11/2026 21 giờ 30",
        "24/11/2026 21 giờ 30 phút",
        "21:30 24/11/2026",
        "21h30, 24/11/2026",
        "21:30 ngày 24 tháng 11 năm 2026",
        "24-11-2026, 9:30 PM",
        "24/11/2026 9:30 CH",
        "2026-11-24 21:30",
        "2026-11-24T21:30:00",
        "2026-11-24T21:30:00+07:00",
        46350 + 21.5 / 24,
        datetime(2026, 11, 24, 21, 30),
    ],
)
def test_a_moment_in_the_forms_that_people_use(cell):
    assert moment_of(cell, None, TODAY, arrival=True) == ("2026-11-24T21:30:00+07:00", False, False)


@pytest.mark.parametrize("hour", ["21:30", "21h30", time(21, 30), 21.5 / 24, datetime(1899, 12, 30, 21, 30)])
@pytest.mark.parametrize("day", ["24/11/2026", date(2026, 11, 24), 46350])
def test_a_time_may_have_a_column_of_its_own(day, hour):
    assert moment_of(day, hour, TODAY, arrival=True).text == "2026-11-24T21:30:00+07:00"


def test_an_instant_keeps_the_offset_that_it_is_written_with():
    assert moment_of("2026-11-24T14:30:00Z", None, TODAY, arrival=True).text == "2026-11-24T14:30:00Z"


def test_a_day_without_a_time_is_the_opening_of_its_night_and_said_to_be_so():
    assert moment_of("24/11/2026", None, TODAY, arrival=True) == ("2026-11-24T08:00:00+07:00", True, False)
    assert moment_of(date(2026, 11, 24), None, TODAY, arrival=False).text == "2026-11-24T12:00:00+07:00"
    midnight = moment_of(datetime(2026, 11, 24), None, TODAY, arrival=True)
    assert midnight == ("2026-11-24T00:00:00+07:00", False, False)


@pytest.mark.parametrize("cell", ["24/11/2026 25:00", "21:30", "soon", "24/11"])
def test_what_is_no_moment_is_left_as_it_stands(cell):
    assert moment_of(cell, None, TODAY, arrival=True).text == cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (38190012123.0, "38190012123"),
        (101, "101"),
        (1.5, "1.5"),
        ("'038190012123", "038190012123"),
        ("\u00a0Nguyễn\u00a0\u200bThị  Bình ", "Nguyễn Thị Bình"),
        (date(1990, 8, 15), "1990-08-15"),
        (datetime(1990, 8, 15), "1990-08-15"),
        (datetime(1990, 8, 15, 7, 5), "1990-08-15 07:05"),
        (None, ""),
        (True, "TRUE"),
    ],
)
def test_a_cell_as_text(cell, text):
    assert text_of(cell) == text


CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(),
    st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,4}[-/.][0-9]{1,4}( [0-9]{1,2}[:h][0-9]{0,2})?", fullmatch=True),
)  # fmt: skip


@given(CELLS, CELLS, st.booleans(), st.booleans())
@settings(max_examples=100)
def test_no_cell_makes_the_reading_fail(cell, other, arrival, epoch):
    text_of(cell)
    day_of(cell, TODAY, epoch_1904=epoch)
    moment_of(cell, other, TODAY, arrival=arrival, epoch_1904=epoch)


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
@settings(max_examples=50)
def test_a_day_written_in_any_form_is_the_same_day(day):
    serial = (day - date(1899, 12, 30)).days
    written = [f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat(), f"{day:%d%m%Y}", serial, day]
    assert {day_of(each, TODAY).text for each in written if not 1850 <= serial < 2200} <= {day.isoformat()}
