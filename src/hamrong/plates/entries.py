"""Entries of the public log: the exact bytes that are hashed, published and replayed (docs/plates-protocol.md §1)."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from hamrong.kernel.canonical import canonical
from hamrong.kernel.proofs import merkle

LOG: Final = "plates"
Entry = Mapping[str, Any]
EventType = Literal[
    "pool.open", "pool.add", "pool.set-aside", "pool.return", "pool.hold", "pool.release", "pool.issue", "pool.recall"
]
TAKES: Final = frozenset({"pool.set-aside", "pool.hold", "pool.issue", "pool.recall"})
"""Events whose numbers do not remain afterwards; the others give numbers to what remains."""


def event(
    *, pool: str, event: int, type: EventType, basis: str, document: str, note: str, on: date, by: str, file: str,
    count: int, remaining: int,
) -> Entry:  # fmt: skip
    """Something that happened to a pool; `file` names its numbers, `remaining` counts what is left afterwards."""
    return {
        "basis": basis, "by": by, "count": count, "document": document, "event": event, "file": file, "note": note,
        "on": on.isoformat(), "pool": pool, "remaining": remaining, "type": type,
    }  # fmt: skip


def request(*, pool: str, seq: int, office: str, nonce: bytes, nullifier: bytes, commit: bytes) -> Entry:
    """An owner's draw is due. `nonce` 16 bytes, `nullifier` and `commit` 32 bytes."""
    return {
        "commit": commit.hex(), "nonce": nonce.hex(), "nullifier": nullifier.hex(), "office": office, "pool": pool,
        "seq": seq, "type": "request",
    }  # fmt: skip


def seal(
    *, pool: str, first: int, requests: Sequence[bytes], at: datetime, source: str, round: int,
    witnesses: Sequence[str], epoch: int,
) -> Entry:  # fmt: skip
    """Ends a batch: `requests` are the bytes of its entries in their order, `at` an instant (told to the second)."""
    return {
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "count": len(requests), "epoch": epoch,
        "first": first, "pool": pool, "root": merkle.root(requests).hex(), "round": round, "source": source,
        "type": "seal", "witnesses": list(witnesses),
    }  # fmt: skip


def remark(*, pool: str, seal: int, at: datetime, by: str, text: str) -> Entry:
    """What the office says about a batch that waited too long. `seal` is the seal's index in the log."""
    return {
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "by": by, "pool": pool, "seal": seal, "text": text,
        "type": "remark",
    }  # fmt: skip


def draw(
    *, pool: str, seq: int, seal: int, value: bytes, proof: bytes, n: int, k: int, number: str, level: str
) -> Entry:
    """A number: the k-th of the n that remained. `seal` is the index of the seal in the log."""
    return {
        "k": k, "level": level, "n": n, "number": number, "pool": pool, "proof": base64.b64encode(proof).decode(),
        "seal": seal, "seq": seq, "type": "draw", "value": base64.b64encode(value).decode(),
    }  # fmt: skip


def written(entry: Entry) -> bytes:
    """The bytes of an entry: canonical JSON."""
    return canonical(dict(entry))


def read(data: str) -> Entry:
    """An entry from its bytes as text."""
    entry: Entry = json.loads(data)
    return entry
