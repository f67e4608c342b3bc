"""The characters of a plate among what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents.model import Position
from hamrong.kernel.documents.plates.glyphs import glyphs, position


def typed(text: str) -> str:
    return "".join(glyph.char for glyph in glyphs(text))


@pytest.mark.parametrize(
    "text",
    [
        "36A12345",
        " 36a-123.45\n",
        "３６Ａ－１２３．４５",
        "36A–123·45",
        "36\u00a0A\u200b1/2|3_4\u30005",
        "\ufeff36A12345",
    ],
)
def test_spaces_separators_and_width_do_not_count(text: str) -> None:
    assert typed(text) == "36A12345"


def test_look_alikes_of_dyet_are_dyet() -> None:
    assert typed("MĐ mđ MÐ mð MƉ") == "MĐ" * 5


@pytest.mark.parametrize("text", ["é", "٣", "²", "ı", "ß", "😀"])
def test_other_letters_and_digits_stay_what_they_are(text: str) -> None:
    assert typed(text) == text


@given(st.text())
def test_every_character_knows_where_it_stood(text: str) -> None:
    found = glyphs(text)
    assert [glyph.at for glyph in found] == sorted({glyph.at for glyph in found})
    assert [typed(text[glyph.at]) for glyph in found] == [glyph.char for glyph in found]


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("36A", 0, Position(1, 1)),
        ("36A", 3, Position(1, 4)),
        ("36A\n123", 4, Position(2, 1)),
        ("36A\r\n123", 6, Position(2, 2)),
        ("36A\r123", 5, Position(2, 2)),
        ("\n\n3", 2, Position(3, 1)),
    ],
)
def test_positions_are_lines_and_columns_of_the_given_text(text: str, index: int, expected: Position) -> None:
    assert position(text, index) == expected
