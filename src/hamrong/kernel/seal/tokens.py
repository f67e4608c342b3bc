"""A security key beside the passphrase: what it answers (WebAuthn PRF) and the passphrase's key become one (HKDF).

The browser asks the token for the PRF of a salt (WebAuthn Level 3 §10.1.4, over CTAP's `hmac-secret`): 32 bytes that
nobody can compute without the token. They are a secret with full entropy, so HKDF-SHA-256 (RFC 5869) makes keys of it.

A lock has one *part* of 32 random bytes. It is wrapped once for each token, under HKDF(answer), and the private seed
lies under HKDF(Argon2id(passphrase) ‖ part). So each token is enough beside the passphrase, none is without it, and
another passphrase needs one of the tokens at hand, not the spare in the safe.
"""

from typing import Final

from hamrong.kernel.seal import aead
from hamrong.kernel.seal.bound import Broken, bound
from hamrong.kernel.seal.derive import derive

ANSWER: Final = 32
"""Bytes of a PRF's answer."""

SALT: Final = 32
"""Bytes of what it is asked for; public, and another one for every key and token."""

PART: Final = 32


def new_part() -> bytes:
    """What the tokens of one lock have in common; it is never stored open."""
    return aead.new_key()


def wrap(part: bytes, answer: bytes, about: bytes) -> bytes:
    """The part for one token: sealed under what that token answers, bound to lock and credential (`about`)."""
    return aead.seal(_own(answer, about), part, _of_token(about))


def unwrap(wrapped: bytes, answer: bytes, about: bytes) -> bytes:
    """The part again; `Broken` where it is another token, another lock, or was changed."""
    return aead.unseal(_own(answer, about), wrapped, _of_token(about))


def combined(stretched: bytes, part: bytes, about: bytes) -> bytes:
    """The key of the lock: HKDF(Argon2id(passphrase) ‖ part), 32 bytes each; `about` names version, key and costs."""
    if len(stretched) != aead.KEY or len(part) != PART:
        raise Broken("both halves have 32 bytes")
    return derive(stretched + part, bound("lock/v2/key", about))


def _own(answer: bytes, about: bytes) -> bytes:
    if len(answer) != ANSWER:
        raise Broken("a token answers 32 bytes")
    return derive(answer, bound("token/v1/key", about))


def _of_token(about: bytes) -> bytes:
    return bound("token/v1", about)
