"""What remains of a pool: which numbers, how many, and the k-th of them in ascending order, for 40 million numbers.

Rank and select over two levels: a series has 100 blocks of 1,000 numbers. A block is a whole number whose bit `i` is
number `block * 1000 + i`. Two pools of the same numbers are equal, whatever happened before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final, NamedTuple

from hamrong.kernel.documents.plates import written
from hamrong.plates.numbers import Run

BLOCK: Final = 1000
BLOCKS: Final = 100
BYTES: Final = BLOCK // 8


class Place(NamedTuple):
    """A block of a series, numbered from 0."""

    series: str
    block: int


def place_of(series: str, value: int) -> Place:
    """The block that holds a number."""
    return Place(series, value // BLOCK)


class NotThere(ValueError):
    """Numbers that are not what an event takes them for; the text names the first of them."""


class Remaining:
    """A set of numbers. Changes answer the blocks that they touched, so that a caller can store these alone."""

    def __init__(self, blocks: Mapping[Place, int] | None = None) -> None:
        self._blocks: dict[str, list[int]] = {}
        for (series, block), bits in (blocks or {}).items():
            self._of(series)[block] = bits
        self._names = sorted(self._blocks)
        self._counts = {name: [bits.bit_count() for bits in found] for name, found in self._blocks.items()}
        self._totals = [sum(self._counts[name]) for name in self._names]

    def _of(self, series: str) -> list[int]:
        return self._blocks.setdefault(series, [0] * BLOCKS)

    def __len__(self) -> int:
        return sum(self._totals)

    def __contains__(self, number: tuple[str, int]) -> bool:
        series, value = number
        block, bit = divmod(value, BLOCK)
        found = self._blocks.get(series)
        return found is not None and bool(found[block] >> bit & 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remaining) and dict(self.blocks()) == dict(other.blocks())

    __hash__ = None  # type: ignore[assignment] # it changes

    @property
    def series(self) -> Mapping[str, int]:
        """How many numbers remain of each series, in ascending order."""
        return dict(zip(self._names, self._totals, strict=True))

    def blocks(self) -> Iterator[tuple[Place, int]]:
        """Every block that is not empty, in ascending order."""
        for name in self._names:
            for block, bits in enumerate(self._blocks[name]):
                if bits:
                    yield Place(name, block), bits

    def bits(self, place: Place) -> int:
        """The numbers of one block; 0 where there are none."""
        found = self._blocks.get(place.series)
        return found[place.block] if found else 0

    def kth(self, rank: int) -> tuple[str, int]:
        """The number of that rank, from 1, in ascending order; IndexError beyond the last."""
        if not 1 <= rank <= len(self):
            raise IndexError(rank)
        at, rank = _step(self._totals, rank)
        name = self._names[at]
        block, rank = _step(self._counts[name], rank)
        return name, block * BLOCK + _bit(self._blocks[name][block], rank)

    def pull(self, rank: int) -> tuple[str, int]:
        """The number of that rank, from 1, which is removed; IndexError beyond the last."""
        series, value = self.kth(rank)
        block, bit = divmod(value, BLOCK)
        self._blocks[series][block] ^= 1 << bit
        self._counts[series][block] -= 1
        self._totals[bisect_left(self._names, series)] -= 1
        return series, value

    def rank(self, number: tuple[str, int]) -> int:
        """The rank of a number that remains, from 1; KeyError where it does not."""
        if number not in self:
            raise KeyError(number)
        name, value = number
        block, bit = divmod(value, BLOCK)
        at = bisect_left(self._names, name)
        below = self._blocks[name][block] & ((1 << bit) - 1)
        return sum(self._totals[:at]) + sum(self._counts[name][:block]) + below.bit_count() + 1

    def lacking(self, runs: Iterable[Run], most: int) -> tuple[int, list[str]]:
        """How many of these numbers are not in the set, and the first of them, `most` at the most."""
        count, first = 0, list[str]()
        for (series, block), mask in _masks(runs):
            missing = mask & ~self.bits(Place(series, block))
            count += missing.bit_count()
            while missing and len(first) < most:
                first.append(written(series, block * BLOCK + _bit(missing, 1)))
                missing &= missing - 1
        return count, first

    def take(self, runs: Iterable[Run]) -> set[Place]:
        """Remove numbers all of which remain; NotThere, and nothing is changed, where one does not."""
        return self._change(runs, present=True)

    def give(self, runs: Iterable[Run]) -> set[Place]:
        """Add numbers none of which remains; NotThere, and nothing is changed, where one does."""
        return self._change(runs, present=False)

    def _change(self, runs: Iterable[Run], *, present: bool) -> set[Place]:
        masks: dict[Place, int] = {}
        for place, mask in _masks(runs):
            found = self._blocks.get(place.series, ())
            held = found[place.block] if found else 0
            wrong = mask & ~held if present else mask & held
            wrong |= masks.get(place, 0) & mask
            if wrong:
                first = written(place.series, place.block * BLOCK + _bit(wrong, 1))
                raise NotThere(f"{first} {'does not remain' if present else 'remains'}")
            masks[place] = masks.get(place, 0) | mask
        for (series, block), mask in masks.items():
            self._of(series)[block] ^= mask
        self._recount(masks)
        return set(masks)

    def _recount(self, touched: Iterable[Place]) -> None:
        if len(self._names) != len(self._blocks):
            self._names = sorted(self._blocks)
        for series, block in touched:
            self._counts.setdefault(series, [0] * BLOCKS)[block] = self._blocks[series][block].bit_count()
        changed = {series for series, _ in touched}
        known = dict(zip(self._names, self._totals, strict=False)) if len(self._totals) == len(self._names) else {}
        self._totals = [
            known[name] if name in known and name not in changed else sum(self._counts[name]) for name in self._names
        ]


def _step(counts: list[int], rank: int) -> tuple[int, int]:
    """Which part holds the number of this rank, and its rank within the part."""
    sums = list(accumulate(counts))
    at = bisect_left(sums, rank)
    return at, rank - (sums[at - 1] if at else 0)


def _bit(bits: int, rank: int) -> int:
    """The place of the set bit of this rank, from 1, counted from the lowest."""
    low, high = 0, bits.bit_length()
    while high - low > 1:
        middle = (low + high) // 2
        below = (bits >> low & ((1 << (middle - low)) - 1)).bit_count()
        if rank <= below:
            high = middle
        else:
            low, rank = middle, rank - below
    return low


def _masks(runs: Iterable[Run]) -> Iterator[tuple[Place, int]]:
    for series, first, last in runs:
        for block in range(first // BLOCK, last // BLOCK + 1):
            low = max(first - block * BLOCK, 0)
            high = min(last - block * BLOCK, BLOCK - 1)
            yield Place(series, block), ((1 << (high - low + 1)) - 1) << low
