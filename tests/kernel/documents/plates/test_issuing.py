"""Which series and numbers may be issued, and why a plate may not."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents.plates import (
    PlateRuleError,
    Unreadable,
    book,
    codes_of,
    format_plate,
    numbers_in,
    parse,
    series_of,
    split,
    unsure_series_of,
    validate,
    version_on,
    written,
)

TODAY = date(2026, 11, 25)
POOLS = [
    ("car", "white"),
    ("car", "yellow"),
    ("car", "blue"),
    ("motorcycle", "white"),
    ("motorcycle", "blue"),
    ("machine", "white"),
    ("trailer", "white"),
]


def obstacles(text: str, kind: str, colour: str, on: date = TODAY) -> list[str]:
    return [each.code for each in validate(text, on=on, kind=kind, colour=colour)]


def test_a_provinces_white_cars_have_twenty_series() -> None:
    series = series_of("36", "car", "white", TODAY)
    assert series == tuple(f"36{letter}" for letter in "ABCDEFGHKLMNPSTUVXYZ")
    assert series == series_of("36", "car", "yellow", TODAY)
    assert series_of("36", "car", "blue", TODAY) == tuple(f"36{letter}" for letter in "ABCDEFGHKLM")


def test_a_provinces_motorcycles_have_pairs_of_letters() -> None:
    series = series_of("36", "motorcycle", "white", TODAY)
    unsure = unsure_series_of("36", "motorcycle", "white", TODAY)
    assert (series[:3], series[-1], len(series)) == (("36AA", "36AB", "36AC"), "36ZZ", 388)
    assert {name[2:] for name in unsure if name[3] != "G"} == {
        *("CD", "CT", "CV", "DA", "HC", "KT", "LB", "LD", "MD", "MK", "NN", "TD"),
    }
    assert len(unsure) == 32 and not set(unsure) & set(series)
    assert "36AR" in series and "Công báo" in unsure["36AG"].vi and "CT và LB" in unsure["36CT"].vi


def test_blue_motorcycles_have_a_letter_and_a_digit() -> None:
    series = series_of("36", "motorcycle", "blue", TODAY)
    assert (series[0], series[8], series[9], len(series)) == ("36A1", "36A9", "36B1", 99)


def test_series_follow_the_version_of_the_day() -> None:
    assert "36B1" in series_of("36", "motorcycle", "white", date(2023, 8, 14))
    assert "36B1" not in series_of("36", "motorcycle", "white", date(2023, 8, 15))
    assert series_of("36", "tractor", "white", date(2024, 12, 31)) == ("36MK",)
    assert series_of("36", "tractor", "white", date(2025, 1, 1)) == ()
    assert series_of("36", "car", "yellow", date(2020, 7, 31)) == ()
    assert len(series_of("36", "car", "yellow", date(2020, 8, 1))) == 20


def test_special_series_are_asked_for_by_their_symbol() -> None:
    assert series_of("36", "car", "white", TODAY, symbol="HC") == ("36HC",)
    assert series_of("36", "car", "white", TODAY, symbol="LD") == ()
    assert series_of("36", "car", "white", date(2024, 1, 1), symbol="LD") == ("36LD",)
    assert series_of("36", "trailer", "white", TODAY) == ("36RM",)
    assert series_of("80", "car", "white-red", TODAY, symbol="NG") == ()


@pytest.mark.parametrize("code", ["13", "46", "05", "xx", ""])
def test_a_code_that_nobody_has_has_no_series(code: str) -> None:
    assert series_of(code, "car", "white", TODAY) == ()
    assert unsure_series_of(code, "motorcycle", "white", TODAY) == {}


def test_unknown_words_are_a_mistake_of_the_program() -> None:
    with pytest.raises(PlateRuleError):
        series_of("36", "bike", "white", TODAY)
    with pytest.raises(PlateRuleError):
        validate("36A12345", on=TODAY, kind="car", colour="green")


@pytest.mark.parametrize(("kind", "colour"), POOLS)
@pytest.mark.parametrize("code", ["36", "17", "80"])
def test_every_issued_series_is_read_back_as_itself_alone(code: str, kind: str, colour: str) -> None:
    for series in series_of(code, kind, colour, TODAY):
        for number in (1, 12345, 99999):
            found = parse(written(series, number), kind=kind, colour=colour, on=TODAY)
            assert not isinstance(found, Unreadable)
            assert [(each.series, each.number) for each in found] == [(series, f"{number:05}")]
            of_kind = parse(written(series, number), kind=kind)
            assert not isinstance(of_kind, Unreadable)
            assert {each.canonical for each in of_kind} == {written(series, number)}
            assert series in {each.series for each in of_kind}


@given(st.sampled_from(sorted(book().places)), st.sampled_from(POOLS), st.data())
def test_what_a_pool_holds_may_be_issued(code: str, pool: tuple[str, str], data: st.DataObject) -> None:
    kind, colour = pool
    series = data.draw(st.sampled_from(series_of(code, kind, colour, TODAY)))
    number = data.draw(st.sampled_from(numbers_in(series)))
    assert obstacles(written(series, number), kind, colour) == []
    assert split(written(series, number)) == (series, number)
    assert obstacles(format_plate(written(series, number), kind), kind, colour) == []


def test_a_series_has_all_numbers_but_zero() -> None:
    assert numbers_in("36A") == range(1, 100_000)
    assert len(numbers_in("36MĐ1")) == 99_999
    for unknown in ("36", "36W", "46A", "", "36A12", "TM", "80441NG"):
        with pytest.raises(PlateRuleError, match="no pool"):
            numbers_in(unknown)


@pytest.mark.parametrize("text", ["36A00000", "36A1234", "36A-123.45", "", "12345", "36a12345", "３６A12345"])
def test_what_is_no_canonical_text_is_not_split(text: str) -> None:
    assert split(text) is None


def test_a_canonical_text_is_split_before_its_last_five_digits() -> None:
    assert split("36A112345") == ("36A1", 12345)
    assert split("36MĐ100001") == ("36MĐ1", 1)


@given(st.integers(1, 99_999), st.sampled_from(list(islice(series_of("36", "motorcycle", "white", TODAY), 40))))
def test_splitting_undoes_writing(number: int, series: str) -> None:
    assert split(written(series, number)) == (series, number)


def test_plates_are_shown_as_people_write_them() -> None:
    assert format_plate("36A12345", "car") == "36A-123.45"
    assert format_plate("36A12345", "car", two_lines=True) == "36A\n123.45"
    assert format_plate("36AB00001", "motorcycle") == "36-AB 000.01"
    assert format_plate("36AB00001", "motorcycle", two_lines=True) == "36-AB\n000.01"
    assert format_plate("36A12345", "motorcycle") == "36-A1 2345"
    with pytest.raises(PlateRuleError, match="not_of_kind"):
        format_plate("36AB00001", "car")


@pytest.mark.parametrize(
    ("text", "kind", "colour", "why"),
    [
        ("36A-123.45", "car", "white", []),
        ("36A-123.45", "car", "yellow", []),
        ("36A-123.45", "car", "blue", []),
        ("36Z-123.45", "car", "blue", ["not_of_colour"]),
        ("36A-123.45", "car", "red", ["not_of_colour"]),
        ("36A-123.45", "trailer", "white", ["not_of_kind"]),
        ("36A-1234", "car", "white", ["number.old"]),
        ("36A-000.00", "car", "white", ["number.zero"]),
        ("46A-123.45", "car", "white", ["code.reserved"]),
        ("13A-123.45", "car", "white", ["code.unsure"]),
        ("36W-123.45", "car", "white", ["series.letter"]),
        ("36-AB 123.45", "motorcycle", "white", []),
        ("36-B1 123.45", "motorcycle", "white", ["form.ended"]),
        ("36-B1 123.45", "motorcycle", "blue", []),
        ("36-AG 123.45", "motorcycle", "white", ["series.unsure"]),
        ("36-LD 123.45", "motorcycle", "white", ["series.unsure"]),
        ("36LD-123.45", "car", "white", ["form.ended"]),
        ("36-B1 1234", "motorcycle", "white", ["form.ended", "number.old"]),
        ("TM-12-34", "car", "red", ["form.army"]),
        ("x", "car", "white", ["start"]),
    ],
)
def test_why_a_plate_may_not_be_issued_today(text: str, kind: str, colour: str, why: list[str]) -> None:
    assert obstacles(text, kind, colour) == why


def test_what_may_be_issued_depends_on_the_day() -> None:
    assert obstacles("36-B1 123.45", "motorcycle", "white", date(2023, 8, 14)) == []
    assert obstacles("36-AA 123.45", "motorcycle", "white", date(2023, 8, 14)) == []  # a moped's
    assert obstacles("36RM-123.45", "trailer", "white", date(2023, 8, 14)) == ["not_yet"]
    assert obstacles("36A-123.45", "car", "yellow", date(2020, 7, 31)) == ["not_yet"]


def test_an_obstacle_says_why_in_both_languages_and_by_whom() -> None:
    (obstacle,) = validate("36LD-123.45", on=TODAY, kind="car", colour="white")
    assert obstacle.words.vi.endswith("(thôi cấp sau ngày 31/12/2024).")
    assert obstacle.words.en.endswith("(until 31 December 2024).")
    assert obstacle.certainty == "secondary" and obstacle.sources


def test_codes_come_in_the_order_of_issue() -> None:
    assert codes_of("Thanh Hóa") == ("36",)
    assert codes_of("Hưng Yên") == ("89", "17")
    assert codes_of("An Giang") == ("68", "67")
    assert codes_of("Hồ Chí Minh")[-3:] == ("59", "61", "72")
    assert codes_of("Thái Bình") == ()


@pytest.mark.parametrize(
    ("on", "instrument"),
    [
        (date(1990, 1, 1), "36/2010/TT-BCA, 15/2014/TT-BCA"),
        (date(2020, 8, 1), "58/2020/TT-BCA"),
        (date(2023, 8, 14), "58/2020/TT-BCA"),
        (date(2023, 8, 15), "24/2023/TT-BCA"),
        (date(2025, 1, 1), "79/2024/TT-BCA"),
        (date(2025, 7, 1), "79/2024/TT-BCA, 51/2025/TT-BCA"),
        (TODAY, "79/2024/TT-BCA, 51/2025/TT-BCA"),
    ],
)
def test_each_day_has_its_version(on: date, instrument: str) -> None:
    assert version_on(on).instrument == instrument
