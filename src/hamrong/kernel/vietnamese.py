"""Vietnamese text: clean it, compare it, find it, put it in order, write it as a passport does."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, is_normalized, normalize

from hamrong.kernel.syllables import TELEX, TONE_MARKS, VIQR, VNI, parse, place_tone, split_tone, typed_marks

_ETH_AT_START = re.compile(r"(?<![^\W\d_])[Ðð]")
_ETH_TO_D = {"Ð": "Đ", "ð": "đ"}
_TONE_BEFORE_QUALITY = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_NUMBER = re.compile(r"[^\W_]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_UNWRITTEN = _APOSTROPHES | dict.fromkeys(range(0x300, 0x370))
_SPECIAL_LATIN = str.maketrans(
    {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n", "ĸ": "q"}
    | {"æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij"}
)
# ICAO Doc 9303-3, section 6.A: only the letters whose recommended form is not the bare base letter.
_ICAO_LATIN = str.maketrans(
    {"Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Ü": "UE", "ẞ": "SS", "Þ": "TH", "Œ": "OE"}
)
# "~" sorts after every letter, so that a ("a"), ă ("a~"), â ("a~~") each stand before the next letter.
_LETTER_KEYS = str.maketrans({"ă": "a~", "â": "a~~", "đ": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"})
# The tone closes a word; all six stand before digits and letters, so that a shorter word comes first.
_TONE_KEYS = dict(zip(TONE_MARKS, '"#$%&', strict=True))
_LEVEL_TONE_KEY = "!"
_MOJIBAKE = re.compile(
    "\ufffd|[^\\W\\d_]\\?[^\\W\\d_]|(?:á[º»]|[ÃÄÆ])[\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_ONLY_VIETNAMESE = re.compile("[ơưƠƯ\u1ea0-\u1ef9]")


class NameParts(NamedTuple):
    """A Vietnamese full name: họ, tên đệm, tên. A name of one word has only `given`."""

    family: str
    middle: str
    given: str


def clean(text: str) -> str:
    """Return `text` in NFC without control, zero-width and surrogate characters, white space collapsed and stripped.

    The Icelandic eth (U+00D0) becomes Đ only at the start of a word, where Icelandic never has it.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if not text.isprintable():
        text = "".join(char for char in text if char.isspace() or category(char) not in ("Cc", "Cf", "Cs"))
    text = " ".join(text.split())
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if "\u0302" in text or "\u0306" in text:
        text = normalize("NFC", _TONE_BEFORE_QUALITY.sub(r"\2\1", normalize("NFD", text)))
    if "Ð" in text or "ð" in text:
        text = _ETH_AT_START.sub(lambda found: _ETH_TO_D[found[0]], text)
    return text


def lowered(text: str) -> str:
    """Words as they stand within a sentence, only the first letter made small: "phường Sầm Sơn"."""
    return text[:1].lower() + text[1:]


def fold(text: str) -> str:
    """Return the search form: words of a-z and 0-9 with single spaces between; scripts other than Latin leave nothing.

    Apostrophes vanish as they do in an MRZ ("H'Hen" and "HHen" meet); any other character separates words.
    """
    plain = normalize("NFKD", clean(text)).casefold().translate(_UNWRITTEN)
    return " ".join(re.findall("[a-z0-9]+", plain.translate(_SPECIAL_LATIN)))


def search_key(name: str) -> str:
    """Return the key under which a name is stored for searching; the same as `fold`."""
    return fold(name)


def place_tones(text: str) -> str:
    """Return `text` with every tone in its traditional place (Thanh Hoá is Thanh Hóa): to compare, not to store."""
    return _WORD.sub(lambda word: place_tone(word[0]), clean(text))


def same_text(first: str, second: str) -> bool:
    """Tell whether two texts differ in nothing but case, white space, Unicode form and the place of tone marks."""
    return place_tones(first).casefold() == place_tones(second).casefold()


def name_parts(name: str) -> NameParts:
    """Take a full name in Vietnamese order apart: first word family, last word given, the rest between."""
    words = clean(name).split(" ")
    if len(words) == 1:
        return NameParts("", "", words[0])
    return NameParts(words[0], " ".join(words[1:-1]), words[-1])


def sort_key(text: str) -> str:
    """Return a key whose byte order is Vietnamese dictionary order, word by word: letters first, then the tone.

    Letters a ă â b c d đ e ê … o ô ơ … u ư …; tones ngang huyền hỏi ngã sắc nặng, so "ba gai" comes before "bà con".
    ASCII for Latin text; letters of other scripts stay as they are and follow.
    """
    return "".join(map(_word_key, _WORD_OR_NUMBER.findall(clean(text).translate(_APOSTROPHES))))


@lru_cache(maxsize=16384)
def _word_key(word: str) -> str:
    letters, tones = split_tone(word.casefold())
    plain = normalize("NFKD", letters.translate(_LETTER_KEYS)).translate(_UNWRITTEN).translate(_SPECIAL_LATIN)
    plain = "".join(char for char in plain if char.isalnum() or char == "~")
    return plain + ("".join(_TONE_KEYS[tone] for tone in tones) or _LEVEL_TONE_KEY)


def name_sort_key(name: str) -> str:
    """Return the key of a list of people: by given name, then middle name, then family name."""
    family, middle, given = name_parts(name)
    return f"{sort_key(given)} {sort_key(middle)} {sort_key(family)}"


def to_mrz(name: str) -> str:
    """Write a name in Vietnamese order as ICAO 9303 does: "Nguyễn Văn Đức" is NGUYEN<<VAN<DUC, uncut and unpadded."""
    family, middle, given = (_mrz_words(part) for part in name_parts(name))
    return "<<".join(filter(None, (family, "<".join(filter(None, (middle, given))))))


def _mrz_words(text: str) -> str:
    return fold(text.upper().translate(_ICAO_LATIN)).upper().replace(" ", "<")


def looks_mangled(text: str) -> bool:
    """Tell whether a keyboard scanner's Vietnamese went wrong on its way: a sign for people to check, never a proof.

    Seen: raw Telex, VNI or VIQR key strokes, letters lost to "?", UTF-8 read as Latin-1, and words such as "Ưilson"
    that an input method made of foreign ones.
    """
    if _MOJIBAKE.search(text):
        return True
    text = clean(text)
    if any(map(_misformed, _WORD.findall(text))):
        return True
    words = text.replace("|", " ").split()
    if any(sum(typed_marks(word, keyboard) for word in words) >= 2 for keyboard in (VNI, VIQR)):
        return True
    # Telex uses letters only, and Lee, Max or Luis could be Telex: ask for more than two chance hits.
    telex = [marks for word in words if (marks := typed_marks(word, TELEX))]
    return len(telex) >= 3 or max(telex, default=0) >= 2


def _misformed(word: str) -> bool:
    """A word in letters that only Vietnamese has, with two tones or a rhyme that Vietnamese has not."""
    if not _ONLY_VIETNAMESE.search(word) or not (word.isupper() or word.islower() or word.istitle()):
        return False
    toneless, tones = split_tone(word.lower())
    return len(tones) > 1 or parse(toneless) is None
