"""Key pairs of people: ML-KEM-768 together with X25519, so that both must fall before one does."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from hamrong.kernel.seal.aead import new_key
from hamrong.kernel.seal.bound import VERSION, Broken, versioned
from hamrong.kernel.seal.derive import derive

SEED: Final = 32
_LATTICE_SEED: Final = 64
_LATTICE: Final = 1184
_CURVE: Final = 32
PUBLIC: Final = 1 + _LATTICE + _CURVE


@dataclass(frozen=True, slots=True)
class Pair:
    """A private seed of 32 bytes, from which everything follows, and the public key of 1,217 bytes."""

    seed: bytes
    public: bytes


def new_pair() -> Pair:
    """A fresh pair."""
    return pair_of(new_key())


def pair_of(seed: bytes) -> Pair:
    """The pair of a seed: the same one every time."""
    lattice, curve = _halves(seed)
    return Pair(seed, VERSION + lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())


def private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """What opens envelopes."""
    return MLKEM768X25519PrivateKey(*_halves(seed))


@lru_cache(maxsize=512)
def public_key(public: bytes) -> MLKEM768X25519PublicKey:
    """What envelopes are made with; `Broken` where the bytes are none. Kept: a report needs some of them twice."""
    rest = versioned(public, _LATTICE + _CURVE)
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(rest[:_LATTICE]), X25519PublicKey.from_public_bytes(rest[_LATTICE:])
        )
    except ValueError as error:
        raise Broken("not a public key") from error


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(seed) != SEED:
        raise ValueError("a seed has 32 bytes")
    lattice = derive(seed, "pair/v1/ml-kem-768", _LATTICE_SEED)
    curve = derive(seed, "pair/v1/x25519", _CURVE)
    return MLKEM768PrivateKey.from_seed_bytes(lattice), X25519PrivateKey.from_private_bytes(curve)
