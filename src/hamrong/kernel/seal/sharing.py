"""Shamir's secret sharing over GF(2⁸) with AES's polynomial: any M of N shares give the secret, fewer say nothing.

Arithmetic goes through tables, which is not constant-time: fit for keys, at the pace of people.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MOST: Final = 255
_POLYNOMIAL: Final = 0x11B


def _tables() -> tuple[list[int], list[int]]:
    exponents, logarithms, value = [0] * 255, [0] * 256, 1
    for power in range(255):
        exponents[power], logarithms[value] = value, power
        value ^= value << 1  # times 3, which generates the field
        value ^= _POLYNOMIAL if value > 255 else 0
    return exponents, logarithms


_EXP, _LOG = _tables()


@dataclass(frozen=True, slots=True)
class Share:
    """A point of the polynomials: `place` (1–255) and a byte of value for each byte of the secret."""

    place: int
    value: bytes


def multiply(left: int, right: int) -> int:
    """The product in the field."""
    return _EXP[(_LOG[left] + _LOG[right]) % 255] if left and right else 0


def divide(left: int, right: int) -> int:
    """The quotient in the field; `right` is not 0."""
    if right == 0:
        raise ZeroDivisionError("no inverse of 0")
    return _EXP[(_LOG[left] - _LOG[right]) % 255] if left else 0


def split(secret: bytes, *, threshold: int, places: Sequence[int]) -> list[Share]:
    """A share for each place, any `threshold` of which give the secret again."""
    distinct = set(places)
    if not 1 <= threshold <= len(distinct) == len(places) or not distinct <= set(range(1, MOST + 1)):
        raise ValueError(f"cannot share {threshold} of {len(places)}")
    rows = [secret, *(secrets.token_bytes(len(secret)) for _ in range(threshold - 1))]
    return [Share(place, _evaluate(rows, place)) for place in places]


def _evaluate(rows: Sequence[bytes], place: int) -> bytes:
    """The value of every byte's polynomial at a place: Horner's rule, highest row first."""
    value = bytes(len(rows[0]))
    for row in reversed(rows):
        value = bytes(multiply(byte, place) ^ coefficient for byte, coefficient in zip(value, row, strict=True))
    return value


def combine(shares: Iterable[Share], at: int = 0) -> bytes:
    """The polynomials' value at 0, which is the secret; with too few or wrong shares, some other bytes."""
    given = list(shares)
    if not given or len({share.place for share in given}) != len(given):
        raise ValueError("shares are missing, or one is there twice")
    total = bytes(len(given[0].value))
    for share in given:
        weight = _weight(share.place, [other.place for other in given if other is not share], at)
        total = bytes(sofar ^ multiply(byte, weight) for sofar, byte in zip(total, share.value, strict=True))
    return total


def _weight(place: int, others: Iterable[int], at: int) -> int:
    """Lagrange's factor of a place among others, at a point."""
    weight = 1
    for other in others:
        weight = multiply(weight, divide(other ^ at, other ^ place))
    return weight
