"""The receipt of a draw: what its owner takes home, as a file and as the text of a QR code (plates-protocol.md §4)."""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from hamrong.kernel.canonical import canonical
from hamrong.kernel.proofs.hamrong_verify import WORDS
from hamrong.plates.entries import Entry

HASH: Final = 32
MARK: Final = "/P/"
LARGEST: Final = 1 << 16
VERSION: Final = 1
TAKEN: Final = re.compile(r"[A-Za-z0-9+/]{32,}={0,2}")
LEFT_OUT: Final = re.compile(r"([#$])(\d+);")


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
    """The file for a QR code, in base32, which the code holds in 5½ bits a letter.

    Hashes and signatures are taken out of the text (`#32;` for hexadecimal, `$64;` for base64), the text is packed with
    zlib and the words that every receipt has, and they follow it as they are: two bytes of length, text, hashes.
    """
    taken: list[bytes] = []

    def take(found: re.Match[str]) -> str:
        told = found[0]
        is_hex = len(told) % 2 == 0 and not set(told) - set("0123456789abcdef")
        raw = bytes.fromhex(told) if is_hex else base64.b64decode(told + "=" * (-len(told) % 4))
        again = raw.hex() if is_hex else base64.b64encode(raw).decode()
        if again != told:
            return told
        taken.append(raw)
        return f"{'#' if is_hex else '$'}{len(raw)};"

    text = TAKEN.sub(take, to_file(receipt).decode())
    packer = zlib.compressobj(9, zlib.DEFLATED, zdict=WORDS)
    packed = packer.compress(text.encode()) + packer.flush()
    return base64.b32encode(len(packed).to_bytes(2, "big") + packed + b"".join(taken)).decode().rstrip("=")


def read(given: str | bytes) -> Receipt:
    """A receipt from its file, from the text of its QR code, or from the address that this is a part of.

    `Unreadable` for anything else. What is read is only well formed: whether it is true, `verify` says.
    """
    text = given.decode("utf-8", "replace") if isinstance(given, bytes) else given
    text = text.strip().removeprefix("\ufeff")
    try:
        return _from_file(text) if text.startswith("{") else _from_code(text)
    except (KeyError, TypeError, ValueError, IndexError, RecursionError, zlib.error) as problem:
        raise Unreadable(str(problem)) from problem


def _from_code(text: str) -> Receipt:
    code = text.upper().rpartition(MARK)[2]
    raw = base64.b32decode(code + "=" * (-len(code) % 8))
    end = int.from_bytes(raw[:2], "big") + 2
    text = zlib.decompressobj(zdict=WORDS).decompress(raw[2:end], LARGEST).decode()
    rest = BytesIO(raw[end:])

    def put_back(found: re.Match[str]) -> str:
        content = rest.read(int(found[2]))
        return content.hex() if found[1] == "#" else base64.b64encode(content).decode()

    receipt = _from_file(LEFT_OUT.sub(put_back, text))
    if to_code(receipt) != code:
        raise ValueError("not the one code of this receipt")
    return receipt


def _from_file(text: str) -> Receipt:
    if "\\u0000" in text:
        raise ValueError("no text of the log has this character")
    told = json.loads(text)
    if told["v"] != VERSION:
        raise ValueError(f"version {told['v']!r}")
    return Receipt(
        request=_object(told["request"]), batch_path=_hashes(told["batch_path"]), seal=_object(told["seal"]),
        seal_index=_whole(told["seal_index"]), log_path=_hashes(told["log_path"]), checkpoint=_text(told["checkpoint"]),
        draw=_object(told["draw"]), signature=base64.b64decode(told["signature"], validate=True),
    )  # fmt: skip


def _hashes(told: Any) -> tuple[bytes, ...]:
    hashes = tuple(map(bytes.fromhex, told))
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
