"""The fonts hold every letter of Vietnamese, on the page and on paper."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2] / "src" / "hamrong" / "ui"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
CONSONANTS = "bcdđfghjklmnpqrstvwxz"
MARKS = "0123456789.,;:!?()[]/-–—“”‘’…•%&@#+=₫§°·"


def letters():
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | set(CONSONANTS)
    return small | {letter.upper() for letter in small}


def held(*files):
    return {chr(code) for file in files for code in TTFont(file).getBestCmap()}


@pytest.mark.parametrize("weight", [400, 600])
def test_the_fonts_of_the_page_hold_every_letter(weight):
    files = [
        ROOT / "static" / "ui" / "fonts" / f"{part}-{weight}.woff2" for part in ("latin", "vietnamese", "latin-ext")
    ]
    assert (letters() | set(MARKS)) - held(*files) == set()


@pytest.mark.parametrize("face", ["Regular", "Medium", "Bold"])
def test_the_fonts_of_papers_hold_every_letter_in_one_file(face):
    assert (letters() | set(MARKS)) - held(ROOT / "fonts" / f"BeVietnamPro-{face}.ttf") == set()


def test_no_letter_is_higher_than_the_closest_line():
    font = TTFont(ROOT / "fonts" / "BeVietnamPro-Regular.ttf")
    glyphs, names, unit = font["glyf"], font.getBestCmap(), font["head"].unitsPerEm
    shapes = [glyphs[names[ord(letter)]] for letter in letters()]
    needed = (max(shape.yMax for shape in shapes) - min(shape.yMin for shape in shapes)) / unit
    tokens = (ROOT / "static" / "ui" / "css" / "tokens.css").read_text(encoding="utf-8")
    closest = float(tokens.split("--line-tight: ")[1].split(";")[0])
    assert needed <= closest
