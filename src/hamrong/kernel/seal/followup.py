"""The code by which a reporter comes back: 100 bits and a check character; nothing of it is stored.

At 100 bits no slow derivation is needed, so nobody can load the server with guesses. The same code can be written as
eleven syllables, ten bits each and one to check, which people remember and which any keyboard types.
"""

import re
import secrets
from hashlib import sha256
from typing import Final

from hamrong.kernel.codes import ALPHABET, check_character
from hamrong.kernel.seal.derive import derive
from hamrong.kernel.vietnamese import fold

CHARACTERS: Final = 21
LOOKUP: Final = 16
SYLLABLES: Final = 11
_ONSETS: Final = "b c d h k l m n p r s t v x th nh"
_RHYMES: Final = (
    "a ai am an ang anh ao at au ay ac ap e em en eo et ep ec eng i im in inh it ip iu ich ing ia o oi om on ong ot op"
    " oc oa oe u ui um un ung ut up uc ua ue uy y ieu iem ien iet iep ieng uoi uom uon uong uot uoc"
)
_WORDS: Final = tuple(onset + rhyme for onset in _ONSETS.split() for rhyme in _RHYMES.split())
_PLACES: Final = {word: place for place, word in enumerate(_WORDS)}
_BITS: Final = 10
_LOOKALIKES: Final = str.maketrans("ILO", "110")


def new_code() -> str:
    """A fresh code: `XXXX-XXXX-XXXX-XXXX-XXXX-C`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS - 1))
    return shown(body + check_character(body))


def shown(plain: str) -> str:
    """The 21 characters in groups of four."""
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def spoken(code: str) -> str:
    """The code as eleven syllables without diacritics; the last one checks the others."""
    number = _number(code.replace("-", "")[:-1])
    places = [number >> shift & 1023 for shift in range((SYLLABLES - 2) * _BITS, -1, -_BITS)]
    return " ".join(_WORDS[place] for place in [*places, _check(number)])


def _number(body: str) -> int:
    number = 0
    for character in body:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number


def _check(number: int) -> int:
    return int.from_bytes(sha256(b"follow-up/v1/spoken" + number.to_bytes(13, "big")).digest()[:2], "big") & 1023


def _of_syllables(said: list[str]) -> str | None:
    if len(said) != SYLLABLES or not all(word in _PLACES for word in said):
        return None
    number = 0
    for word in said[:-1]:
        number = number << _BITS | _PLACES[word]
    if _PLACES[said[-1]] != _check(number):
        return None
    body = "".join(ALPHABET[number >> shift & 31] for shift in range((CHARACTERS - 2) * 5, -1, -5))
    return shown(body + check_character(body))


def read(text: str) -> str | None:
    """A code as a person typed or pasted it, characters or syllables, in its one form; None for any slip.

    Whatever stands between them (dashes, dots, what messengers add unseen) is no part of it.
    """
    said = _of_syllables(fold(text).split())
    if said is not None:
        return said
    plain = re.sub("[^0-9A-Z]", "", text.upper()).translate(_LOOKALIKES)
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
