"""What people and machines type for a plate, as the characters that count, each with its place in the given text."""

import re
from typing import NamedTuple

from hamrong.kernel.documents.model import Position

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_OFFSET = 0xFEE0
# Đ has look-alikes: the Icelandic eth (U+00D0) of old keyboards, and the African D (U+0189).
_DYET = dict.fromkeys("ĐđÐðƉɖ", "Đ")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = frozenset(_DASHES + ".,/|_·•")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
KNOWN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ0123456789")


class Glyph(NamedTuple):
    """A character that counts, in capitals of ordinary width, its index in the given text, and whether a dot, dash or
    stroke stands before it.
    """

    char: str
    at: int
    marked: bool = False


def glyphs(text: str) -> list[Glyph]:
    """Leave out white space, line breaks and separators: the sources do not agree where a plate has them."""
    found = []
    marked = False
    for index, given in enumerate(text):
        char = chr(ord(given) - _FULL_WIDTH_OFFSET) if ord(given) in _FULL_WIDTH else given
        marked = marked or char in _MARKS
        if char.isspace() or char in _MARKS or char in _UNSEEN:
            continue
        found.append(Glyph(_DYET.get(char) or (char.upper() if char.isascii() else char), index, marked))
        marked = False
    return found


def position(text: str, index: int) -> Position:
    """Line and column of an index of the given text, both from 1; every character but a line break counts."""
    before = _LINE_BREAK.split(text[:index])
    return Position(len(before), len(before[-1]) + 1)
