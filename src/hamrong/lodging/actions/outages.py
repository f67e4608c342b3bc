"""Publishing a time in which notifications could not be received, and its end."""

from datetime import datetime
from uuid import UUID

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.vietnamese import clean
from hamrong.lodging.models import Outage

STREAM = "outages"


def publish(
    *, by: Grant, starts_at: datetime, cause_vi: str, at: datetime, ends_at: datetime | None = None, cause_en: str = ""
) -> Outage | Refusal:
    """Put an outage into the public ledger; without an end it still lasts. It cannot be taken out again."""
    if not clean(cause_vi):
        return Refusal("invalid", "Hãy ghi nguyên nhân.", "Say what the cause is.")
    if starts_at > at or (ends_at is not None and not starts_at < ends_at <= at):
        return Refusal("invalid", "Thời gian không đúng thứ tự.", "The times are not in order.")
    with acting(by):
        outage = Outage.objects.create(
            starts_at=starts_at,
            ends_at=ends_at,
            cause_vi=clean(cause_vi),
            cause_en=cause_en.strip(),
            published_at=at,
            published_by=by.actor.ref,
        )
        enter(by, subject=f"outage:{outage.pk}", stream=STREAM, at=at, starts=starts_at.isoformat())
    return outage


def end(*, by: Grant, outage: UUID, ends_at: datetime, at: datetime) -> Outage | Refusal:
    """Say when an outage ended."""
    with acting(by):
        row = Outage.objects.select_for_update().filter(pk=outage, ends_at__isnull=True).first()
        if row is None:
            return Refusal("state", "Không có sự cố đang kéo dài này.", "There is no such outage that still lasts.")
        if not row.starts_at < ends_at <= at:
            return Refusal("invalid", "Thời gian không đúng thứ tự.", "The times are not in order.")
        row.ends_at = ends_at
        row.save(update_fields=["ends_at"])
        enter(by, subject=f"outage:{row.pk}", stream=STREAM, at=at, ends=ends_at.isoformat())
    return row
