"""HPKE (RFC 9180), single shot: something small for one key pair. ML-KEM-768 + X25519, HKDF-SHA-256, ChaCha20-Poly1305.

Single-shot HPKE takes no associated data: all binding is in `info` (§8.1 of the RFC says so too).
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from hamrong.kernel.seal.bound import VERSION, Broken, versioned
from hamrong.kernel.seal.keys import private_key, public_key

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
OVERHEAD: Final = 1 + 1120 + 16
"""Version byte, encapsulated key, tag."""


def wrap(content: bytes, public: bytes, about: bytes) -> bytes:
    """Only the owner of `public` can open it, and only as `about`."""
    return VERSION + _SUITE.encrypt(content, public_key(public), VERSION + about)


def unwrap(wrapped: bytes, seed: bytes, about: bytes) -> bytes:
    """The content; `Broken` for another person, another place, or changed bytes."""
    rest = versioned(wrapped, OVERHEAD - 1)
    try:
        return _SUITE.decrypt(rest, private_key(seed), VERSION + about)
    except (InvalidTag, ValueError) as error:
        raise Broken("does not open") from error
