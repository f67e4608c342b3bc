"""The tests themselves: each takes draws in their order and answers a statistic and its chance under honesty."""

import hashlib
import struct
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from operator import mul, sub
from typing import Final, NamedTuple

from hamrong.plates.fairness.probabilities import (
    chi_square_tail,
    kolmogorov_tail,
    normal_two_sided,
    poisson_two_sided,
    two_sided,
)
from hamrong.plates.fairness.registration import Overall, Registration
from hamrong.plates.fairness.standing import Drawn

_FIRST_EIGHT: Final = struct.Struct(">Q").unpack_from
_STEPS: Final = 2.0**64


class Found(NamedTuple):
    """What a test says: its statistic, and the chance of one as far out under honesty.

    `seen` and `expected` are the counts behind it, where the test counts something (neighbours, patterns).
    """

    statistic: float
    p: float
    seen: int | None = None
    expected: float | None = None


def positions(draws: Sequence[Drawn], told: Registration) -> list[float]:
    """U of each draw, from 0 to 1: where its rank lies among the ranks it could have had; uniform under honesty.

    ValueError for a rank outside of what remained: that is no draw.
    """
    prefix, found = told.jitter, []
    for draw in draws:
        if not 1 <= draw.k <= draw.n:
            raise ValueError(f"rank {draw.k} among {draw.n}")
        hashed = hashlib.sha256(f"{prefix}\n{draw.pool}\n{draw.seq}".encode()).digest()
        found.append((draw.k - (_FIRST_EIGHT(hashed)[0] + 1) / _STEPS) / draw.n)
    return found


def spread(us: Sequence[float], bins: int) -> list[int]:
    """How many positions lie in each of so many bins of equal width."""
    last = bins - 1
    counts = Counter([int(u * bins) for u in us])
    # Rounding can lift the very last position to 1.
    counts[last] += counts.pop(bins, 0)
    return [counts[at] for at in range(bins)]


def ranks(us: Sequence[float], told: Registration) -> Found | None:
    """Chi-square over bins of equal chance, on both sides: too uneven, or more even than chance ever is."""
    return _even(spread(us, told.bins.count(len(us))), told)


def distance(us: Sequence[float], told: Registration) -> Found | None:
    """Kolmogorov and Smirnov's largest distance from the uniform, corrected for the sample's size (Stephens 1970)."""
    count = len(us)
    if count < told.least.draws:
        return None
    steps = [at / count for at in range(count + 1)]
    ordered = sorted(us)
    furthest = max(max(map(sub, steps[1:], ordered)), max(map(sub, ordered, steps)))
    root = sqrt(count)
    return Found(furthest, kolmogorov_tail((root + 0.12 + 0.11 / root) * furthest))


def pairs(us: Sequence[float], told: Registration) -> Found | None:
    """Chi-square over a square of cells for draws 1 and 2, 3 and 4 …: whether one draw says something of the next."""
    couples = len(us) // 2
    side = min(told.cells.most, int(sqrt(couples / told.least.expected)))
    last = side - 1
    cells = Counter(
        [min(int(u * side), last) * side + min(int(v * side), last) for u, v in zip(us[::2], us[1::2], strict=False)]
    )
    return _even([cells[at] for at in range(side * side)], told) if side > 1 else None


def lag(us: Sequence[float], told: Registration) -> Found | None:
    """The correlation of neighbouring draws around the known mean; each product has mean 0 and variance 1/144."""
    if len(us) < told.least.draws:
        return None
    around = [u - 0.5 for u in us]
    z = 12 * sum(map(mul, around, around[1:])) / sqrt(len(us) - 1)
    return Found(z, normal_two_sided(z))


def _even(counts: Sequence[int], told: Registration) -> Found | None:
    """Chi-square against equal chances."""
    total = sum(counts)
    if total < told.least.draws or total / len(counts) < told.least.expected:
        return None
    statistic = sum(count * count for count in counts) * len(counts) / total - total
    return Found(statistic, two_sided(chi_square_tail(statistic, len(counts) - 1)))


BY_POSITION: Final[Mapping[Overall, Callable[[Sequence[float], Registration], Found | None]]] = {
    "ranks": ranks,
    "distance": distance,
    "pairs": pairs,
    "lag": lag,
}
"""Tests that look at positions alone."""


def neighbours(draws: Sequence[Drawn], told: Registration, *, left: bool) -> Found | None:
    """Whether numbers beside a gap come more often than their share of what remains.

    "Random start, next free number" gives the number right of a gap the chances of the whole gap.
    """
    seen, expected, variance = 0, 0.0, 0.0
    for draw in draws:
        if draw.around is not None:
            share = draw.around.gaps / draw.n
            seen += draw.around.left if left else draw.around.right
            expected += share
            variance += share * (1 - share)
    if variance < told.least.variance:
        return None
    z = (seen - expected) / sqrt(variance)
    return Found(z, normal_two_sided(z), seen, expected)


def lucky(draws: Sequence[Drawn], told: Registration) -> list[Found | None]:
    """For each pattern, and last for all wanted ones together: how often it came, against what remained of it."""
    size = len(told.patterns) + 1
    seen, expected, variance = [0] * size, [0.0] * size, [0.0] * size
    left: tuple[int, ...] = ()
    once = twice = 0.0
    for draw in draws:
        around = draw.around
        if around is None:
            continue
        # What remained of the patterns changes with every tenth draw only: shares are summed up in between.
        if around.lucky is not left:
            _add(left, once, twice, expected, variance)
            left, once, twice = around.lucky, 0.0, 0.0
        one = 1 / draw.n
        once += one
        twice += one * one
        for at in around.fits:
            seen[at] += 1
    _add(left, once, twice, expected, variance)
    return [_rare(*each, told) for each in zip(seen, expected, variance, strict=True)]


def _add(left: Sequence[int], once: float, twice: float, expected: list[float], variance: list[float]) -> None:
    for at, count in enumerate(left):
        expected[at] += count * once
        variance[at] += count * once - count * count * twice


def wanted(draws: Sequence[Drawn], told: Registration) -> Found | None:
    """All wanted patterns together; for the draws of one office, hour or clerk."""
    seen, expected, variance = 0, 0.0, 0.0
    which = len(told.patterns)
    for draw in draws:
        if draw.around is not None:
            share = draw.around.lucky[which] / draw.n
            seen += which in draw.around.fits
            expected += share
            variance += share * (1 - share)
    return _rare(seen, expected, variance, told)


def _rare(seen: int, expected: float, variance: float, told: Registration) -> Found | None:
    if expected < told.least.expected:
        return None
    z = (seen - expected) / sqrt(variance) if variance > 0 else 0.0
    return Found(z, poisson_two_sided(seen, expected), seen, expected)


def adjusted(ps: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's (1995) chance of each among all, in the order given.

    Of those up to a rate, at most that share is false on average, where tests are independent or lean the same way.
    """
    order = sorted(range(len(ps)), key=ps.__getitem__, reverse=True)
    among, lowest = [0.0] * len(ps), 1.0
    for place, at in enumerate(order):
        lowest = min(lowest, ps[at] * (len(ps) / (len(ps) - place)))
        among[at] = lowest
    return among
