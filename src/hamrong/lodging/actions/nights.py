"""A night without guests: saying so, and taking it back."""

import secrets
from datetime import date, datetime, timedelta

import uuid_utils.compat as uuid

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.lodging import receipts
from hamrong.lodging.actions.stored import keep_receipt, withdraw_receipt
from hamrong.lodging.models import Establishment, NilReport
from hamrong.lodging.nights import night_deadline
from hamrong.lodging.queries import visible
from hamrong.lodging.queries.nights import going_on
from hamrong.lodging.queries.receipts import facts_of

EARLIEST = timedelta(days=1)
STAYING_ON = Refusal(
    "conflict",
    "Còn khách đã thông báo từ đêm trước chưa đi. Khách đã đi thì bấm “Đã đi” ở trang của khách, rồi báo lại.",
    "Guests notified on an earlier night have not left. If they have, put their departure in, then report again.",
)


def report_nil(*, by: Grant, place: Establishment, night: date, today: date, at: datetime) -> receipts.Facts | Refusal:
    """Say "no guests tonight"; saying it twice returns the first receipt, guests who are there refuse it."""
    if not today - EARLIEST <= night <= today:
        return Refusal("invalid", "Chỉ báo được cho đêm nay hoặc đêm qua.", "Only for tonight or last night.")
    due = night_deadline(night)
    with acting(by):
        live = visible.stays(by).filter(establishment=place.code, night=night).exclude(state="cancelled")
        if live.exists():
            return Refusal("conflict", "Đêm này đã có khách được thông báo.", "Guests were reported for this night.")
        if going_on(visible.stays(by).filter(ward=place.ward, establishment=place.code), night).exists():
            return STAYING_ON
        standing = visible.nil_reports(by).filter(establishment=place.code, night=night).first()
        if standing is not None:
            return facts_of(standing.receipt)
        salt, identifier = secrets.token_bytes(16), uuid.uuid7()
        facts = receipts.Facts(
            code=receipts.new_code(),
            kind="nil",
            establishment=place.code,
            night=night,
            received_at=at,
            deadline_strict=due.strict,
            deadline_legal=due.legal,
            on_time=at <= due.legal,
            law_version=due.law_version,
            version=1,
            count=0,
            commitment=receipts.commitment(salt, {"night": night.isoformat()}),
            subject=identifier,
        )
        NilReport.objects.create(
            id=identifier,
            establishment=place.code,
            ward=place.ward,
            province=place.province,
            night=night,
            at=at,
            by=by.actor.ref,
            receipt=facts.code,
        )
        keep_receipt(facts)
        enter(
            by, subject=f"establishment:{place.code}", at=at, night=night.isoformat(), commitment=facts.commitment.hex()
        )
    return facts


def withdraw_nil(*, by: Grant, place: Establishment, night: date, at: datetime) -> NilReport | Refusal:
    """Take a report of "no guests" back, before guests are reported or because it was a slip."""
    with acting(by):
        standing = visible.nil_reports(by).select_for_update().filter(establishment=place.code, night=night).first()
        if standing is None:
            return Refusal("state", "Đêm này chưa báo không có khách.", "There is no such report for this night.")
        standing.withdrawn_at = at
        standing.save(update_fields=["withdrawn_at"])
        withdraw_receipt(standing.receipt, at)
        enter(by, subject=f"establishment:{place.code}", at=at, night=night.isoformat(), withdrawn=True)
    return standing
