"""The code by which a reporter comes back: 100 bits and a check character; nothing of it is stored.

At 100 bits no slow derivation is needed, so nobody can load the server with guesses.
"""

import secrets
from typing import Final

from hamrong.kernel.codes import ALPHABET, check_character
from hamrong.kernel.seal.derive import derive

CHARACTERS: Final = 21
LOOKUP: Final = 16
_LOOKALIKES: Final = str.maketrans("ILO", "110")


def new_code() -> str:
    """A fresh code: `XXXX-XXXX-XXXX-XXXX-XXXX-C`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS - 1))
    return shown(body + check_character(body))


def shown(plain: str) -> str:
    """The 21 characters in groups of four."""
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def read(text: str) -> str | None:
    """A code as a person typed it, in its one form; None where a character is wrong, missing or too many."""
    plain = "".join(text.upper().split()).replace("-", "").translate(_LOOKALIKES)
    if len(plain) != CHARACTERS or set(plain) - set(ALPHABET) or check_character(plain[:-1]) != plain[-1]:
        return None
    return shown(plain)


def lookup(code: str, pepper: bytes) -> bytes:
    """By what a report is found, 16 bytes; without the pepper, which is not in the database, nobody can try codes."""
    return derive(_secret(code) + pepper, "follow-up/v1/lookup", LOOKUP)


def seed(code: str) -> bytes:
    """The private seed of the reporter's own key pair (`keys.pair_of`): with it they read answers and add to it."""
    return derive(_secret(code), "follow-up/v1/seed")


def _secret(code: str) -> bytes:
    plain = code.replace("-", "")
    if len(plain) != CHARACTERS:
        raise ValueError("not a code in its one form")
    return plain.encode()
