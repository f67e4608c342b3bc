"""Takes a written Vietnamese address apart: its parts from the smallest to the largest, and the ways to read each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hamrong.kernel.vietnamese import clean, fold, place_tones

# Keys are the folded words without spaces and dots; a kind of two levels (TP) stands for both.
_KINDS: Final = {
    **dict.fromkeys(("tinh", "t"), ("tinh",)),
    **dict.fromkeys(("thanhpho", "tp"), ("thanh-pho", "thanh-pho-truc-thuoc-trung-uong")),
    **dict.fromkeys(("thixa", "tx"), ("thi-xa",)),
    **dict.fromkeys(("huyen", "h"), ("huyen",)),
    **dict.fromkeys(("quan", "q"), ("quan",)),
    **dict.fromkeys(("phuong", "p"), ("phuong",)),
    **dict.fromkeys(("thitran", "tt"), ("thi-tran",)),
    **dict.fromkeys(("xa", "x"), ("xa",)),
    **dict.fromkeys(("dackhu", "dk"), ("dac-khu",)),
}
_WRITTEN: Final = r"thành\s?phố|thị\s?xã|thị\s?trấn|đặc\s?khu|phường|huyện|quận|tỉnh|xã"
_SHORT: Final = r"t\.?\s?[pxt]|đ\.?\s?k|[thqpx]"
_PLAIN: Final = r"thanh\s?pho|thi\s?xa|thi\s?tran|dac\s?khu|phuong|huyen|quan|tinh|xa"
_UNIT: Final = re.compile(rf"(?P<unit>{_WRITTEN}|{_SHORT}|{_PLAIN})(?:\s*[.:]\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)
# A unit word inside a part begins the next part; single letters do so only with a dot, or "Lê X" would be cut.
_NEXT_UNIT: Final = re.compile(
    rf"(?<!\bthị)(?<!\bthi)[\s.]+(?=(?:(?:{_WRITTEN}|t\.?[pxt])(?:\s*[.:]\s*|\s+)|[thqpx]\.\s*)[^\W\d_])", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r"[,;\n]")
_COUNTRY: Final = re.compile(
    r"[\s,;.-]*\b(?:việt\s?nam|viet\s?nam|vn)\b[\s.]*$|[\s,;.-]*\b\d{5,6}[\s.]*$", re.IGNORECASE
)
# With these words a part is a place below the commune, so what follows it may be a commune.
_DETAIL: Final = re.compile(
    r"\d|(?:số|so|nhà|đường|duong|phố|pho|ngõ|ngo|ngách|hẻm|hem|kiệt|thôn|thon|xóm|xom|bản|ban|làng|lang|ấp|tổ|to|tdp|khu|khối|lô|ô)\b",
    re.IGNORECASE,
)
# The spelling of i and y after a consonant or u varies from office to office (Quỳ, Quì): they are one letter here.
_ONE_I: Final = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to read a part: a name, and the kinds its unit word allows (empty: none was written)."""

    kinds: tuple[str, ...]
    exact: str
    loose: str


@dataclass(frozen=True, slots=True)
class Part:
    """One level of an address as written, with its readings, the likelier first."""

    text: str
    names: tuple[Name, ...]


@lru_cache(maxsize=8192)
def exact_key(name: str) -> str:
    """The key that keeps diacritics; case, Unicode form, place of tones and i/y do not count."""
    return place_tones(name).casefold().translate(_ONE_I)


@lru_cache(maxsize=8192)
def loose_key(name: str) -> str:
    """The key without diacritics, spaces and hyphens."""
    return fold(name).replace(" ", "").replace("y", "i")


def parts(address: str) -> tuple[Part, ...]:
    """The parts of an address in the order written, without the country and a postal code at the end."""
    text = _place(_SEPARATORS.sub(" , ", address))
    pieces = (piece.strip(" .:-") for part in text.split(",") for piece in _NEXT_UNIT.split(part))
    return tuple(part(piece, text.isascii()) for piece in pieces if piece)


def is_detail(written: Part) -> bool:
    """Whether a part is a house, street or hamlet rather than a commune whose name we do not know."""
    return bool(_DETAIL.match(written.text))


def _place(address: str) -> str:
    text = clean(address)
    while text != (shorter := _COUNTRY.sub("", text)):
        text = shorter
    return text


def part(text: str, unmarked: bool) -> Part:
    """One part with its readings: with and without a unit word at its beginning.

    In an `unmarked` address no name is exact: "nga thanh" may be Nga Thanh or Nga Thành.
    """
    whole = _name((), text, unmarked)
    found = _UNIT.fullmatch(text)
    if not found:
        return Part(text, (whole,))
    unit, name = found["unit"], found["name"].strip(" .:-")
    kinds = _KINDS[fold(unit).replace(" ", "")]
    stripped = _name(kinds, name, unmarked)
    # "Phuong Nghi" is a commune, "Phuong Nam Ngan" a ward: an unmarked unit word may be part of the name.
    return Part(text, (whole, stripped) if re.fullmatch(_PLAIN, unit, re.IGNORECASE) else (stripped, whole))


def _name(kinds: tuple[str, ...], name: str, unmarked: bool) -> Name:
    return Name(kinds, "" if unmarked else exact_key(name), loose_key(name))


def is_unseparated(address: str) -> bool:
    """Whether the address has no commas, so that the boundaries of its names must be guessed."""
    return not _SEPARATORS.search(address)


def words(address: str) -> tuple[str, ...]:
    """The words of an unseparated address, without dashes, the country and a postal code at the end."""
    return tuple(word for word in _place(address).split() if word != "-")


def tails(written: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Part]]:
    """The last five to one words as a part, each with the words before it."""
    unmarked = all(word.isascii() for word in written)
    for length in range(min(5, len(written)), 0, -1):
        yield written[:-length], part(" ".join(written[-length:]), unmarked)
