"""Codes that people read out and type: Crockford's base 32 with a check character, in groups of four."""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U, so that a code can be read out over the telephone."""

CHARACTERS: Final = 16
_BODY: Final = CHARACTERS - 1
_LOOKALIKES: Final = str.maketrans("ILO", "110")
# What each random byte becomes in a code, and what it adds to the sum of its check character.
_LETTERS: Final = bytes(ord(ALPHABET[byte % 32]) for byte in range(256))
_SINGLE: Final = bytes(byte % 32 for byte in range(256))
_DOUBLED: Final = bytes(byte % 32 * 2 // 32 + byte % 32 * 2 % 32 for byte in range(256))


def new_code(prefix: str) -> str:
    """A random code of 75 bits and a check character: `LT-XXXX-XXXX-XXXX-XXXX`."""
    return new_codes(prefix, 1)[0]


def new_codes(prefix: str, count: int) -> list[str]:
    """As many new codes, made together: some twenty times as fast as letter by letter."""
    raw = secrets.token_bytes(count * _BODY)
    return [_coded(prefix, raw[start : start + _BODY]) for start in range(0, count * _BODY, _BODY)]


def _coded(prefix: str, raw: bytes) -> str:
    total = sum(raw[::2].translate(_DOUBLED)) + sum(raw[1::2].translate(_SINGLE))
    body = raw.translate(_LETTERS).decode("ascii")
    return f"{prefix}-{body[:4]}-{body[4:8]}-{body[8:12]}-{body[12:]}{ALPHABET[-total % 32]}"


def check_character(body: str) -> str:
    """Luhn's sum modulo 32 over the others: every single slip shows, and every swap of neighbours but 0Z."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 - place % 2)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def grouped(prefix: str, plain: str) -> str:
    """The 16 characters as they are shown."""
    return f"{prefix}-" + "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def read_code(prefix: str, text: str) -> str | None:
    """A code as typed by a person, in its one form; None where it is none (length, letters, check character)."""
    plain = text.upper().replace("-", "").replace(" ", "").removeprefix(prefix).translate(_LOOKALIKES)
    if len(plain) != CHARACTERS or set(plain) - set(ALPHABET) or check_character(plain[:-1]) != plain[-1]:
        return None
    return grouped(prefix, plain)
