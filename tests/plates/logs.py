"""A plate log as files, made from the protocol alone, without the system: to be checked, and to be tampered with."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hamrong.kernel.documents.plates import written
from hamrong.kernel.proofs import checkpoints, merkle, notes, tiles, vrf
from hamrong.plates import entries, numbers, rules
from hamrong.plates.numbers import Run
from hamrong.plates.publickeys import PublicKeys, Witness
from hamrong.plates.remaining import Remaining
from tests.plates.beacons import a_beacon, a_round

ORIGIN = "hamrong.example/38/plates"
RECORD = "hamrong.example/38/audit"
START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def seed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def public_keys() -> PublicKeys:
    names = {"thanh-tra.example": False, "hdnd.example": False, "tinh-khac.example": True}
    witnesses = {
        name: Witness(notes.key_of(name, notes.COSIGNATURE, seed(name)), vrf.public_key(seed(f"vrf {name}")), outside)
        for name, outside in names.items()
    }
    return PublicKeys(
        notes.key_of(ORIGIN, notes.ED25519, seed("log")), notes.public_of(seed("receipts")),
        vrf.public_key(seed("draw")), vrf.public_key(seed("vehicle")), witnesses, {a_beacon().chain: a_beacon()},
        (notes.key_of(RECORD, notes.ED25519, seed("record")),), (notes.public_of(seed("lodging")),),
    )  # fmt: skip


@dataclass
class Log:
    """Entries in order, files of numbers, and the cosigned checkpoint of each seal; `write` puts them into a folder."""

    data: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    seals: dict[int, str] = field(default_factory=dict)
    left: Remaining = field(default_factory=Remaining)
    events: int = 0
    seq: int = 0

    def raw(self) -> list[bytes]:
        return [entries.written(each) for each in self.data]

    def happen(self, type_: str, *runs: Run) -> None:
        file = numbers.write(runs)
        self.files[numbers.name_of(file)] = file
        self.events += 1
        if type_ in ("pool.open", "pool.return", "pool.release"):
            self.left.give(runs)
        elif type_ not in ("pool.issue", "pool.hold"):
            self.left.take(runs)
        self.data.append(
            dict(
                entries.event(
                    pool="36-car", event=self.events, type=type_, basis="36/2024/QH15 Đ37", document="QĐ 1", note="",
                    on=START.date(), by="38", file=numbers.name_of(file), count=numbers.count(runs),
                    remaining=len(self.left),
                )
            )
        )  # fmt: skip

    def batch(
        self, count: int, source: str = "server", *, late: bool = False,
        names: tuple[str, ...] = ("thanh-tra.example", "hdnd.example"),
    ) -> None:  # fmt: skip
        """A whole batch: requests, seal, checkpoint with cosignatures, draws."""
        first, at = self.seq + 1, START + timedelta(minutes=len(self.data))
        requests = [
            entries.request(
                pool="36-car", seq=first + place, office="16531", nonce=secrets.token_bytes(16),
                nullifier=secrets.token_bytes(32), commit=secrets.token_bytes(32),
            )
            for place in range(count)
        ]  # fmt: skip
        self.seq += count
        names = names if source == "witness" else ()
        round_ = a_beacon().first_after(at, 3) if source.startswith("drand") else 0
        seal = entries.seal(
            pool="36-car", first=first, requests=[entries.written(each) for each in requests], at=at, source=source,
            round=round_, witnesses=names, epoch=1,
        )  # fmt: skip
        self.data += [dict(each) for each in (*requests, seal)]
        index = len(self.data) - 1
        self.seals[index] = self._cosigned(int(at.timestamp()) + (60 if late else 1))
        self._drawn(requests, seal, index, names, round_, "C" if late or source == "server" else "A" if round_ else "B")

    def cosigned_now(self) -> str:
        """A checkpoint over everything, that all witnesses saw."""
        return self._cosigned(int(START.timestamp()) + 36_000)

    def _cosigned(self, time: int) -> str:
        raw = self.raw()
        text = checkpoints.Checkpoint(ORIGIN, len(raw), merkle.root(raw)).text()
        lines = [notes.sign(text, ORIGIN, seed("log"))]
        return notes.written(
            text, [*lines, *(notes.cosign(text, name, seed(name), time) for name in public_keys().witnesses)]
        )

    def _drawn(self, requests: Any, seal: Any, index: int, names: tuple[str, ...], round_: int, level: str) -> None:
        told, w = b"", rules.NO_VALUE
        if round_:
            told = a_round(round_)
            w = rules.beacon_value(told)
        elif names:
            alpha = rules.witness_alpha(merkle.leaf(entries.written(seal)))
            proofs = [vrf.prove(seed(f"vrf {name}"), alpha) for name in names]
            told, w = b"".join(proofs), rules.witness_value([vrf.proof_to_hash(proof) for proof in proofs])
        for request in requests:
            proof = vrf.prove(seed("draw"), rules.alpha(merkle.leaf(entries.written(request)), w))
            n = len(self.left)
            k = rules.rank(vrf.proof_to_hash(proof), n)
            series, value = self.left.kth(k)
            self.left.take([Run(series, value, value)])
            number = written(series, value)
            self.data.append(
                dict(
                    entries.draw(
                        pool="36-car", seq=request["seq"], seal=index, value=told, proof=proof, n=n, k=k, number=number,
                        level=level,
                    )
                )
            )  # fmt: skip

    def write(self, folder: Path, key: bytes | None = None, origin: str = ORIGIN) -> Path:
        """The folder as it is published, signed as whoever has the log's key can sign it; answers the keys' file."""
        raw = self.raw()
        levels = [[merkle.leaf(each) for each in raw]]
        while len(levels[-1]) >= tiles.WIDTH:
            whole = levels[-1]
            levels.append([merkle.reduced(whole[at : at + 256]) for at in range(0, len(whole) - 255, 256)])
        for level, hashes in enumerate(levels):
            for at in range(0, len(hashes), 256):
                put(
                    folder / tiles.tile_path(str(level), at // 256, len(hashes[at : at + 256])),
                    b"".join(hashes[at : at + 256]),
                )
        for at in range(0, len(raw), 256):
            put(
                folder / tiles.tile_path("entries", at // 256, len(raw[at : at + 256])),
                tiles.bundle(raw[at : at + 256]),
            )
        text = checkpoints.Checkpoint(origin, len(raw), merkle.root(raw)).text()
        put(folder / "checkpoint", notes.written(text, [notes.sign(text, origin, key or seed("log"))]).encode())
        for name, file in self.files.items():
            put(folder / "files" / name, file)
        for index, note in self.seals.items():
            put(folder / "seals" / str(index), note.encode())
        put(folder / "keys.json", public_keys().written())
        return folder / "keys.json"


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def a_log() -> Log:
    """Every kind of event and every level, in some 40 entries."""
    log = Log()
    log.happen("pool.open", Run("36A", 1, 99_999), Run("36B", 1, 99_999))
    log.happen("pool.set-aside", Run("36A", 5_000, 7_999), Run("36B", 88_888, 88_888))
    log.batch(3)
    log.happen("pool.return", Run("36A", 5_000, 5_999))
    log.happen("pool.issue", Run("36B", 88_888, 88_888))
    log.batch(4, "witness")
    log.batch(2, f"drand:{a_beacon().chain}")
    log.batch(2, f"drand:{a_beacon().chain}", late=True)
    log.happen("pool.recall", Run("36A", 1, 10))
    log.batch(1, "witness")
    return log


def a_receipt(log: Log, seq: int) -> dict[str, Any]:
    """The receipt of a place, as a file says it."""
    draw = next(each for each in log.data if each["type"] == "draw" and each["seq"] == seq)
    index = draw["seal"]
    seal, raw = log.data[index], log.raw()
    batch = raw[index - seal["count"] : index]
    place = seq - seal["first"]
    size = checkpoints.read(notes.read(log.seals[index]).text).size
    signature = Ed25519PrivateKey.from_private_bytes(seed("receipts")).sign(rules.RECEIPT + entries.written(draw))
    return {
        "batch_index": place, "batch_path": [each.hex() for each in merkle.path(batch, place)],
        "checkpoint": log.seals[index], "draw": draw,
        "log_path": [each.hex() for each in merkle.path(raw[:size], index)],
        "request": json.loads(batch[place]), "seal": seal, "seal_index": index,
        "signature": base64.b64encode(signature).decode(), "v": 1,
    }  # fmt: skip
