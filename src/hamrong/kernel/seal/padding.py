"""Lengths that say little: Padmé (Nikitin and others, 2019) leaves log log n bits of a length, above a floor none."""

from typing import Final

from hamrong.kernel.seal.bound import Broken

FLOOR: Final = 256
PREFIX: Final = 4


def padded_length(length: int, floor: int = FLOOR) -> int:
    """The length that is shown for a true one: at least `floor`, and at most 12 % more than the truth above it."""
    wanted = max(length, floor, 2)
    exponent = wanted.bit_length() - 1
    coarse = exponent - exponent.bit_length()
    mask = (1 << max(coarse, 0)) - 1
    return (wanted + mask) & ~mask


def pad(content: bytes, floor: int = FLOOR) -> bytes:
    """The true length in 4 bytes, the content, zeros."""
    plain = len(content).to_bytes(PREFIX, "big") + content
    return plain.ljust(padded_length(len(plain), floor), b"\0")


def unpad(padded: bytes) -> bytes:
    """The content again; `Broken` where the length lies or the rest is not zeros."""
    end = PREFIX + int.from_bytes(padded[:PREFIX], "big")
    if len(padded) < PREFIX or end > len(padded) or padded[end:].strip(b"\0"):
        raise Broken("padding is not what it was")
    return padded[PREFIX:end]
