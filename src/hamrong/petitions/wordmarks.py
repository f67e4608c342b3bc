"""Words as keyed numbers of twelve bits: by them a text can be sought while it stays sealed.

So few numbers stand for so many words that whoever has the database and not the key cannot tell which word it is.
"""

import re
from collections.abc import Iterable
from hashlib import shake_256
from typing import Final

from hamrong.kernel.vietnamese import fold

WIDTH: Final = 12
QUOTED: Final = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]")


def mark(kind: str, word: str, key: bytes) -> int:
    """The number of a folded word: another one as a word of a name than as a word of a text."""
    return int.from_bytes(shake_256(key + f"{kind} {word}".encode()).digest(2)) >> (16 - WIDTH)


def marks(kind: str, text: str, key: bytes) -> set[int]:
    """The numbers of all words of a text, without case and diacritics."""
    return {mark(kind, word, key) for word in fold(text).split()}


def holds(text: str, asked: str) -> bool:
    """Whether a text has every word that is asked for, and what stands between quotation marks as it stands there."""
    folded = f" {fold(text)} "
    loose = fold(QUOTED.sub(" ", asked)).split()
    return all(f" {part} " in folded for part in [*loose, *map(fold, QUOTED.findall(asked))] if part)


def names(all_of: Iterable[str], asked: str) -> bool:
    """Whether one of these names has every word that is asked for."""
    return any(holds(name, asked) for name in all_of)
