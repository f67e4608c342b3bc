"""Codes that a person can read out: every way of typing is read, and a slip shows."""

from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel import codes

BODIES = st.text(codes.ALPHABET, min_size=15, max_size=15)


def test_a_new_code_reads_back() -> None:
    code = codes.new_code("LT")
    assert codes.read_code("LT", code) == code


@given(BODIES)
def test_a_code_reads_however_it_is_typed(body: str) -> None:
    code = codes.grouped("LT", body + codes.check_character(body))
    plain = code.replace("-", "")
    assert codes.read_code("LT", code.lower()) == code
    assert codes.read_code("LT", f" {plain} ") == code
    assert codes.read_code("LT", plain.replace("0", "O").replace("1", "I")) == code


@given(BODIES, st.integers(0, 15), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_shows(body: str, place: int, wrong: str) -> None:
    whole = body + codes.check_character(body)
    slipped = whole[:place] + wrong + whole[place + 1 :]
    assert (codes.read_code("LT", slipped) is None) == (slipped != whole)


@given(st.text(max_size=40))
def test_reading_a_code_never_raises(text: str) -> None:
    read = codes.read_code("LT", text)
    assert read is None or codes.read_code("LT", read) == read


def test_codes_made_together_are_codes() -> None:
    made = codes.new_codes("BS", 500)
    assert len(set(made)) == 500
    assert all(codes.read_code("BS", code) == code for code in made)
    assert not any(codes.read_code("LT", code) for code in made)
