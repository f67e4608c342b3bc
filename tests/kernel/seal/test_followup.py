"""The follow-up code: read back as people type it, every slip noticed, known answers of what follows from it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.codes import ALPHABET
from hamrong.kernel.seal.followup import SYLLABLES, lookup, new_code, read, seed, spoken
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
    assert read("\ufeff" + KNOWN.replace("-", "–") + "\u200b.") == KNOWN  # pasted from a messenger


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


def test_every_code_comes_back_from_its_syllables():
    for _ in range(500):
        code = new_code()
        said = spoken(code)
        assert len(said.split()) == SYLLABLES and read(said) == code
        assert read(f"  {said.upper().replace(' ', ' - ')} ") == code


def test_the_syllables_of_a_code_never_change():
    assert spoken(KNOWN) == "bai can danh hat kay lap mem neo pep reng tom"
    assert spoken("0000-0000-0000-0000-0000-0").split()[:10] == ["ba"] * 10


def test_a_wrong_a_missing_a_swapped_syllable_is_told():
    missed = 0
    for _ in range(400):
        said = spoken(new_code()).split()
        place = random.randrange(SYLLABLES)
        wrong = [*said]
        wrong[place] = random.choice([word for word in spoken(new_code()).split() if word != said[place]])
        swapped = [*said]
        swapped[place - 1], swapped[place] = swapped[place], swapped[place - 1]
        missed += read(" ".join(wrong)) is not None
        missed += swapped != said and read(" ".join(swapped)) is not None
        assert read(" ".join(said[:-1])) is None and read(" ".join([*said, "ba"])) is None
    assert missed <= 5, "one slip in 1,024 goes through"
    assert read(" ".join([*["ba"] * 10, "khong"])) is None


def test_characters_are_still_read():
    code = new_code()
    assert read(code.lower().replace("-", " ")) == code
