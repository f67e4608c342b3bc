"""Three distributions: chi-square and Poisson by the incomplete gamma function, Kolmogorov's, the normal tail."""

from math import erfc, exp, inf, lgamma, log, pi, sqrt
from typing import Final

_SMALLEST: Final = 1e-300
_PRECISION: Final = 1e-15
_BOTH_GOOD: Final = 1.18
"""Where Kolmogorov's two series are equally quick; each is exact to the last digits on its side after four terms."""


def gamma_p(a: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(a, x), a > 0, x >= 0; its complement is `gamma_q`."""
    return _series(a, x) if x < a + 1 else 1 - _fraction(a, x)


def gamma_q(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x), a > 0, x >= 0; small values keep all their digits."""
    return 1 - _series(a, x) if x < a + 1 else _fraction(a, x)


def _series(a: float, x: float) -> float:
    """P(a, x) by its power series (DLMF 8.11.4), quick below x = a + 1: all terms are positive."""
    if x <= 0:
        return 0.0
    term = total = 1 / a
    n = a
    while term > total * _PRECISION:
        n += 1
        term *= x / n
        total += term
    return min(1.0, total * exp(a * log(x) - x - lgamma(a)))


def _fraction(a: float, x: float) -> float:
    """Q(a, x) by its continued fraction (DLMF 8.9.2) in the manner of Lentz, quick above x = a + 1."""
    if x == inf:
        return 0.0
    b = x + 1 - a
    c, d = 1 / _SMALLEST, 1 / b
    value, n, change = d, 0, 0.0
    while abs(change - 1) > _PRECISION:
        n += 1
        step = n * (a - n)
        b += 2
        d = 1 / _away(step * d + b)
        c = _away(b + step / c)
        change = c * d
        value *= change
    return min(1.0, value * exp(a * log(x) - x - lgamma(a)))


def _away(value: float) -> float:
    """A divisor that is never 0."""
    return value if abs(value) > _SMALLEST else _SMALLEST


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The chance of a chi-square value at least as large."""
    return gamma_q(freedom / 2, statistic / 2)


def kolmogorov_tail(x: float) -> float:
    """The chance that the largest distance times the root of the sample size exceeds x, in the limit of large samples.

    Two series of Jacobi's theta function: one that is quick for small x, one for large (Kolmogorov 1933, Smirnov 1948).
    """
    if x <= 0:
        return 1.0
    if x < _BOTH_GOOD:
        small = sum(exp(-((2 * k - 1) ** 2) * pi**2 / (8 * x * x)) for k in range(1, 5))
        return max(0.0, 1 - sqrt(2 * pi) / x * small)
    return 2 * sum((1 if k % 2 else -1) * exp(-2 * k * k * x * x) for k in range(1, 5))


def normal_two_sided(z: float) -> float:
    """The chance of a normal value at least as far from 0 as z, on either side."""
    return erfc(abs(z) / sqrt(2))


def poisson_two_sided(count: int, mean: float) -> float:
    """Twice the chance of a Poisson count at least as far out as this one, on its own side; at most 1.

    Sums of rare independent events have tails no heavier than these, so this errs on the safe side (Hoeffding 1956).
    """
    if mean <= 0:
        return 0.0 if count else 1.0
    at_least = gamma_p(count, mean) if count else 1.0
    return min(1.0, 2 * min(at_least, gamma_q(count + 1, mean)))


def two_sided(tail: float) -> float:
    """From the upper tail of a continuous statistic to both: too much of it, or too little, is as strange."""
    return min(1.0, 2 * min(tail, 1 - tail))
