"""Whether two petitions say the same: words in their order, and a keyed sketch that finds candidates unread."""

from hashlib import shake_256
from typing import Final

from hamrong.kernel.vietnamese import fold

RUN: Final = 3
"""So many words in a row are compared."""

BANDS: Final = 8
ROWS: Final = 3
"""The sketch: 8 bands of 3 rows. Texts that share four fifths of their runs meet in a band in 996 of 1,000 cases."""

SAME: Final = 0.5
"""From this share of common runs on a petition is suggested as the same; an officer decides."""

WIDTH: Final = 8
"""Bytes of a digest."""


def runs(text: str) -> frozenset[str]:
    """Every three words in a row, without case, diacritics and punctuation; a shorter text is one run."""
    words = fold(text).split()
    last = max(len(words) - RUN, 0)
    return frozenset(" ".join(words[start : start + RUN]) for start in range(last + 1)) - {""}


def alike(one: str, other: str) -> float:
    """The share of runs that two texts have in common, 0 to 1 (Jaccard)."""
    ours, theirs = runs(one), runs(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def sketch(text: str, key: bytes) -> list[bytes]:
    """8 digests of 8 bytes, of which alike texts share some (MinHash, Broder 1997); without the key they say nothing.

    Each is bound to its band. A text without words has none.
    """
    marks = [shake_256(key + run.encode()).digest(BANDS * ROWS * WIDTH) for run in runs(text)]
    if not marks:
        return []
    least = [min(mark[start : start + WIDTH] for mark in marks) for start in range(0, BANDS * ROWS * WIDTH, WIDTH)]
    bands = (b"".join(least[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))
    return [shake_256(key + bytes([band]) + rows).digest(WIDTH) for band, rows in enumerate(bands)]
