"""A beacon of our own, with a second implementation of BLS, so that rounds can be made at will."""

import sys
from functools import cache
from hashlib import sha256

from py_ecc.bls.hash_to_curve import hash_to_G1
from py_ecc.bls.point_compression import compress_G1, compress_G2
from py_ecc.optimized_bls12_381 import G2, multiply

from hamrong.plates.rules import Beacon

sys.setrecursionlimit(1000)  # importing py_ecc lifts it so far that a deep recursion would end the process
SECRET = int.from_bytes(sha256(b"a beacon for tests").digest(), "big") >> 2
SUITE = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"


@cache
def a_beacon(genesis: int = 1_700_000_000, period: int = 3) -> Beacon:
    """An unchained beacon with signatures on G1, as quicknet's."""
    high, low = compress_G2(multiply(G2, SECRET))
    return Beacon("ab" * 32, genesis, period, high.to_bytes(48, "big") + low.to_bytes(48, "big"))


@cache
def a_round(round_: int) -> bytes:
    """The signature of a round, 48 bytes."""
    message = sha256(round_.to_bytes(8, "big")).digest()
    return compress_G1(multiply(hash_to_G1(message, SUITE, sha256), SECRET)).to_bytes(48, "big")


class Rounds:
    """A source that knows every round."""

    def signature(self, beacon: Beacon, round: int) -> bytes | None:
        return a_round(round)
