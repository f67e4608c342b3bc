"""The rules of a draw: what is proved over what, which rank follows from it, which level it has, and its course."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from hamrong.kernel.proofs.witness import VALUE

Level = Literal["A", "B", "C"]
OUTPUT_BITS: Final = 512
NO_VALUE: Final = bytes(32)
DRAW: Final = b"hamrong plates draw v1\n"
VEHICLE: Final = b"hamrong plates vehicle v1\n"
RECEIPT: Final = b"hamrong plates receipt v1\n"
SERVER: Final = "server"
LOCAL: Final = "witness"
BEACON: Final = "drand:"
LEAST_WITNESSES: Final = 2
"""Local witnesses without whom a draw is not of level B."""


def alpha(request_leaf: bytes, value: bytes) -> bytes:
    """What the server's proof is over: the leaf hash of the request and the value of the seal, 32 bytes each."""
    return DRAW + request_leaf + value


def vehicle_alpha(vehicle: str, turn: int) -> bytes:
    """What the nullifier's proof is over: the vehicle's number, and which of its plates this will be."""
    return VEHICLE + f"{vehicle}\n{turn}".encode()


def witness_alpha(seal_leaf: bytes) -> bytes:
    """What a local witness's proof is over: the leaf hash of the seal, in whatever checkpoint it is shown."""
    return VALUE + seal_leaf


def beacon_value(signature: bytes) -> bytes:
    """The randomness of a round of a beacon: SHA-256 of its signature."""
    return hashlib.sha256(signature).digest()


def witness_value(outputs: Sequence[bytes]) -> bytes:
    """What the proofs of local witnesses decide together, in the order in which the seal names them."""
    return hashlib.sha256(b"".join(outputs)).digest()


def rank(output: bytes, n: int) -> int:
    """The rank, from 1, among n numbers: the output of 64 bytes as a share of all that it could be.

    No value has to be thrown away: the chances of two ranks differ by less than n in 2 to the power 512.
    """
    return (int.from_bytes(output, "big") * n >> OUTPUT_BITS) + 1


def level(source: str, *, timely_outside: int, local: int) -> Level:
    """What a draw can claim.

    `timely_outside`: outside witnesses that cosigned the seal before the time of the beacon's round; `local`: local
    witnesses whose proofs decide.
    """
    if source.startswith(BEACON) and timely_outside >= 1:
        return "A"
    if source == LOCAL and local >= LEAST_WITNESSES:
        return "B"
    return "C"


@dataclass(frozen=True, slots=True)
class Beacon:
    """A public beacon with rounds at fixed times (drand, unchained): round 1 is at `genesis`, in Unix seconds."""

    chain: str
    genesis: int
    period: int
    public: bytes

    def time_of(self, round: int) -> int:
        """When a round becomes public, in Unix seconds."""
        return self.genesis + (round - 1) * self.period

    def first_after(self, moment: datetime, margin: float) -> int:
        """The first round at least `margin` seconds after an instant."""
        seconds = moment.timestamp() + margin - self.genesis
        return max(1, -int(-seconds // self.period) + 1)


class Step(NamedTuple):
    """One move of a draw: `role` may do it, under which article, and what has to be there."""

    act: str
    source: str
    target: str
    role: str
    law: str
    needs: tuple[str, ...]


_LAW: Final = "79/2024/TT-BCA Đ7"
STEPS: Final = (
    Step("file", "", "filed", "plate-officer", _LAW, ("vehicle", "owner", "pool")),
    Step("press", "filed", "pressed", "plate-owner", _LAW, ("ticket", "nonce")),
    Step("seal", "pressed", "sealed", "sequencer", _LAW, ("place",)),
    Step("draw", "sealed", "drawn", "sequencer", _LAW, ("value", "proof")),
    Step("void", "filed", "void", "plate-officer", _LAW, ("reason",)),
)
"""The course of a draw. Once pressed there is no way back and no second try: what is pressed will be drawn."""


def step(act: str, state: str) -> Step | None:
    """The move that an act makes in a state; None where there is no such move."""
    return next((each for each in STEPS if each.act == act and each.source == state), None)
