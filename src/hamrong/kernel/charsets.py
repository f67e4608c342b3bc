"""Tells which encoding Vietnamese text is in: Unicode, or one of the three that came before it."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar
from unicodedata import normalize

from hamrong.kernel.syllables import is_vietnamese_word

Note = Literal["ascii", "byte_order_mark", "valid", "zero_bytes", "by_words", "guess", "damaged"]


class Decoding(NamedTuple):
    """A decoded text. `encoding`: utf-8, utf-8-sig, utf-16-le, utf-16-be, tcvn3, vni, cp1258 or cp1252.

    `text` is in NFC, without byte order mark, line ends untouched. Where `certain` is false, people should see the
    text before it is used. `note` says why we think so: no byte above 127; a byte order mark; valid UTF-8; every second
    byte zero; nearly all words are Vietnamese in this encoding and no other; the best of poor fits; bytes are damaged.
    """

    encoding: str
    text: str
    certain: bool
    note: Note


_SAMPLE = 65536
_ENOUGH_WORDS = 3
_CLEAR_SHARE = 0.9
_CLEAR_LEAD = 0.2

# TCVN 5712:1993, VN3 ("ABC"): bytes of lower-case letters; capitals with a tone are these in a font of capitals.
_TCVN3_LETTERS = {0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ"}
_TCVN3_LETTERS |= {0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ"}
_TCVN3 = {first + index: letter for first, letters in _TCVN3_LETTERS.items() for index, letter in enumerate(letters)}

# VNI for Windows: letters of their own, and marks that follow a vowel; capitals have capital marks, 32 below.
_VNI_LETTERS = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
_VNI_MARKS = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_MARKS |= dict(zip("êéèúüë", ("\u0306" + tone for tone in ("", *"\u0301\u0300\u0309\u0303\u0323")), strict=True))
_VNI_MARKS |= dict(zip("âáàåãä", ("\u0302" + tone for tone in ("", *"\u0301\u0300\u0309\u0303\u0323")), strict=True))


def _vni_table() -> dict[str, str]:
    """What each sequence of one or two Latin-1 characters stands for, both cases."""
    table = dict(_VNI_LETTERS)
    for vowel in "aeouyôö":
        for key, marks in _VNI_MARKS.items():
            letter = normalize("NFC", _VNI_LETTERS.get(vowel, vowel) + marks)
            if len(letter) == 1 and letter not in "ŭûĕŏŷ":
                table[vowel + key] = letter
    return table | {key.upper(): letter.upper() for key, letter in table.items()}


_VNI = _vni_table()
_VNI_MIXED_CASE = {key[0].upper() + key[1]: letter.upper() for key, letter in _VNI.items() if len(key) == 2}
_VNI_MARK_KEYS = "".join(_VNI_MARKS)
_VNI_SEQUENCE = re.compile(f"[aeouyôöAEOUYÔÖ][{_VNI_MARK_KEYS}{_VNI_MARK_KEYS.upper()}]|[À-ÿ]")
_VNI_KEYS = {letter: key for key, letter in reversed(_VNI.items())}
_TCVN3_BYTES = {letter: byte for byte, letter in _TCVN3.items()}
_TOKEN = re.compile(r"[^\s!-/:-@\[-`{-~–—‘’“”…«»·•]+")
_RUN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")


def detect(data: bytes) -> Decoding:
    """Decode bytes of unknown origin; never raises."""
    unicode = _marked(data) or _utf_16(data) or _utf_8(data)
    if unicode:
        return unicode
    sample = _sample(data)
    scores = {name: _score(decode(sample)) for name, decode in _DECODERS.items()}
    best, second = sorted(scores, key=lambda name: scores[name].share, reverse=True)[:2]
    words, share = scores[best]
    if share == 0:
        return Decoding("cp1252", _nfc(data.decode("cp1252", "replace")), False, "guess")
    text = _DECODERS[best](data)
    if best == "utf-8":
        return Decoding(best, text, False, "damaged")
    clear = share >= _CLEAR_SHARE and share - scores[second].share >= _CLEAR_LEAD and words >= _ENOUGH_WORDS
    return Decoding(best, text, clear, "by_words" if clear else "guess")


@lru_cache(maxsize=65536)
def from_old_font(text: str) -> str:
    """Unicode of text typed for a font of TCVN3 or VNI and kept as Latin letters, as in old workbooks; "" for other.

    "NguyÔn ThÞ Bµ" is "Nguyễn Thị Bà". Only where the text is not Vietnamese, and every word of just one reading is.
    """
    if text.isascii() or _all_vietnamese(text):
        return ""
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        return ""
    readings = {read for decode in (decode_tcvn3, decode_vni) if _all_vietnamese(read := _nfc(decode(data)))}
    return readings.pop() if len(readings) == 1 else ""


def _all_vietnamese(text: str) -> bool:
    words = [word for word in _TOKEN.findall(text) if not any(map(str.isdigit, word))]
    return bool(words) and all(map(is_vietnamese_word, words))


def decode_tcvn3(data: bytes) -> str:
    """Decode TCVN3 (ABC), and restore the capitals that a font of capitals showed: NGUYễN is NGUYỄN."""
    return _RUN.sub(lambda run: _capitalized(run[0]), data.decode("latin-1").translate(_TCVN3))


def encode_tcvn3(text: str) -> bytes:
    """Encode in TCVN3 (ABC), which has no capitals with a tone: their small letters go out; ValueError for others."""
    letters = (letter if letter.isascii() or letter in _TCVN3_BYTES else letter.lower() for letter in _nfc(text))
    return bytes(ord(letter) if letter.isascii() else _known(_TCVN3_BYTES, letter) for letter in letters)


def decode_vni(data: bytes) -> str:
    """Decode VNI for Windows."""
    return _VNI_SEQUENCE.sub(lambda found: _vni_letter(found[0]), data.decode("latin-1"))


def encode_vni(text: str) -> bytes:
    """Encode in VNI for Windows; raises ValueError for letters that Vietnamese does not have."""
    keys = (letter if letter.isascii() else _known(_VNI_KEYS, letter) for letter in _nfc(text))
    return "".join(keys).encode("latin-1")


def decode_cp1258(data: bytes) -> str:
    """Decode Windows-1258, in which tones follow their vowel."""
    return _nfc(data.decode("cp1258", "replace"))


_DECODERS: dict[str, Callable[[bytes], str]] = {
    "tcvn3": decode_tcvn3,
    "vni": decode_vni,
    "cp1258": decode_cp1258,
    "utf-8": lambda data: _nfc(data.decode("utf-8", "replace")),
}


class _Score(NamedTuple):
    """How many words have letters beyond ASCII, and which part of them is Vietnamese."""

    words: int
    share: float


_T = TypeVar("_T")


def _known(table: dict[str, _T], letter: str) -> _T:
    if letter not in table:
        raise ValueError(f"{letter!r} is not a letter of this encoding")
    return table[letter]


def _nfc(text: str) -> str:
    return normalize("NFC", text)


def _vni_letter(sequence: str) -> str:
    return _VNI.get(sequence) or _VNI_MIXED_CASE.get(sequence) or sequence


def _capitalized(run: str) -> str:
    """Capitals throughout, where a word goes on in capitals and no plain small letter speaks against it."""
    if not re.search("[a-z]", run) and any(map(_goes_on_in_capitals, _WORD.findall(run))):
        return run.upper()
    return _WORD.sub(lambda word: word[0].upper() if _goes_on_in_capitals(word[0]) else word[0], run)


def _goes_on_in_capitals(word: str) -> bool:
    return not re.search("[a-z]", word) and any(map(str.isupper, word[1:]))


def _sample(data: bytes) -> bytes:
    """The first lines that are not plain ASCII, so that a long list of foreign names does not hide the few others."""
    return data if len(data) <= _SAMPLE else b"\n".join(_first(_BEYOND_ASCII.finditer(data)))


def _first(lines: Iterator[re.Match[bytes]]) -> Iterator[bytes]:
    size = 0
    for line in lines:
        yield line[0][:_SAMPLE]
        size += len(line[0])
        if size > _SAMPLE:
            return


def _score(text: str) -> _Score:
    words = [word for word in _TOKEN.findall(text) if not word.isascii()]
    return _Score(len(words), sum(map(is_vietnamese_word, words)) / len(words) if words else 0.0)


def _marked(data: bytes) -> Decoding | None:
    for mark, encoding, codec in (
        (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
        (b"\xff\xfe", "utf-16-le", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be", "utf-16-be"),
    ):
        if data.startswith(mark):
            return _unicode(data[len(mark) :], codec, encoding, "byte_order_mark")
    return None


def _utf_16(data: bytes) -> Decoding | None:
    """Without a mark: in UTF-16 most high bytes of Vietnamese and English are zero, and no character is."""
    if len(data) % 2 or b"\0" not in data:
        return None
    for high, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[high::2].count(0)
        if data[1 - high :: 2].count(0) == 0 and zeros * 3 >= len(data) // 2:
            return _unicode(data, encoding, encoding, "zero_bytes")
    return None


def _utf_8(data: bytes) -> Decoding | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Decoding("utf-8", _nfc(text), True, "ascii" if text.isascii() else "valid")


def _unicode(data: bytes, codec: str, encoding: str, note: Note) -> Decoding:
    text = data.decode(codec, "replace")
    damaged = "\ufffd" in text
    return Decoding(encoding, _nfc(text), not damaged, "damaged" if damaged else note)
