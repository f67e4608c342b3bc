"""What may be done to a stay after its notification: a new version and a new receipt each time, nothing overwritten."""

import base64
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.lodging import receipts
from hamrong.lodging.actions.stored import Remember, keep_answer, keep_receipt
from hamrong.lodging.columns import content_of_row, corrected_values
from hamrong.lodging.models import Amendment, Stay
from hamrong.lodging.queries import visible
from hamrong.lodging.rules import step
from hamrong.lodging.shapes import Checked

STALE = Refusal(
    "conflict",
    "Lượt lưu trú đã được sửa bởi người khác; hãy tải lại.",
    "Somebody changed this stay meanwhile; load it again.",
)
NOT_FOUND = Refusal("other-scope", "Không có lượt lưu trú này trong phạm vi của bạn.", "There is no such stay for you.")
ORDER = Refusal("invalid", "Thời điểm đi phải sau thời điểm đến.", "Departure must be after arrival.")
REASON = Refusal("invalid", "Hãy ghi lý do hủy.", "Give the reason for the cancellation.")
TAKEN = Refusal(
    "conflict", "Giấy tờ này đã có thông báo khác trong đêm đó.", "That document has another notification that night."
)


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changes: the moment it moves to (`when`), the corrected and re-checked content, the reason."""

    act: str
    when: datetime | None = None
    corrected: Checked | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """The stay as it stands after the act, and the receipt of its new version."""

    stay: Stay
    facts: receipts.Facts
    answer: tuple[int, bytes] | None = None


def amend(
    *,
    by: Grant,
    stay: UUID,
    night: date,
    change: Change,
    at: datetime,
    version: int | None = None,
    remember: Remember["Amended"] | None = None,
) -> Amended | Refusal:
    """Do one act of `rules.STEPS` to a stay; `version` is what the caller saw, and a newer one refuses the act."""
    with acting(by):
        row = visible.stays(by).select_for_update().filter(pk=stay, night=night).first()
        if row is None:
            return NOT_FOUND
        if version is not None and version != row.version:
            return STALE
        values = _decide(row, change)
        return values if isinstance(values, Refusal) else _write(by, row, values, change, at, remember)


def _decide(row: Stay, change: Change) -> dict[str, Any] | Refusal:
    """The new values of the row, or why not."""
    move = step(change.act, row.state)
    if move is None:
        return Refusal(
            "state", "Lượt lưu trú không ở trạng thái cho phép việc này.", "The stay's state does not allow this."
        )
    if change.act == "cancel":
        return {"state": move.target} if change.reason.strip() else REASON
    if change.act == "correct":
        if change.corrected is None or change.corrected.stay is None:
            return Refusal("invalid", "Nội dung sửa còn lỗi.", "The corrected content still has errors.")
        return corrected_values(row.pk, change.corrected, change.corrected.stay)
    if change.when is None or change.when <= row.arrival_at:
        return ORDER
    if change.act == "depart":
        return {"state": move.target, "departed_at": change.when}
    return _moved(row, change)


def _moved(row: Stay, change: Change) -> dict[str, Any] | Refusal:
    """Extending makes the planned departure later, leaving early makes it earlier; the other way round is refused.

    A guest who was said to have left by mistake stays on until any time after arrival.
    """
    if row.state == "departed":
        return {"state": "notified", "departed_at": None, "planned_departure_at": change.when}
    later = row.planned_departure_at is None or (change.when is not None and change.when > row.planned_departure_at)
    if later != (change.act == "extend"):
        return Refusal(
            "invalid", "Thời điểm đi mới không phù hợp với việc đã chọn.", "That time does not fit the act chosen."
        )
    return {"planned_departure_at": change.when}


def _write(
    by: Grant, row: Stay, values: dict[str, Any], change: Change, at: datetime, remember: Remember["Amended"] | None
) -> Amended | Refusal:
    before, replaced, old_night = _snapshot(row), row.receipt, row.night
    facts = _renew(row, values, at)
    changed = {name: getattr(row, name) for name in {*values, "version", "salt", "receipt"}}
    try:
        with transaction.atomic():
            Stay.objects.filter(pk=row.pk, night=old_night).update(**changed)
    except IntegrityError:
        return TAKEN
    Amendment.objects.create(
        stay=row.pk, night=row.night, establishment=row.establishment, ward=row.ward, province=row.province,
        version=row.version, act=change.act, reason=change.reason.strip(), at=at, by=by.actor.ref, before=before,
        receipt=facts.code,
    )  # fmt: skip
    keep_receipt(facts, replaces=replaced, withdrawn=at if change.act == "cancel" else None)
    stream, told = f"stay:{row.pk}", {"done": change.act, "version": row.version, "commitment": facts.commitment.hex()}
    enter(by, subject=stream, stream=stream, at=at, **told)
    amended = Amended(row, facts)
    return amended if remember is None else Amended(row, facts, keep_answer(remember, amended, at))


def _renew(row: Stay, values: dict[str, Any], at: datetime) -> receipts.Facts:
    """Give the row its new values, its next version and the receipt of that version."""
    for column, value in values.items():
        setattr(row, column, value)
    row.version += 1
    row.salt = secrets.token_bytes(16)
    facts = receipts.Facts(
        code=receipts.new_code(), kind="stay", establishment=row.establishment, night=row.night, received_at=at,
        deadline_strict=row.deadline_strict, deadline_legal=row.deadline_legal, on_time=row.on_time,
        law_version=row.law_version, version=row.version, count=1,
        commitment=receipts.commitment(row.salt, content_of_row(row)), subject=row.pk, batch=row.batch,
    )  # fmt: skip
    row.receipt = facts.code
    return facts


def _snapshot(row: Stay) -> dict[str, Any]:
    """The row as it was, as JSON: sealed bytes stay sealed, in base64."""
    return {
        field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields if not field.generated
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
