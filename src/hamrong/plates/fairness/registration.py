"""What was fixed before looking: tests, bins, limits and patterns, read from `registration.yaml` with its hash."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

import yaml
from msgspec import Struct, convert
from msgspec.structs import replace

from hamrong.kernel.documents.plates.issuing import WIDTH
from hamrong.plates.remaining import BLOCK, BLOCKS

FILE: Final = Path(__file__).with_name("registration.yaml")

Stratum = Literal["office", "hour", "clerk"]
Overall = Literal["ranks", "distance", "pairs", "lag", "left", "right"]
Within = Literal["distance", "wanted"]
STRATA: Final[Sequence[Stratum]] = get_args(Stratum)


class Pattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers that somebody might want or avoid: a regular expression over five digits."""

    id: str
    digits: str
    wanted: bool
    vi: str
    en: str


class Least(Struct, frozen=True, forbid_unknown_fields=True):
    """Below these a test would say more than it knows."""

    draws: int
    expected: float
    variance: float


class Bins(Struct, frozen=True, forbid_unknown_fields=True):
    """The written rule for the number of bins."""

    factor: float
    power: float
    least: int
    most: int

    def count(self, draws: int) -> int:
        return min(self.most, max(self.least, int(self.factor * draws**self.power)))


class Cells(Struct, frozen=True, forbid_unknown_fields=True):
    """The largest side of the square that pairs are counted in."""

    most: int


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A manipulation: this share of draws is repeated until a wanted number comes, at most so many tries."""

    repeated: float
    tries: int


class Power(Struct, frozen=True, forbid_unknown_fields=True):
    """How sure one wants to be: chance of a false alarm (one-sided), chance to see, share of wanted numbers."""

    alpha: float
    power: float
    share: float
    cases: tuple[Case, ...]


class Registration(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a report depends on beside the draws."""

    version: int
    date: date
    jitter: str
    rate: float
    least: Least
    bins: Bins
    cells: Cells
    overall: tuple[Overall, ...]
    strata: tuple[Stratum, ...]
    within: tuple[Within, ...]
    patterns: tuple[Pattern, ...]
    power: Power
    sha256: str = ""


@cache
def registration() -> Registration:
    """What the program ships with, read once."""
    return read(FILE.read_bytes())


def read(content: bytes) -> Registration:
    """A registration from its file; msgspec.ValidationError or yaml.YAMLError where it is not in its form."""
    found = convert(yaml.safe_load(content), Registration)
    return replace(found, sha256=hashlib.sha256(content).hexdigest())


class Patterns(NamedTuple):
    """The patterns of a registration and, last, all wanted ones together, over the numbers 0 to 99,999.

    `of`: to a number that fits any, the indexes of those that it fits. `masks`: to each pattern 100 blocks of bits.
    """

    of: Mapping[int, tuple[int, ...]]
    masks: Sequence[Sequence[int]]

    @property
    def wanted(self) -> int:
        """The index of all wanted patterns together."""
        return len(self.masks) - 1


_EVERY: Final = "\n".join(f"{number:0{WIDTH}d}" for number in range(BLOCK * BLOCKS))


@cache
def patterns(told: Registration) -> Patterns:
    """Which numbers fit which pattern; re.error where a pattern is no regular expression."""
    fitting = [frozenset(_fitting(each.digits)) for each in told.patterns]
    sought = [numbers for numbers, each in zip(fitting, told.patterns, strict=True) if each.wanted]
    fitting.append(frozenset().union(*sought))
    of: dict[int, tuple[int, ...]] = {}
    for at, numbers in enumerate(fitting):
        for number in numbers:
            of[number] = (*of.get(number, ()), at)
    return Patterns(of, [_masks(numbers) for numbers in fitting])


def _fitting(digits: str) -> Iterator[int]:
    return (int(found[0]) for found in re.finditer(rf"^(?:{digits})$", _EVERY, re.MULTILINE))


def _masks(numbers: frozenset[int]) -> Sequence[int]:
    masks = [0] * BLOCKS
    for number in numbers:
        masks[number // BLOCK] |= 1 << number % BLOCK
    return masks
