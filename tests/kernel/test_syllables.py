"""The structure of syllables, the place of tones and the key strokes of input methods."""

import pytest

from hamrong.kernel.syllables import TELEX, VIQR, VNI, is_vietnamese_word, place_tone, split_tone, typed_marks


@pytest.mark.parametrize(
    ("word", "placed"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("qúy", "quý"),
        ("gía", "giá"),
        ("gìn", "gìn"),
        ("ngoaì", "ngoài"),
        ("khủyu", "khuỷu"),
        ("ngừơi", "người"),
        ("hùynh", "huỳnh"),
        ("thưở", "thưở"),
        ("NGUYÊÑ", "NGUYỄN"),
        ("HOÀNG", "HOÀNG"),
        ("José", "José"),
        ("ba", "ba"),
    ],
)
def test_a_tone_moves_to_its_traditional_letter_in_native_syllables_only(word: str, placed: str) -> None:
    assert place_tone(word) == placed


def test_splitting_gives_the_word_without_tone_and_keeps_the_other_marks() -> None:
    assert split_tone("Nguyễn") == ("Nguyên", "\u0303")


@pytest.mark.parametrize("word", ["Nguyễn", "NGUYỄN", "huyện", "Đắk", "quốc", "giếng", "ý", "khuỷu", "thuở"])
def test_native_words_are_known(word: str) -> None:
    assert is_vietnamese_word(word)


@pytest.mark.parametrize("word", ["NguyÔn", "quôc", "Müller", "Josộ", "nguyễễn", "hồng-hà", "bâ"])
def test_other_words_and_impossible_syllables_are_not(word: str) -> None:
    assert not is_vietnamese_word(word)


def test_key_strokes_of_each_input_method_are_counted() -> None:
    assert typed_marks("Nguyeenx", TELEX) == 2
    assert typed_marks("DDUWOWNGF", TELEX) == 4
    assert typed_marks("Nguye64n", VNI) == 2
    assert typed_marks("Nguye^~n", VIQR) == 2


@pytest.mark.parametrize("word", ["Thomas", "Anders", "Chris", "Root", "A", "Nguyễn"])
def test_foreign_and_finished_words_are_no_key_strokes(word: str) -> None:
    assert typed_marks(word, TELEX) == 0
