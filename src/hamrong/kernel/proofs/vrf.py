"""Verifiable random function ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, suite 0x03), on libsodium's group operations."""

import hashlib
from functools import cache
from typing import Final

from nacl import bindings as sodium

SUITE: Final = b"\x03"
PROOF: Final = 80
OUTPUT: Final = 64
SECRET: Final = 32
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_TRIES: Final = 256


def public_key(secret: bytes) -> bytes:
    """The 32-byte public key of a 32-byte secret, the same as Ed25519's."""
    return _keyed(secret)[2]


def prove(secret: bytes, alpha: bytes) -> bytes:
    """The proof, 80 bytes, of the one output that belongs to this secret and alpha (RFC 9381 §5.1)."""
    x, prefix, public = _keyed(secret)
    h = encode_to_curve(public, alpha)
    gamma = sodium.crypto_scalarmult_ed25519_noclamp(x, h)
    k = sodium.crypto_core_ed25519_scalar_reduce(hashlib.sha512(prefix + h).digest())
    u, v = sodium.crypto_scalarmult_ed25519_base_noclamp(k), sodium.crypto_scalarmult_ed25519_noclamp(k, h)
    c = _challenge(public, h, gamma, u, v)
    s = sodium.crypto_core_ed25519_scalar_add(k, sodium.crypto_core_ed25519_scalar_mul(c, x))
    return gamma + c[:16] + s


def proof_to_hash(proof: bytes) -> bytes:
    """The output of a proof, 64 bytes, without checking it (RFC 9381 §5.2); ValueError where it is no proof."""
    if len(proof) != PROOF or not sodium.crypto_core_ed25519_is_valid_point(proof[:32]):
        raise ValueError("not a proof")
    # eight times a point, without a scalar that libsodium would reduce
    point = proof[:32]
    for _ in range(3):
        point = sodium.crypto_core_ed25519_add(point, point)
    return hashlib.sha512(SUITE + b"\x03" + point + b"\x00").digest()


def verify(public: bytes, alpha: bytes, proof: bytes) -> bytes | None:
    """The output, 64 bytes, where the proof is right for this key and alpha; else None, never an error (§5.3).

    Stricter than the RFC: key and gamma must be canonical and in the subgroup of prime order, so that all verifiers,
    whatever library they use, say the same.
    """
    if len(public) != 32 or len(proof) != PROOF or not (_is_sound(public) and _is_sound(proof[:32])):
        return None
    gamma, c, s = proof[:32], proof[32:48] + bytes(16), proof[48:]
    if int.from_bytes(s, "little") >= _ORDER:
        return None
    try:
        h = encode_to_curve(public, alpha)
        u = _minus(sodium.crypto_scalarmult_ed25519_base_noclamp(s), c, public)
        v = _minus(sodium.crypto_scalarmult_ed25519_noclamp(s, h), c, gamma)
    except (RuntimeError, ValueError):  # a sum that is the neutral element, which no honest proof leads to
        return None
    return proof_to_hash(proof) if _challenge(public, h, gamma, u, v) == c else None


def _is_sound(point: bytes) -> bool:
    """On the curve, canonical, and in the subgroup of prime order without its neutral element."""
    return bool(sodium.crypto_core_ed25519_is_valid_point(point))


def _minus(point: bytes, c: bytes, other: bytes) -> bytes:
    return sodium.crypto_core_ed25519_sub(point, sodium.crypto_scalarmult_ed25519_noclamp(c, other))


def encode_to_curve(public: bytes, alpha: bytes) -> bytes:
    """The point of alpha: try and increment with the public key as salt (RFC 9381 §5.4.1.1)."""
    for counter in range(_TRIES):
        tried = hashlib.sha512(SUITE + b"\x01" + public + alpha + bytes([counter]) + b"\x00").digest()[:32]
        point = _cleared(tried)
        if point is not None:
            return point
    raise ValueError("no point was found, which happens once in 2 to the power 256")


def _cleared(tried: bytes) -> bytes | None:
    try:
        doubled = sodium.crypto_core_ed25519_add(tried, tried)
    except Exception:
        return None
    doubled = sodium.crypto_core_ed25519_add(doubled, doubled)
    return sodium.crypto_core_ed25519_add(doubled, doubled)


@cache
def _keyed(secret: bytes) -> tuple[bytes, bytes, bytes]:
    """What follows from the secret alone: its scalar, the prefix of its nonces, the public key."""
    digest = bytearray(hashlib.sha512(secret).digest())
    digest[0] &= 248
    digest[31] = digest[31] & 63 | 64
    x = int.to_bytes(int.from_bytes(digest[:32], "little") % _ORDER, 32, "little")
    return x, bytes(digest[32:]), sodium.crypto_scalarmult_ed25519_base_noclamp(x)


def _challenge(*points: bytes) -> bytes:
    digest = hashlib.sha512(SUITE + b"\x02" + b"".join(points) + b"\x00").digest()
    return digest[:16] + bytes(16)
