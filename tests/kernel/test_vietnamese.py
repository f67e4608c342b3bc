"""Cleaning, folding, comparing, ordering and transliterating Vietnamese text."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.vietnamese import (
    NameParts,
    clean,
    fold,
    looks_mangled,
    name_parts,
    name_sort_key,
    place_tones,
    same_text,
    search_key,
    sort_key,
    to_mrz,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DICTIONARY = (
    "a à ả ã á ạ ai an ăn ắn ân ấn ba bà bả bã bá bạ ban băn bân ca da đa đá e em ê êm ga o on ô ôn ơ ơn u ư ưa y ý"
)


def test_cleaning_composes_and_drops_what_nobody_sees() -> None:
    assert clean("  Nguye\u0302\u0303n\u00a0 Va\u0306n\tA\u200b\r\n\ufeff") == "Nguyễn Văn A"
    assert clean("a\u0000b\u00adc\ud800") == "abc"


def test_a_tone_written_before_the_circumflex_is_put_right() -> None:
    assert clean("Nguye\u0303\u0302n") == "Nguyễn"


def test_the_icelandic_eth_becomes_d_with_stroke_only_where_it_stands_for_it() -> None:
    assert clean("Ðặng Ðình ðức (Ðông)") == "Đặng Đình đức (Đông)"
    assert clean("GUÐRÚN Guðrún") == "GUÐRÚN Guðrún"


@given(WORDS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == " ".join(once.split())


def test_folding_leaves_plain_letters_digits_and_single_spaces() -> None:
    assert fold("Đường số 3, P.Lam Sơn – TP.Thanh Hoá") == "duong so 3 p lam son tp thanh hoa"
    assert fold("H'Hen Niê") == fold("HHen Niê") == "hhen nie"
    assert fold("Łukasz Straße Søren ﬁ") == "lukasz strasse soren fi"
    assert fold("中文") == ""


@given(WORDS)
def test_folding_gives_only_the_promised_characters_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert fold(folded) == folded == search_key(text)
    assert "  " not in folded and folded == folded.strip()


@given(WORDS)
def test_the_unicode_form_makes_no_difference(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert fold(apart) == fold(text)
    assert sort_key(apart) == sort_key(text)
    assert same_text(apart, text)


def test_texts_are_the_same_whatever_the_place_of_tones_and_case() -> None:
    assert same_text("Thanh Hoá", "THANH HÓA")
    assert same_text("thuý", "thúy")
    assert not same_text("Hòa", "Hoa")
    assert not same_text("Hoằng Thanh", "Hoằng Thành")
    assert place_tones("Xã Hoằng Hoà") == "Xã Hoằng Hòa"


def test_names_are_taken_apart_in_vietnamese_order() -> None:
    assert name_parts("Đỗ Thị  Thu Hường") == NameParts("Đỗ", "Thị Thu", "Hường")
    assert name_parts("Lê Lợi") == NameParts("Lê", "", "Lợi")
    assert name_parts("Suharto") == NameParts("", "", "Suharto")
    assert name_parts("") == NameParts("", "", "")


def test_keys_give_dictionary_order_under_plain_byte_order() -> None:
    order = DICTIONARY.split()
    shuffled = random.Random(1).sample(order, len(order))
    assert sorted(shuffled, key=lambda word: sort_key(word).encode()) == order


def test_the_tone_of_a_word_counts_before_the_letters_of_the_next() -> None:
    order = ["ba", "Ba gai", "bà con", "bà già", "BẢN", "bản đồ", "bán"]
    assert sorted(reversed(order), key=sort_key) == order


@given(st.text(st.characters(max_codepoint=0x17F) | st.sampled_from("ăâđêôơưỗẵự")))
def test_latin_text_has_ascii_keys(text: str) -> None:
    latin = "".join(char for char in text if unicodedata.name(char, "").startswith("LATIN"))
    assert sort_key(latin).isascii()


def test_people_are_listed_by_given_name_then_middle_then_family() -> None:
    order = ["Lê An", "Nguyễn An", "Lê Bá An", "Trần Thị An", "Lê Ân", "Lê Hoa", "Lê Hòa"]
    assert sorted(reversed(order), key=name_sort_key) == order


def test_names_are_transliterated_as_passports_have_them() -> None:
    assert to_mrz("Nguyễn Văn Đức") == "NGUYEN<<VAN<DUC"
    assert to_mrz("H'Hen Niê") == "HHEN<<NIE"
    assert to_mrz("Suharto") == "SUHARTO"
    assert to_mrz("Müller-Strauß Jörg") == "MUELLER<STRAUSS<<JOERG"


@pytest.mark.parametrize(
    "text",
    [
        "Nguyeenx Vawn Hair",
        "Lee Thij Haf",
        "Le6 Thi5 Ha2",
        "Nguye^~n Va(n A",
        "Nguy?n V?n Hùng",
        "Nguy\ufffdn",
        "Nguyá»…n Thá»‹ HÆ°á»ng",
        "Ưilson",
        "Ngũyễn",
    ],
)
def test_text_that_an_input_method_or_a_charset_mangled_is_noticed(text: str) -> None:
    assert looks_mangled(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hường",
        "NGUYỄN THỊ HƯỜNG",
        "Thôn Đoài, xã Khuyến Nông, huyện Triệu Sơn, Thanh Hoá",
        "Lô A3, Khu 4B, CT2, TP.Hồ Chí Minh",
        "Buôn Krông Pắk, Đắk Lắk",
        "Thuở ấy; giặt giũ, quýt, khuỷu tay?",
        "Max Lee",
        "Luis Moon",
        "João São Paulo",
        "Thomas Anders-Wilson",
        "",
    ],
)
def test_sound_text_is_left_in_peace(text: str) -> None:
    assert not looks_mangled(text)


@given(WORDS)
def test_nothing_raises_on_any_text(text: str) -> None:
    looks_mangled(text)
    to_mrz(text)
    name_sort_key(text)
