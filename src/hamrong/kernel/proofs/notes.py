"""Signed notes (C2SP signed-note) and cosignatures of witnesses (C2SP tlog-cosignature), with Ed25519.

A note is a text that ends with a line end, an empty line, and lines `— <name> <base64 of key id and signature>`. Keys
are told as `<name>+<key id, 8 hex digits>+<base64 of a type byte and the 32 bytes of the key>`.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
DASH: Final = "— "
MOST_LINES: Final = 100


class BadNote(ValueError):
    """A text that is no signed note, or a key that is no verifier key; says why."""


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key: of a log (type 1) or of a witness (type 4)."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first 4 bytes of SHA-256(name ‖ LF ‖ type ‖ key)."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.type]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.type]) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of signature, not checked yet."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """The text, with its last line end, and the lines under it."""

    text: str
    lines: tuple[Line, ...]


def read_key(told: str) -> Key:
    """A verifier key from its text; BadNote where name, id or length do not fit, or the type is not known."""
    name, plus, rest = told.strip().partition("+")
    identity, _, encoded = rest.partition("+")
    try:
        raw = from_base64(encoded)
        key = Key(name, raw[0], raw[1:])
    except (ValueError, IndexError) as error:
        raise BadNote(f"no verifier key: {told[:60]!r}") from error
    if not plus or not _is_name(name) or key.type not in (ED25519, COSIGNATURE) or len(key.public) != 32:
        raise BadNote(f"no verifier key: {told[:60]!r}")
    if key.id.hex() != identity:
        raise BadNote(f"the id of {name} is {key.id.hex()}, not {identity[:20]!r}")
    return key


def key_of(name: str, type: int, seed: bytes) -> Key:
    """The verifier key that belongs to a 32-byte seed."""
    return Key(name, type, public_of(seed))


def public_of(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key of a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def read(note: str) -> Note:
    """A note taken apart; BadNote where it is none. Nothing is checked yet."""
    text, gap, under = note.rpartition("\n\n")
    if not gap or not under.endswith("\n") or not text:
        raise BadNote("a note is a text, an empty line and signatures")
    if any(ord(sign) < 0x20 and sign != "\n" for sign in note):
        raise BadNote("a note has no control characters")
    lines = under[:-1].split("\n")
    if len(lines) > MOST_LINES:
        raise BadNote("too many signatures")
    return Note(text + "\n", tuple(map(read_line, lines)))


def read_line(told: str) -> Line:
    """One line of signature; BadNote where it is none."""
    name, _, encoded = told.removeprefix(DASH).partition(" ")
    try:
        raw = from_base64(encoded)
    except ValueError as error:
        raise BadNote(f"no signature: {told[:60]!r}") from error
    if not told.startswith(DASH) or not _is_name(name) or len(raw) < 5:
        raise BadNote(f"no signature: {told[:60]!r}")
    return Line(name, raw[:4], raw[4:])


def from_base64(text: str) -> bytes:
    """What base64 stands for; ValueError for anything but its one form, with padding and without loose bits."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the one form of base64")
    return raw


def written(text: str, lines: Iterable[Line]) -> str:
    """A note from its text and its lines."""
    return text + "\n" + "".join(f"{line}\n" for line in lines)


def sign(text: str, name: str, seed: bytes) -> Line:
    """The signature of a log under a text, which ends with a line end."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return Line(name, key_of(name, ED25519, seed).id, private.sign(text.encode()))


def cosign(text: str, name: str, seed: bytes, time: int) -> Line:
    """The cosignature of a witness that saw the checkpoint at `time`, in Unix seconds."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    stamped = time.to_bytes(8, "big") + private.sign(_cosigned(text, time))
    return Line(name, key_of(name, COSIGNATURE, seed).id, stamped)


def is_signed(note: Note, key: Key) -> bool:
    """Whether a log with this key signed the note: every line of that key is right, and there is one."""
    lines = _of(note, key)
    return key.type == ED25519 and bool(lines) and all(_is_right(key, line.signature, note.text) for line in lines)


def cosigned_at(note: Note, key: Key) -> int | None:
    """When a witness with this key cosigned the note, in Unix seconds; None where it did not."""
    lines = _of(note, key)
    if key.type != COSIGNATURE or len(lines) != 1 or len(lines[0].signature) != 72:
        return None
    time = int.from_bytes(lines[0].signature[:8], "big")
    return time if _is_right(key, lines[0].signature[8:], _cosigned(note.text, time).decode()) else None


def _of(note: Note, key: Key) -> Sequence[Line]:
    return [line for line in note.lines if line.name == key.name and line.key_id == key.id]


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _is_right(key: Key, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(sign.isspace() for sign in name)
