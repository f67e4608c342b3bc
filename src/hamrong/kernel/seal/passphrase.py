"""A private seed under a passphrase: Argon2id (RFC 9106) makes the key, so that guessing costs memory and time.

version(1) ‖ passes(1) ‖ lanes(1) ‖ MiB(2) ‖ salt(16) ‖ what is sealed. The costs stand in front, so they can be raised.
Version 1 opens with the passphrase alone; version 2 with the passphrase and a security key (`tokens`), never with less.
"""

import secrets
import threading
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from hamrong.kernel.seal import aead, tokens
from hamrong.kernel.seal.bound import VERSION, Broken, versioned

WITH_TOKEN: Final = b"\x02"
SALT: Final = 16
_HEAD: Final = 4
_MOST_MEBIBYTES: Final = 1024
"""More than any cost of ours: somebody who changes a stored one cannot make the server give up its memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess takes."""

    passes: int = 3
    lanes: int = 4
    mebibytes: int = 64

    def head(self) -> bytes:
        return bytes([self.passes, self.lanes]) + self.mebibytes.to_bytes(2, "big")


USUAL: Final = Cost()

ALONE: Final = threading.Lock()
"""One derivation at a time in a process. OpenSSL gives its lanes threads of one pool, and two derivations that share
it wait for each other for ever; it keeps a storm of tries from taking the server's memory, too."""


def lock(secret: bytes, passphrase: str, about: bytes, cost: Cost = USUAL, part: bytes = b"") -> bytes:
    """The secret under a passphrase, bound to its owner (`about`); with the `part` of its tokens, under both."""
    head = (WITH_TOKEN if part else VERSION) + cost.head() + secrets.token_bytes(SALT)
    return head + aead.seal(_key(passphrase, head, about, part), secret, about + head)


def unlock(locked: bytes, passphrase: str, about: bytes, part: bytes = b"") -> bytes:
    """The secret; `Broken` where the passphrase or anything else is wrong, or a part is missing or not asked for."""
    if needs_token(locked) != bool(part):
        raise Broken("a part where none belongs, or none where one does")
    versioned(locked, _HEAD + SALT, WITH_TOKEN if part else VERSION)
    head, rest = locked[: 1 + _HEAD + SALT], locked[1 + _HEAD + SALT :]
    return aead.unseal(_key(passphrase, head, about, part), rest, about + head)


def needs_token(locked: bytes) -> bool:
    """Whether the passphrase alone does not open it."""
    return locked[:1] == WITH_TOKEN


def _key(passphrase: str, head: bytes, about: bytes, part: bytes) -> bytes:
    stretched = _stretched(passphrase, head)
    return tokens.combined(stretched, part, about + head) if part else stretched


def _stretched(passphrase: str, head: bytes) -> bytes:
    """One form for every way to type a letter with its marks (NFC), without the blanks around it."""
    passes, lanes, mebibytes = head[1], head[2], int.from_bytes(head[3:5], "big")
    if not (1 <= passes <= 16 and 1 <= lanes <= 16 and 1 <= mebibytes <= _MOST_MEBIBYTES):
        raise Broken("costs are out of range")
    typed = unicodedata.normalize("NFC", passphrase.strip()).encode()
    memory = mebibytes * 1024
    with ALONE:
        return Argon2id(salt=head[5:], length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(typed)
