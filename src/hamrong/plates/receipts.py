"""The receipt of a draw: what its owner takes home, as a file and as the text of a QR code (plates-protocol.md §4)."""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hamrong.kernel.canonical import canonical
from hamrong.kernel.proofs import merkle
from hamrong.plates import entries
from hamrong.plates.entries import Entry

MAGIC: Final = b"HR1"
HASH: Final = 32
MARK: Final = "/P/"
FIELDS: Final = 26
VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A draw with its proofs. Paths are hashes of 32 bytes, nearest sibling first; `checkpoint` is a signed note."""

    request: Entry
    batch_path: tuple[bytes, ...]
    seal: Entry
    seal_index: int
    log_path: tuple[bytes, ...]
    checkpoint: str
    draw: Entry
    signature: bytes

    @property
    def batch_index(self) -> int:
        return int(self.request["seq"]) - int(self.seal["first"])


class Unreadable(ValueError):
    """What was given is no receipt; the text says where reading it ended."""


def to_file(receipt: Receipt) -> bytes:
    """The file `.plate.json`: canonical JSON."""
    return canonical({
        "batch_index": receipt.batch_index, "batch_path": [each.hex() for each in receipt.batch_path],
        "checkpoint": receipt.checkpoint, "draw": dict(receipt.draw),
        "log_path": [each.hex() for each in receipt.log_path], "request": dict(receipt.request),
        "seal": dict(receipt.seal), "seal_index": receipt.seal_index,
        "signature": base64.b64encode(receipt.signature).decode(), "v": VERSION,
    })  # fmt: skip


def to_code(receipt: Receipt) -> str:
    """The compact form in base32, capitals without padding: letters that a QR code holds in five and a half bits."""
    request, seal, draw = receipt.request, receipt.seal, receipt.draw
    origin, size, _, _, *lines = receipt.checkpoint.split("\n")
    signatures = "\n".join(line.removeprefix("— ") for line in lines if line)
    fields: Sequence[str | bytes | int] = (
        request["pool"], request["seq"], bytes.fromhex(request["nonce"]), bytes.fromhex(request["nullifier"]),
        bytes.fromhex(request["commit"]), request["office"], seal["first"], seal["count"], b"".join(receipt.batch_path),
        seal["at"], seal["source"], seal["round"], ",".join(seal["witnesses"]), seal["epoch"], receipt.seal_index,
        b"".join(receipt.log_path), origin, size, signatures, base64.b64decode(draw["value"]),
        base64.b64decode(draw["proof"]), draw["n"], draw["k"], draw["number"], draw["level"], receipt.signature,
    )  # fmt: skip
    body = b"".join(map(_field, fields))
    return base64.b32encode(MAGIC + body).decode().rstrip("=")


def _field(value: str | bytes | int) -> bytes:
    raw = value if isinstance(value, bytes) else str(value).encode()
    return len(raw).to_bytes(2, "big") + raw


def read(given: str | bytes) -> Receipt:
    """A receipt from its file, from the text of its QR code, or from the address that this is a part of.

    `Unreadable` for anything else. What is read is only well formed: whether it is true, `verify` says.
    """
    text = given.decode("utf-8", "replace") if isinstance(given, bytes) else given
    text = text.strip().removeprefix("\ufeff")
    try:
        return _from_file(text) if text.startswith("{") else _from_code(text)
    except (KeyError, TypeError, ValueError, IndexError, RecursionError, binascii.Error) as problem:
        raise Unreadable(str(problem)) from problem


def _from_file(text: str) -> Receipt:
    told = json.loads(text)
    if told["v"] != VERSION:
        raise ValueError(f"version {told['v']!r}")
    return Receipt(
        request=_object(told["request"]), batch_path=_hashes(map(bytes.fromhex, told["batch_path"])),
        seal=_object(told["seal"]), seal_index=_whole(told["seal_index"]),
        log_path=_hashes(map(bytes.fromhex, told["log_path"])), checkpoint=_text(told["checkpoint"]),
        draw=_object(told["draw"]), signature=base64.b64decode(told["signature"], validate=True),
    )  # fmt: skip


def _from_code(text: str) -> Receipt:
    code = text.upper().rpartition(MARK)[2]
    raw = base64.b32decode(code + "=" * (-len(code) % 8))
    if raw[:3] != MAGIC:
        raise ValueError("not the text of a receipt")
    fields = list(_fields(raw[3:]))
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields of {FIELDS}")
    return _of_fields(fields)


def _fields(raw: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(raw):
        length = int.from_bytes(raw[place : place + 2], "big")
        place += 2 + length
        if place > len(raw):
            raise ValueError("cut off")
        yield raw[place - length : place]


def _of_fields(fields: Sequence[bytes]) -> Receipt:
    """Entries and roots are made anew from the fields, so that a changed field breaks a signature or a proof."""
    (
        pool, seq, nonce, nullifier, commit, office, first, count, batch, at, source, round_, witnesses, epoch, index,
        log, origin, size, signatures, value, proof, n, k, number, level, signature,
    ) = fields  # fmt: skip
    request = entries.request(
        pool=pool.decode(), seq=int(seq), office=office.decode(), nonce=nonce, nullifier=nullifier, commit=commit
    )
    batch_path, log_path = _hashes(_pieces(batch)), _hashes(_pieces(log))
    root = merkle.root_of_path(entries.written(request), int(seq) - int(first), int(count), batch_path)
    seal = {
        "at": at.decode(), "count": int(count), "epoch": int(epoch), "first": int(first), "pool": pool.decode(),
        "root": root.hex(), "round": int(round_), "source": source.decode(), "type": "seal",
        "witnesses": witnesses.decode().split(",") if witnesses else [],
    }  # fmt: skip
    tree = merkle.root_of_path(entries.written(seal), int(index), int(size), log_path)
    noted = "".join(f"— {line}\n" for line in signatures.decode().split("\n"))
    return Receipt(
        request=request, batch_path=batch_path, seal=seal, seal_index=int(index), log_path=log_path,
        checkpoint=f"{origin.decode()}\n{int(size)}\n{base64.b64encode(tree).decode()}\n\n{noted}",
        draw=entries.draw(
            pool=pool.decode(), seq=int(seq), seal=int(index), value=value, proof=proof, n=int(n), k=int(k),
            number=number.decode(), level=level.decode(),
        ),
        signature=signature,
    )  # fmt: skip


def _pieces(raw: bytes) -> Iterator[bytes]:
    return (raw[start : start + HASH] for start in range(0, len(raw), HASH))


def _hashes(given: Iterator[bytes]) -> tuple[bytes, ...]:
    hashes = tuple(given)
    if any(len(each) != HASH for each in hashes):
        raise ValueError("a path of hashes of 32 bytes")
    return hashes


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("an entry is an object")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("a whole number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("text")
    return value
