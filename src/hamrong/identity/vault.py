"""Sealing document numbers (AES-256-GCM) and finding them again (HMAC-SHA-256 blind index)."""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

EPOCH = b"\x01"
"""First byte of what is sealed: the number of the key, so that keys can be changed without a flag day."""

NONCE = 12
INDEX_BYTES = 16
BLOCK = 64


class Broken(ValueError):
    """What was to be opened is not what was sealed: changed, moved to another record, or sealed with another key."""


class Vault:
    """Both keys in one place; `documents` is 32 bytes for sealing, `index` 32 bytes for the blind index."""

    def __init__(self, documents: bytes, index: bytes) -> None:
        self._cipher = AESGCM(documents)
        # HMAC (RFC 2104) with the work on the key done once: a fifth of the time for each number
        key = index.ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key))

    def seal(self, number: str, about: bytes) -> bytes:
        """Seal a number to the record `about` (its id)."""
        return self.seal_bytes(number.encode(), about)

    def open(self, sealed: bytes, about: bytes) -> str:
        """The number again; raises `Broken` where the bytes, the record or the key are not the ones of the sealing."""
        return self.open_bytes(sealed, about).decode()

    def seal_bytes(self, content: bytes, about: bytes) -> bytes:
        """Seal a whole file to the record `about` (its id): epoch(1) ‖ nonce(12) ‖ ciphertext ‖ tag(16)."""
        nonce = secrets.token_bytes(NONCE)
        return EPOCH + nonce + self._cipher.encrypt(nonce, content, EPOCH + about)

    def open_bytes(self, sealed: bytes, about: bytes) -> bytes:
        """The file again; raises `Broken` as `open` does."""
        try:
            return self._cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], sealed[:1] + about)
        except (InvalidTag, ValueError) as error:
            raise Broken("what was sealed does not open") from error

    def find(self, number: str) -> bytes:
        """The 16-byte blind index of a number: the same for every way of writing it (case, spaces, dots, dashes)."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(normal(number).encode())
        outer.update(inner.digest())
        return outer.digest()[:INDEX_BYTES]


def normal(number: str) -> str:
    """A document number as it is compared: upper case, letters and digits only."""
    upper = number.upper()
    return upper if upper.isalnum() else "".join(character for character in upper if character.isalnum())
