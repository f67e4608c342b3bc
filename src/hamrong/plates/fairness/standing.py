"""What stood in a pool before each draw: the rank that was drawn, who its neighbours were, how many patterns were left.

`plates.remaining` answers the same for pools that change at any place; this one is for a hundred thousand draws in a
row, and also keeps the number of gaps.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hamrong.kernel.documents.plates import written
from hamrong.plates.fairness.registration import Patterns
from hamrong.plates.numbers import Run
from hamrong.plates.remaining import BLOCK, BLOCKS, BYTES, NotThere, Place, Remaining

_LAST: Final = BLOCK - 1


class Around(NamedTuple):
    """What remained just before a draw, as far as tests ask.

    `left`, `right`: whether the number's lower or higher neighbour of the series was gone (or never there). `gaps`: how
    many remaining numbers had no left neighbour, which is as many as had no right one. `lucky`: how many remaining
    numbers fitted each pattern; `fits`: the patterns that the number drawn fits.
    """

    left: bool
    right: bool
    gaps: int
    lucky: tuple[int, ...]
    fits: tuple[int, ...]


class Drawn(NamedTuple):
    """A draw as tests see it: number `number` was the k-th (from 1) of the n that remained of its pool.

    `seq` counts the draws of a pool from 1. `office` and `clerk` are names or codes, "" where unknown; `at_hour` is 0
    to 23. `around` is None where the history of the pool is not known; then neighbours and patterns are not tested.
    """

    pool: str
    seq: int
    number: str
    k: int
    n: int
    office: str = ""
    at_hour: int | None = None
    clerk: str = ""
    around: Around | None = None


class Draw(NamedTuple):
    """That a number was drawn, by whom, when; in the order in which it was."""

    series: str
    value: int
    office: str = ""
    at_hour: int | None = None
    clerk: str = ""


class Change(NamedTuple):
    """Numbers that came into what remains (`give`), or went out of it without a draw."""

    give: bool
    runs: Sequence[Run]


def observe(pool: str, opening: Remaining, steps: Iterable[Draw | Change], table: Patterns) -> Iterator[Drawn]:
    """Replay a pool's draws and changes in their order, and tell each draw as tests see it.

    `opening` is what remained before the first step; it is not changed. NotThere where a step does not fit.
    """
    standing, seq = Standing(opening, table), 0
    for step in steps:
        if isinstance(step, Change):
            standing.change(step)
            continue
        seq += 1
        found = standing.draw(step.series, step.value)
        if found is None:
            raise NotThere(f"{written(step.series, step.value)} does not remain")
        k, n, around = found
        number = written(step.series, step.value)
        yield Drawn(pool, seq, number, k, n, step.office, step.at_hour, step.clerk, around)


class Standing:
    """What remains of one pool, with the number of its gaps and of its patterns."""

    def __init__(self, opening: Remaining, table: Patterns) -> None:
        self._table = table
        self._load(opening)

    def _load(self, left: Remaining) -> None:
        self._blocks: dict[str, list[int]] = {name: [0] * BLOCKS for name in left.series}
        for (series, block), bits in left.blocks():
            self._blocks[series][block] = bits
        self._at = {name: at for at, name in enumerate(self._blocks)}
        self._counts = {name: [bits.bit_count() for bits in blocks] for name, blocks in self._blocks.items()}
        self._totals = [sum(self._counts[name]) for name in self._blocks]
        self._size = sum(self._totals)
        self._gaps = sum(map(_gaps, self._blocks.values()))
        self._lucky = tuple(
            sum(
                (bits & mask).bit_count()
                for blocks in self._blocks.values()
                for bits, mask in zip(blocks, masks, strict=True)
            )
            for masks in self._table.masks
        )

    def change(self, change: Change) -> None:
        """Add or remove numbers; NotThere, and nothing is changed, where they do not fit."""
        left = Remaining(
            {
                Place(series, at): bits
                for series, blocks in self._blocks.items()
                for at, bits in enumerate(blocks)
                if bits
            }
        )
        (left.give if change.give else left.take)(change.runs)
        self._load(left)

    def draw(self, series: str, value: int) -> tuple[int, int, Around] | None:
        """Take one number: its rank, how many remained, and what was around it; None where it does not remain."""
        blocks = self._blocks.get(series)
        block, bit = divmod(value, BLOCK)
        if blocks is None or not 0 <= block < BLOCKS or not blocks[block] >> bit & 1:
            return None
        bits, counts, at = blocks[block], self._counts[series], self._at[series]
        below = (bits & ((1 << bit) - 1)).bit_count()
        k = sum(self._totals[:at]) + sum(counts[:block]) + below + 1
        left = bits >> (bit - 1) & 1 if bit else block and blocks[block - 1] >> _LAST & 1
        right = bits >> (bit + 1) & 1 if bit < _LAST else block < BLOCKS - 1 and blocks[block + 1] & 1
        fits = self._table.of.get(value, ())
        found = k, self._size, Around(not left, not right, self._gaps, self._lucky, fits)
        blocks[block] = bits ^ 1 << bit
        counts[block] -= 1
        self._totals[at] -= 1
        self._size -= 1
        self._gaps += 1 if left and right else 0 if left or right else -1
        if fits:
            self._lucky = tuple([count - (index in fits) for index, count in enumerate(self._lucky)])
        return found


def _gaps(blocks: Sequence[int]) -> int:
    """How many numbers of a series have no left neighbour: its runs."""
    whole = int.from_bytes(b"".join(bits.to_bytes(BYTES, "little") for bits in blocks), "little")
    return (whole & ~(whole << 1)).bit_count()
