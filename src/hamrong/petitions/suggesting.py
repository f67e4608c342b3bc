"""What a petition may be about, suggested by the words in it: a table that anybody can read (`suggesting.yaml`)."""

from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from hamrong.kernel.vietnamese import fold
from hamrong.law.leaves import Source
from hamrong.law.shape import Text

TABLE: Final = Path(__file__).parent / "suggesting.yaml"
LEAST: Final = 2
"""Points below which nothing is suggested."""

What = Literal["kind", "field"]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of petition or a field of work, with the words that speak for it and how much each does."""

    of: What
    title: Text
    words: dict[str, int]


class Suggestion(NamedTuple):
    """What is suggested, and the words that led to it, the weightiest first."""

    code: str
    words: tuple[str, ...]


@cache
def table(path: Path = TABLE) -> dict[str, Entry]:
    """Every entry by its code; raises LawError for an unknown key or value."""
    return Source(path).entries(Entry)


def fields() -> dict[str, Text]:
    """Every field of work by its code."""
    return {code: entry.title for code, entry in table().items() if entry.of == "field"}


def suggest(what: What, text: str) -> Suggestion | None:
    """The entry with most points for a text; None where none has enough, or two have as many."""
    folded = f" {fold(text)} "
    found = {
        code: [word for word in entry.words if f" {fold(word)} " in folded]
        for code, entry in table().items() if entry.of == what
    }  # fmt: skip
    points = {code: sum(table()[code].words[word] for word in words) for code, words in found.items()}
    first, second, *_ = sorted(points, key=lambda code: -points[code])
    if points[first] < LEAST or points[first] == points[second]:
        return None
    weights = table()[first].words
    return Suggestion(first, tuple(sorted(found[first], key=lambda word: -weights[word])))


def suggested(text: str) -> dict[str, str]:
    """What is suggested of a petition, kind and field by their names; only of what is not sealed."""
    found = {"kind": suggest("kind", text), "field": suggest("field", text)}
    return {what: one.code for what, one in found.items() if one}
