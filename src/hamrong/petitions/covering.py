"""Covering words in a text that is handed on: what is covered is gone from the copy, and its length with it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

COVER: Final = "█████"
"""What stands in the place of every covered phrase, however long it was."""

NAMED: Final = r"\b(?:tên tôi là|tôi tên là|tôi tên|tôi là|em tên là|họ và tên:?|người gửi:?)\s+"
SIGNS: Final = (
    re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)"),  # telephone
    re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{3})?(?!\d)"),  # citizen's card, older identity card
    re.compile(r"(?<![\w])\d{2}[ -]?[A-Z]{1,2}\d?[ -]?\d{3}[.]?\d{2}(?!\d)"),  # number plate
    re.compile(r"[^\s@]+@[^\s@]+[.][^\s@.,;]+"),  # mail
    re.compile(rf"(?i:{NAMED})((?:[^\W\d_a-zà-ỹ][^\W\d_]*\s?){{2,5}})"),  # a name said of oneself
)
"""The same signs as on the sender's device (`warn.js`), for the officer who covers."""


def suggested(text: str, known: Iterable[str] = ()) -> list[str]:
    """Phrases that should be covered: what is known of the sender and stands in the text, and what looks personal."""
    plain = _one(text)
    found = [each.strip() for each in known if each.strip() and _pattern(each).search(plain)]
    for sign in SIGNS:
        found += [(match[1] if sign.groups else match[0]).strip() for match in sign.finditer(plain)]
    return list(dict.fromkeys(found))


def covered(text: str, phrases: Sequence[str]) -> str:
    """The text with every occurrence of the phrases covered, in capitals or not, also over ends of lines."""
    plain = _one(text)
    for phrase in sorted({_one(each).strip() for each in phrases if each.strip()}, key=len, reverse=True):
        plain = _pattern(phrase).sub(COVER, plain)
    return plain


def _one(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in _one(phrase).split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)
