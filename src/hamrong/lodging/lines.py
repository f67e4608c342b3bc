"""From checked notifications to lines of COPY: the same columns as `columns.py`, for many rows at a time."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
import uuid_utils

from hamrong.identity.keys import vault
from hamrong.kernel import codes
from hamrong.law import Deadline
from hamrong.lodging import receipts
from hamrong.lodging.columns import document_key, document_type
from hamrong.lodging.issues import mask
from hamrong.lodging.shapes import Checked, Stay

STAGED: Final[Sequence[str]] = (
    "id", "night", "kind", "full_name", "name_key", "name_mrz", "sex", "birth", "nationality", "document_type",
    "document_sealed", "document_index", "document_hint", "document_issuer", "document_expires_on", "residence",
    "residence_area", "arrival_at", "planned_departure_at", "room", "reason", "reason_text", "permitted_until",
    "guardian", "phone_sealed", "client_ref", "capture", "captured_at", "device", "deadline_strict", "deadline_legal",
    "on_time", "law_version", "warnings", "row", "receipt", "salt",
)  # fmt: skip
"""The columns of `lodging_stay` that differ between rows, in the order of a line; `commitment` follows them."""

SALT: Final = 16
REMEMBERED: Final = 1000
_NULL: Final = "\\N"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Staged(NamedTuple):
    """A row on its way in: where it stands in its batch, what it will be called, what its receipt commits to."""

    row: int
    checked: Checked
    id: UUID
    receipt: str
    commitment: bytes
    line: str


class _Content(msgspec.Struct):
    """`columns.content` with its keys in the order of RFC 8785, so that plain JSON is the canonical one."""

    arrival_at: str
    birth: str
    document: str
    document_type: str
    full_name: str
    nationality: str
    planned_departure_at: str
    reason: str
    room: str
    sex: str
    state: str = "notified"


_ENCODE: Final = msgspec.json.Encoder().encode


def content_bytes(stay: Stay, key: bytes) -> bytes:
    """The canonical JSON of `columns.content`, many times as fast."""
    return _ENCODE(
        _Content(
            _instant(stay.arrival_at), stay.birth, key.hex(), document_type(stay), stay.full_name, stay.nationality,
            _instant(stay.planned_departure_at), stay.reason_code, stay.room, stay.sex,
        )
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _instant(moment: datetime) -> str:
    # `Stay` holds instants in UTC: the offset is always the last six characters
    return moment.isoformat(timespec="microseconds")[:-6] + "Z"


class Lines:
    """Makes the lines of one batch; remembers what many rows have in common."""

    def __init__(self) -> None:
        self._vault = vault()
        self._due: dict[int, tuple[Deadline, str]] = {}

    def stage(self, rows: Sequence[tuple[int, Checked]]) -> list[Staged]:
        """Ids, receipt codes, sealed numbers, commitments and lines for rows that are all fit to be kept."""
        given, salts = codes.new_codes(receipts.PREFIX, len(rows)), secrets.token_bytes(SALT * len(rows))
        return [
            self._staged(row, checked, checked.stay, given[at], salts[at * SALT : (at + 1) * SALT])
            for at, (row, checked) in enumerate(rows)
            if checked.stay is not None
        ]

    def _staged(self, row: int, checked: Checked, stay: Stay, code: str, salt: bytes) -> Staged:
        identifier = uuid_utils.uuid7()
        about, key = identifier.bytes, document_key(stay)
        commitment = hashlib.sha256(salt + content_bytes(stay, key)).digest()
        sealed = self._vault.seal(stay.document_number, about) if stay.document_number else None
        phone = self._vault.seal(stay.phone, about) if stay.phone else None
        warned = ",".join(sorted({issue.code for issue in checked.issues})) if checked.issues else ""
        line = "\t".join((
            str(identifier), _day(checked.night), stay.kind, _text(stay.full_name), _text(stay.name_key), stay.name_mrz,
            stay.sex, stay.birth, stay.nationality, document_type(stay),
            _bytes(sealed), _bytes(key), mask(stay.document_number), _text(stay.document_issuer),
            _day(stay.document_expires_on), _text(stay.residence_text),
            stay.residence_area, _instant(stay.arrival_at), _instant(stay.planned_departure_at), _text(stay.room),
            stay.reason_code, _text(stay.reason_text), _day(stay.permitted_until),
            _text(stay.guardian_ref), _bytes(phone), _text(stay.client_ref), stay.capture_method,
            _NULL if stay.captured_at is None else str(stay.captured_at), _text(stay.device_id), self._judged(checked),
            f"{{{warned}}}", str(row), code, _bytes(salt), _bytes(commitment),
        ))  # fmt: skip
        return Staged(row, checked, UUID(bytes=about), code, commitment, line)

    def _judged(self, checked: Checked) -> str:
        """The deadlines, whether they were met, and the version of the law: the same few for all rows of a night."""
        due = checked.deadline
        known = self._due.get(id(due))
        if known is None:
            if len(self._due) >= REMEMBERED:
                self._due.clear()
            # the deadline is kept with its text, so that its identity stays its own
            known = self._due[id(due)] = (due, f"{due.strict}\t{due.legal}")
        return f"{known[1]}\t{'t' if checked.on_time else 'f'}\t{checked.law_version}"


def _text(value: str) -> str:
    return value.translate(_ESCAPES) if "\\" in value or not value.isprintable() else value


def _bytes(value: bytes | None) -> str:
    return _NULL if value is None else "\\\\x" + value.hex()


@lru_cache(maxsize=4096)
def _day(value: date | None) -> str:
    return _NULL if value is None else value.isoformat()
