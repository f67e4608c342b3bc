"""The public keys that draws, logs and receipts are checked with (plates-protocol.md §5), as the published file."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from hamrong.kernel.canonical import canonical
from hamrong.kernel.proofs.notes import Key, read_key
from hamrong.plates.rules import Beacon

FILE: Final = "plates/keys.json"


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness of the log: its key for cosignatures, its key for values, and whether it is outside of the police."""

    key: Key
    vrf: bytes
    outside: bool

    @property
    def name(self) -> str:
        return self.key.name


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What a verifier trusts. `vehicle` is the key of nullifiers, which nobody but the house can check against.

    `log` is of the log of draws, `logs` of every other public log, `lodging` of receipts of lodging (Ed25519).
    """

    log: Key
    receipts: bytes
    draw: bytes
    vehicle: bytes
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    beacons: Mapping[str, Beacon] = field(default_factory=dict)
    logs: tuple[Key, ...] = ()
    lodging: tuple[bytes, ...] = ()

    def of_log(self, origin: str) -> Key | None:
        """The key of the log whose checkpoints begin with a line; None where none is published."""
        return next((key for key in (self.log, *self.logs) if key.name == origin), None)

    def written(self) -> bytes:
        """The file: canonical JSON."""
        return canonical({
            "beacons": {
                chain: {"genesis": each.genesis, "period": each.period, "public": each.public.hex()}
                for chain, each in self.beacons.items()
            },
            "lodging": [base64.b64encode(each).decode() for each in self.lodging],
            "log": str(self.log), "logs": [str(each) for each in self.logs],
            "receipts": base64.b64encode(self.receipts).decode(),
            "vrf": {"draw": self.draw.hex(), "nullifier": self.vehicle.hex()},
            "witnesses": {
                name: {"outside": each.outside, "vkey": str(each.key), "vrf": each.vrf.hex()}
                for name, each in self.witnesses.items()
            },
        })  # fmt: skip


def read(file: bytes) -> PublicKeys:
    """The keys of a file; ValueError (or KeyError) where it is none."""
    told: Mapping[str, Any] = json.loads(file)
    return PublicKeys(
        log=read_key(told["log"]), receipts=base64.b64decode(told["receipts"], validate=True),
        draw=bytes.fromhex(told["vrf"]["draw"]), vehicle=bytes.fromhex(told["vrf"]["nullifier"]),
        witnesses={
            name: Witness(read_key(each["vkey"]), bytes.fromhex(each["vrf"]), bool(each["outside"]))
            for name, each in told["witnesses"].items()
        },
        beacons={
            chain: Beacon(chain, int(each["genesis"]), int(each["period"]), bytes.fromhex(each["public"]))
            for chain, each in told["beacons"].items()
        },
        logs=tuple(read_key(each) for each in told.get("logs", [])),
        lodging=tuple(base64.b64decode(each, validate=True) for each in told.get("lodging", [])),
    )  # fmt: skip


def published(folder: Path) -> PublicKeys | None:
    """The keys that this installation has published in its public folder; None before it has."""
    file = folder / FILE
    return read(file.read_bytes()) if file.exists() else None
