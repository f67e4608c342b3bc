"""The follow-up code: read back as people type it, every slip noticed, known answers of what follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.codes import ALPHABET
from hamrong.kernel.seal.followup import lookup, new_code, read, seed
from hamrong.kernel.seal.keys import pair_of

KNOWN = "0123-4567-89AB-CDEF-GHJK-W"


def test_what_follows_from_a_code_never_changes():
    assert lookup(KNOWN, b"pepper").hex() == "64d30473778d4c000aa7bace1c02ac22"
    assert seed(KNOWN).hex() == "0d01dafd866b42b8ae381d17735ef3305da727aa23245d6c5ef9f50302bfbb95"
    assert lookup(KNOWN, b"another") != lookup(KNOWN, b"pepper")
    assert pair_of(seed(KNOWN)).seed == seed(KNOWN)


def test_a_code_is_read_as_people_type_it():
    for typed in (KNOWN, KNOWN.lower(), KNOWN.replace("-", ""), f"  {KNOWN.replace('-', ' ')}\n"):
        assert read(typed) == KNOWN
    assert read(KNOWN.replace("0", "O").replace("1", "l")) == KNOWN


def test_new_codes_have_a_hundred_bits_and_read_back():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500 and all(read(code) == code and len(code) == 26 for code in codes)
    assert {letter for code in codes for letter in code} == {*ALPHABET, "-"}


@given(st.integers(0, 20), st.sampled_from(ALPHABET))
def test_every_single_slip_is_noticed(place, letter):
    plain = KNOWN.replace("-", "")
    slipped = plain[:place] + letter + plain[place + 1 :]
    assert read(slipped) == (KNOWN if slipped == plain else None)


@pytest.mark.parametrize("wrong", ["", "0123", KNOWN + "0", KNOWN[:-1], "U" * 21, "é" * 21])
def test_what_is_no_code_is_none(wrong):
    assert read(wrong) is None


def test_only_a_code_in_its_one_form_leads_anywhere():
    with pytest.raises(ValueError):
        seed("0123")
