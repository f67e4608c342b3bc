"""The forms spelt out as places for characters: which of them a text fits, and where it stops fitting any."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hamrong.kernel.documents.plates.book import book
from hamrong.kernel.documents.plates.glyphs import KNOWN
from hamrong.kernel.documents.plates.shape import Alphabet, Book, Form, Part

DIGITS = "0123456789"
_DIGIT = {digit: digit for digit in DIGITS}
_CODE_WIDTH = 2
_COUNTRY_WIDTH = 3


class Slot(NamedTuple):
    """A place of a plate: which characters are read there and what each stands for."""

    part: Part
    reads: Mapping[str, str]
    alphabet: Alphabet | None = None


class Pattern(NamedTuple):
    """A form with a width of its number and an order of its parts."""

    form: Form
    width: int
    slots: tuple[Slot, ...]
    symbol: str


class Fit(NamedTuple):
    """A text that fits a pattern, by parts. `unsure`: alphabets that one source has otherwise. `displaced`: a dot or
    dash stands inside its number, and not before the last two digits.
    """

    pattern: Pattern
    parts: dict[Part, str]
    unsure: tuple[Alphabet, ...]
    written_d: bool
    displaced: bool = False

    @property
    def series(self) -> str:
        """All but the number, in the order of the canonical text."""
        order = self.pattern.form.orders[0]
        return "".join(self.parts[part] for part in order if part != "number")

    @property
    def canonical(self) -> str:
        """The text without separators, parts in their first order."""
        return self.series + self.parts["number"]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern of the shipped rules, in the order of the forms."""
    return tuple(pattern for form in book().forms.values() for pattern in spelt_out(book(), form))


@cache
def _by_length() -> dict[int, list[Pattern]]:
    table: dict[int, list[Pattern]] = {}
    for pattern in patterns():
        table.setdefault(len(pattern.slots), []).append(pattern)
    return table


def spelt_out(rules: Book, form: Form) -> Iterator[Pattern]:
    """The patterns of one form: of each symbol, order and width."""
    for symbol in rules.units if form.army else (form.symbol,):
        series = [Slot("letters", _as_written(letter)) for letter in symbol]
        for alphabet in rules.alphabets(form):
            letters = alphabet.letters + alphabet.unsure
            series.append(Slot("letters", {letter: letter for letter in letters}, alphabet))
        for order in form.orders:
            for width in form.widths:
                digits: dict[Part, int] = {"code": _CODE_WIDTH, "country": _COUNTRY_WIDTH, "number": width}
                slots = [
                    slot
                    for part in order
                    for slot in (series if part == "letters" else [Slot(part, _DIGIT)] * digits[part])
                ]
                yield Pattern(form, width, tuple(slots), symbol)


def _as_written(letter: str) -> dict[str, str]:
    """Cameras and keyboards without Đ give D for it."""
    return {"Đ": "Đ", "D": "Đ"} if letter == "Đ" else {letter: letter}


def fits(chars: Sequence[str]) -> list[Fit]:
    """Every pattern that the characters fit from beginning to end."""
    found = []
    for pattern in _by_length().get(len(chars), ()):
        if _reached(pattern, chars) == len(chars):
            found.append(_fit(pattern, chars))
    return found


def _fit(pattern: Pattern, chars: Sequence[str]) -> Fit:
    parts: dict[Part, str] = {}
    unsure = []
    for slot, char in zip(pattern.slots, chars, strict=True):
        parts[slot.part] = parts.get(slot.part, "") + slot.reads[char]
        if slot.alphabet and char in slot.alphabet.unsure:
            unsure.append(slot.alphabet)
    written_d = any(slot.reads[char] != char for slot, char in zip(pattern.slots, chars, strict=True))
    return Fit(pattern, parts, tuple(unsure), written_d)


def _reached(pattern: Pattern, chars: Sequence[str]) -> int:
    """How many characters fit before the first that does not."""
    for index, (slot, char) in enumerate(zip(pattern.slots, chars, strict=False)):
        if char not in slot.reads:
            return index
    return min(len(pattern.slots), len(chars))


def misfit(chars: Sequence[str]) -> tuple[int, str]:
    """For characters that fit no pattern: the index up to which some pattern goes along, and why it stops there."""
    symbols = {pattern.symbol for pattern in patterns() if "country" in pattern.form.orders[0]}
    foreign = any(symbol in "".join(chars) for symbol in symbols)
    reached = [
        (_reached(pattern, chars), pattern)
        for pattern in patterns()
        if foreign or "country" not in pattern.form.orders[0]
    ]
    index = max(end for end, _pattern in reached)
    if index == len(chars):
        return index, "too_short"
    if chars[index] not in KNOWN:
        return index, "character"
    expected: set[str] = {
        "army" if pattern.form.army and index < len(pattern.symbol) else pattern.slots[index].part
        for end, pattern in reached
        if end == index < len(pattern.slots)
    }
    return index, _why(index, chars[index], expected)


def _why(index: int, char: str, expected: set[str]) -> str:
    if not expected:
        return "too_long"
    if index == 0:
        return "start"
    if "army" in expected:
        return "army.symbol"
    if "letters" in expected and (char not in DIGITS or expected == {"letters"}):
        return "series.letter"
    return "number.digit"
