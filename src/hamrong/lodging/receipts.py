"""Receipts: what the police acknowledged, signed (Ed25519, RFC 8032), for anybody to verify, without personal data."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Literal
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hamrong.kernel import codes
from hamrong.kernel.canonical import canonical

PREFIX: Final = "LT"
Kind = Literal["stay", "nil", "batch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a receipt says. `commitment` = SHA-256(salt ‖ canonical content): bound to content that it does not show."""

    code: str
    kind: Kind
    establishment: str
    night: date
    received_at: datetime
    deadline_strict: datetime | None
    deadline_legal: datetime | None
    on_time: bool
    law_version: str
    version: int
    count: int
    commitment: bytes
    subject: UUID
    batch: UUID | None = None


def new_code() -> str:
    """A random code of 75 bits and a check character: `LT-XXXX-XXXX-XXXX-XXXX`."""
    return codes.new_code(PREFIX)


def read_code(text: str) -> str | None:
    """A code as typed by a person, in its one form; None where it is none."""
    return codes.read_code(PREFIX, text)


def instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with microseconds, or None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if moment else None


def statement(facts: Facts) -> dict[str, Any]:
    """The signed text as JSON values; the same facts always give the same statement."""
    return {
        "v": 1,
        "kind": facts.kind,
        "code": facts.code,
        "establishment": facts.establishment,
        "night": facts.night.isoformat(),
        "received_at": instant(facts.received_at),
        "deadline": {"strict": instant(facts.deadline_strict), "legal": instant(facts.deadline_legal)},
        "on_time": facts.on_time,
        "law": facts.law_version,
        "version": facts.version,
        "count": facts.count,
        "commitment": facts.commitment.hex(),
    }


def commitment(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """SHA-256(salt ‖ RFC 8785 JSON of the content)."""
    return hashlib.sha256(salt + canonical(dict(content))).digest()


def key_id(public: Ed25519PublicKey) -> str:
    """The first 8 hex characters of SHA-256 over the raw public key: names the key on a receipt."""
    return hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:8]


class Signer:
    """The signing key of the house, from its 32-byte seed. Ed25519 is deterministic: same receipt, same signature."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key()
        self.key = key_id(self.public)

    def signed(self, facts: Facts) -> dict[str, Any]:
        """The receipt as it is handed out: `{statement, key, signature}` (base64)."""
        return self.sealed(statement(facts))

    def sealed(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Any statement with its signature, in the same form."""
        return {
            "statement": said,
            "key": self.key,
            "signature": base64.b64encode(self._private.sign(canonical(dict(said)))).decode(),
        }

    def public_text(self) -> str:
        """The public key as base64 of its 32 bytes."""
        return base64.b64encode(self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def verify(receipt: Mapping[str, Any], public: bytes) -> bool:
    """Whether a receipt as handed out was signed with the key of these 32 public bytes; never raises on bad input."""
    try:
        signature = base64.b64decode(str(receipt["signature"]), validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, canonical(receipt["statement"]))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True
