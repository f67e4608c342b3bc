"""Reading a plate, for anybody: every reading with how sure it is, and why something is none."""

import pytest

from tests.plates.desks import an_owner, text


def read(plate: str, lang: str = "vi") -> str:
    client = an_owner(HTTP_ACCEPT_LANGUAGE=lang)
    return text(client.get("/bien-so/doc/", {"q": plate}))


def test_a_plate_is_told_with_place_colour_certainty_and_sources():
    page = read("36a12345")
    for told in ("36A-123.45", "Thanh Hóa", "trắng", "Chắc đến đâu", "Dựa vào đâu", "Thông tư 79/2024"):
        assert told in page, told


def test_a_plate_that_can_be_several_things_shows_them_all():
    page = read("29-LD 123.45")
    assert "Hoặc:" in page and page.count("Chắc đến đâu") > 1


def test_a_place_that_changed_its_name_is_told_by_both():
    assert "trước 01/07/2025" in read("17A-123.45")  # Thái Bình went into Hưng Yên


@pytest.mark.parametrize("plate", ["000.00", "xin chào", "<b>", ""])
def test_what_is_no_plate_says_why_and_stays_in_the_box(plate):
    page = read(plate)
    assert "error-summary" in page and "Chắc đến đâu" not in page and "<b>" not in page


def test_the_page_speaks_english():
    page = read("36A-123.45", "en")
    assert "How sure" in page and "white" in page


def test_an_empty_page_asks_for_a_plate():
    assert "error-summary" not in text(an_owner().get("/bien-so/doc/"))
