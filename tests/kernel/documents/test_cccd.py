"""The number of a Vietnamese citizen and the QR code of the card."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents import (
    PROVINCES,
    Document,
    FailedCheck,
    NumberFacts,
    Position,
    Unreadable,
    cccd_number,
    read,
)

TODAY = date(2026, 11, 24)
SEVEN = "038190000123||Đỗ Thị Hường|03021990|Nữ|Thôn 3, Các Sơn, Nghi Sơn, Thanh Hóa|09052021"


def document(text: str) -> Document:
    found = read(text, TODAY)
    assert isinstance(found, Document)
    return found


def failed(text: str) -> dict[str, tuple[Position, str, str]]:
    return {check.field: (check.position, check.expected, check.found) for check in document(text).failed_checks}


@pytest.mark.parametrize("tail", ["", "||||", "|Nguyễn Thị A||Đỗ Văn B|", "|x|y|z|u|v|w\r\n"])
def test_cards_of_seven_and_more_fields_are_read_alike(tail: str) -> None:
    assert document(SEVEN + tail) == Document(
        "cccd_qr",
        {
            "number": "038190000123",
            "old_number": None,
            "full_name": "Đỗ Thị Hường",
            "birth_date": "1990-02-03",
            "sex": "F",
            "address": "Thôn 3, Các Sơn, Nghi Sơn, Thanh Hóa",
            "issued_on": "2021-05-09",
        },
    )


def test_the_old_number_is_read_where_the_card_has_one() -> None:
    assert document(SEVEN.replace("||", "|171234567|")).fields["old_number"] == "171234567"


def test_text_is_composed_and_the_eth_becomes_a_d() -> None:
    found = document(
        "038190000123||Ðo\u0302\u0303 Thi\u0323  Hu\u031bo\u031b\u0300ng|1990|Nu\u031b\u0303|Ðông Sơn|09052021"
    )
    assert (found.fields["full_name"], found.fields["address"]) == ("Đỗ Thị Hường", "Đông Sơn")
    assert found.failed_checks == ()


@pytest.mark.parametrize("born", ["1990", "00001990"])
def test_old_people_may_have_a_year_only(born: str) -> None:
    found = document(SEVEN.replace("03021990", born))
    assert found.fields["birth_date"] == "1990"
    assert found.failed_checks == ()


def test_damaged_fields_are_reported_where_they_stand() -> None:
    found = failed("038190000123|||31021990|Nư||99999999")
    assert found["full_name"] == (Position(1, 15), "a name", "")
    assert found["birth_date"] == (Position(1, 16), "DDMMYYYY or YYYY", "31021990")
    assert found["issued_on"] == (Position(1, 29), "DDMMYYYY", "99999999")
    assert document("038190000123||A|03021990|Khác||").failed_checks == (
        FailedCheck("sex", Position(1, 26), "Nam or Nữ", "Khác"),
    )


def test_letters_of_another_character_set_are_reported_where_they_stand() -> None:
    assert document("038190000123||Nguy\ufffdn A|03021990|Nữ|Ph\ufffdng 1|01012022").failed_checks == (
        FailedCheck("full_name", Position(1, 19), "readable letters", "Nguy\ufffdn A"),
        FailedCheck("address", Position(1, 38), "readable letters", "Ph\ufffdng 1"),
    )


def test_nobody_is_born_after_today() -> None:
    assert failed(SEVEN.replace("03021990", "25112026"))["birth_date"][1] == "at most 2026-11-24"


@pytest.mark.parametrize(
    ("number", "check", "expected", "found"),
    [
        ("03819000012", "number.length", "12 digits", "03819000012"),
        ("038 19000012", "number.length", "12 digits", "038 19000012"),
        ("039190000123", "number.province", "a province's code", "039"),
        ("999190000123", "number.province", "a province's code", "999"),
        ("038090000123", "number.sex", "F", "M"),
        ("038191000123", "number.birth_year", "1990", "1991"),
        ("038390000123", "number.birth_year", "1990", "2090"),
    ],
)
def test_a_number_that_contradicts_itself_or_the_card_is_reported(
    number: str, check: str, expected: str, found: str
) -> None:
    checks = failed(SEVEN.replace("038190000123", number))
    assert checks[check][1:] == (expected, found)


def test_people_born_abroad_have_an_unknown_code_and_nothing_wrong() -> None:
    assert document(SEVEN.replace("038190000123", "135190000123")).failed_checks == ()
    facts = cccd_number("135190000123")
    assert facts and not facts.province_known


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("038190000123|A|B", Unreadable("qr.fields", Position(1, 17))),
        ("a|b|c|d|e|f|g", Unreadable("qr.number", Position(1, 1))),
        ("||||||", Unreadable("qr.number", Position(1, 1))),
    ],
)
def test_what_is_no_card_says_so(text: str, fault: Unreadable) -> None:
    assert read(text) == fault


def test_the_number_tells_province_century_sex_and_year() -> None:
    assert cccd_number("038190000123") == NumberFacts("038", True, 1900, "F", 1990)
    assert cccd_number("001205000123") == NumberFacts("001", True, 2000, "M", 2005)
    assert cccd_number("03819000012") is None
    assert cccd_number("٠٣٨١٩٠٠٠٠١٢٣") is None


def test_there_are_sixty_three_provinces_and_thanh_hoa_is_038() -> None:
    assert len(PROVINCES) == 63
    assert PROVINCES["038"] == "Thanh Hóa"
    assert min(PROVINCES) == "001" and max(PROVINCES) == "096"


@given(st.lists(st.text(max_size=12), max_size=14))
def test_reading_a_code_never_raises(parts: list[str]) -> None:
    assert read("|".join(parts), TODAY)
