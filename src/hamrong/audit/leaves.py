"""The bytes that an entry is hashed as, made in Python to check what the database made in SQL.

Leaf bytes = RFC 8785 JSON of the entry's fields without personal data; leaf = SHA-256(0x00 ‖ bytes), as in RFC 6962.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring
from uuid import UUID

LEAF = b"\x00"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is stored, with its details where they have not been erased."""

    id: UUID
    stream: str
    stream_seq: int
    prev: bytes
    type: str
    actor: str
    unit: str
    subject: str
    purpose: str
    at: datetime
    commit: bytes
    leaf_hash: bytes
    salt: bytes | None = None
    details: str | None = None


COLUMNS = tuple(name for name in Row.__dataclass_fields__ if name not in {"salt", "details"})
"""The columns of `audit_entry` in the order of `Row`."""


def leaf_bytes(row: Row, number: int | None = None) -> bytes:
    """The bytes of an entry; with `number`, as if it stood at that place of its stream.

    Written out by hand because a verifier reads millions: JSON's own escaping is the one of RFC 8785 for text, and the
    other values need none. A test compares it with the canonical form.
    """
    text = encode_basestring
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"
    return (
        f'{{"actor":{text(row.actor)},"at":"{at}","commit":"{row.commit.hex()}","id":"{row.id}",'
        f'"prev":"{row.prev.hex()}","purpose":{text(row.purpose)},"stream":{text(row.stream)},'
        f'"stream_seq":{row.stream_seq if number is None else number},"subject":{text(row.subject)},'
        f'"type":{text(row.type)},"unit":{text(row.unit)}}}'
    ).encode()


def leaf_hash(row: Row, number: int | None = None) -> bytes:
    """SHA-256(0x00 ‖ leaf bytes), 32 bytes."""
    return hashlib.sha256(LEAF + leaf_bytes(row, number)).digest()
