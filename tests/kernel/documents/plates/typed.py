"""Plates as people type them, for properties."""

from hypothesis import strategies as st

from hamrong.kernel.documents.plates import book
from hamrong.kernel.documents.plates.patterns import Pattern, patterns
from hamrong.kernel.documents.plates.shape import Form

BETWEEN = ["", "", "", " ", ".", "-", "\n", "\r\n", " - ", "–", "·", "\t", "\u200b", "/", "|"]


@st.composite
def plates(draw: st.DrawFn) -> tuple[str, Form, str, str]:
    """(text, form, series, number) of a plate that some form allows, the parts in the form's first order."""
    pattern: Pattern = draw(st.sampled_from(patterns()))
    chars = [draw(st.sampled_from(sorted(set(slot.reads.values())))) for slot in pattern.slots]
    at = [index for index, slot in enumerate(pattern.slots) if slot.part == "code"]
    for index, digit in zip(at, draw(st.sampled_from(sorted(book().places))), strict=False):
        chars[index] = digit
    parts: dict[str, str] = {}
    for slot, char in zip(pattern.slots, chars, strict=True):
        parts[slot.part] = parts.get(slot.part, "") + char
    series = "".join(parts[part] for part in pattern.form.orders[0] if part != "number")
    return draw(spoilt(chars)), pattern.form, series, parts["number"]


@st.composite
def spoilt(draw: st.DrawFn, chars: list[str]) -> str:
    """The characters with separators between, in small letters or full width here and there."""
    return "".join(draw(st.sampled_from(BETWEEN)) + draw(st.sampled_from(_ways(char))) for char in chars)


def _ways(char: str) -> list[str]:
    if char == "Đ":
        return ["Đ", "đ", "Ð", "D"]
    return [char, char, char.lower(), chr(ord(char) + 0xFEE0)]
