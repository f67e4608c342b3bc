"""From a checked notification to the columns that keep it, and what a receipt commits to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hamrong.identity.keys import vault
from hamrong.lodging import receipts
from hamrong.lodging.issues import mask
from hamrong.lodging.models import Establishment
from hamrong.lodging.models import Stay as Row
from hamrong.lodging.shapes import Checked, Stay

COLUMNS: Final[Sequence[str]] = tuple(str(field.column) for field in Row._meta.concrete_fields if not field.generated)
"""Every column of `lodging_stay` that is written, in the order of its table."""

RECEIPT_COLUMNS: Final[Sequence[str]] = (
    "code",
    "kind",
    "establishment",
    "night",
    "received_at",
    "deadline_strict",
    "deadline_legal",
    "on_time",
    "law_version",
    "version",
    "count",
    "commitment",
    "subject",
    "batch",
    "replaced_by",
    "withdrawn_at",
)

NO_DOCUMENT: Final = "none"


def document_key(stay: Stay) -> bytes:
    """The blind index that a stay is found by: of its number, or of name and birth where a minor has none."""
    return vault().find(stay.document_number or f"{stay.name_key}|{stay.birth}")


def document_type(stay: Stay) -> str:
    return stay.document_type if stay.document_number else NO_DOCUMENT


def content(stay: Stay, key: bytes) -> dict[str, Any]:
    """What a receipt commits to: who was notified, from when until when. The number is in it as its blind index."""
    return {
        "full_name": stay.full_name,
        "sex": stay.sex,
        "birth": stay.birth,
        "nationality": stay.nationality,
        "document_type": document_type(stay),
        "document": key.hex(),
        "arrival_at": receipts.instant(stay.arrival_at),
        "planned_departure_at": receipts.instant(stay.planned_departure_at),
        "room": stay.room,
        "reason": stay.reason_code,
        "state": "notified",
    }


def content_of_row(row: Row) -> dict[str, Any]:
    """The same, of a stay as it is kept."""
    return {
        "full_name": row.full_name,
        "sex": row.sex,
        "birth": row.birth,
        "nationality": row.nationality,
        "document_type": row.document_type,
        "document": bytes(row.document_index).hex(),
        "arrival_at": receipts.instant(row.arrival_at),
        "planned_departure_at": receipts.instant(row.planned_departure_at),
        "room": row.room,
        "reason": row.reason,
        "state": row.state,
    }


def guest_values(stay: Stay, identifier: UUID, key: bytes) -> dict[str, Any]:
    """The columns that say who stays, from when to when; number and telephone sealed to the stay's id."""
    about = identifier.bytes
    return {
        "kind": stay.kind,
        "full_name": stay.full_name,
        "name_key": stay.name_key,
        "name_mrz": stay.name_mrz,
        "sex": stay.sex,
        "birth": stay.birth,
        "nationality": stay.nationality,
        "document_type": document_type(stay),
        "document_sealed": vault().seal(stay.document_number, about) if stay.document_number else None,
        "document_index": key,
        "document_hint": mask(stay.document_number),
        "document_issuer": stay.document_issuer,
        "document_expires_on": stay.document_expires_on,
        "residence": stay.residence_text,
        "residence_area": stay.residence_area,
        "arrival_at": stay.arrival_at,
        "planned_departure_at": stay.planned_departure_at,
        "room": stay.room,
        "reason": stay.reason_code,
        "reason_text": stay.reason_text,
        "permitted_until": stay.permitted_until,
        "guardian": stay.guardian_ref,
        "phone_sealed": vault().seal(stay.phone, about) if stay.phone else None,
    }


def judged_values(checked: Checked) -> dict[str, Any]:
    """The columns that the law and the check decide."""
    return {
        "night": checked.night,
        "deadline_strict": checked.deadline.strict,
        "deadline_legal": checked.deadline.legal,
        "on_time": checked.on_time,
        "law_version": checked.law_version,
        "warnings": sorted({issue.code for issue in checked.issues}),
    }


def stay_values(
    checked: Checked,
    stay: Stay,
    place: Establishment,
    *,
    identifier: UUID,
    key: bytes,
    receipt: str,
    salt: bytes,
    channel: str,
    at: datetime,
    by: str,
    batch: UUID | None = None,
    row: int | None = None,
) -> Sequence[Any]:
    """One value for each of `COLUMNS`."""
    values: Mapping[str, Any] = {
        **guest_values(stay, identifier, key),
        **judged_values(checked),
        "id": identifier,
        "establishment": place.code,
        "ward": place.ward,
        "province": place.province,
        "state": "notified",
        "version": 1,
        "departed_at": None,
        "client_ref": stay.client_ref,
        "capture": stay.capture_method,
        "captured_at": stay.captured_at,
        "device": stay.device_id,
        "channel": channel,
        "received_at": at,
        "received_by": by,
        "batch": batch,
        "row": row,
        "receipt": receipt,
        "salt": salt,
    }
    return [values[column] for column in COLUMNS]


def corrected_values(identifier: UUID, checked: Checked, stay: Stay) -> dict[str, Any]:
    """The columns that a correction changes. When the notice came in, and whether in time, is not corrected."""
    judged = {name: value for name, value in judged_values(checked).items() if name in {"night", "warnings"}}
    return {**guest_values(stay, identifier, document_key(stay)), **judged}


def receipt_values(facts: receipts.Facts) -> Sequence[Any]:
    """One value for each of `RECEIPT_COLUMNS`."""
    return (
        facts.code,
        facts.kind,
        facts.establishment,
        facts.night,
        facts.received_at,
        facts.deadline_strict,
        facts.deadline_legal,
        facts.on_time,
        facts.law_version,
        facts.version,
        facts.count,
        facts.commitment,
        facts.subject,
        facts.batch,
        "",
        None,
    )
