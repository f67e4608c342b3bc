"""ChaCha20-Poly1305 (RFC 8439) under a random nonce: version(1) ‖ nonce(12) ‖ ciphertext ‖ tag(16)."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hamrong.kernel.seal.bound import VERSION, Broken, versioned

KEY: Final = 32
NONCE: Final = 12
TAG: Final = 16


def new_key() -> bytes:
    """A fresh key of 32 bytes."""
    return secrets.token_bytes(KEY)


def seal(key: bytes, content: bytes, about: bytes) -> bytes:
    """Seal bytes to `about` (see `bound`)."""
    return seal_with(key, secrets.token_bytes(NONCE), content, about)


def seal_with(key: bytes, nonce: bytes, content: bytes, about: bytes) -> bytes:
    """Seal under a nonce that is given: for known answers; a nonce never serves twice under one key."""
    return VERSION + nonce + ChaCha20Poly1305(key).encrypt(nonce, content, VERSION + about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """The bytes again; `Broken` where they, the key or `about` are not those of the sealing."""
    rest = versioned(sealed, NONCE + TAG)
    try:
        return ChaCha20Poly1305(key).decrypt(rest[:NONCE], rest[NONCE:], VERSION + about)
    except (InvalidTag, ValueError) as error:
        raise Broken("does not open") from error
