"""Breaking the glass: a case of another unit is opened in an emergency, for hours, and somebody else judges it."""

from datetime import datetime

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.models import LASTS, Emergency
from hamrong.cases.queries import visible

NO_REASON = Refusal("invalid", "Hãy ghi vì sao phải mở ngay.", "Say why it has to be opened at once.")
NOT_TO_OPEN = Refusal(
    "state",
    "Không mở khẩn cấp được mã này: không có hồ sơ như vậy, hồ sơ có phần niêm phong, hoặc đơn vị bạn đã xem được.",
    "This code cannot be opened in an emergency: there is no such case, something in it is sealed, "
    "or your unit sees it already.",
)  # fmt: skip
OVER = Refusal("state", "Lần mở này đã được xem xét.", "This opening has been reviewed already.")
OWN = Refusal(
    "conflict", "Người mở, đơn vị của họ và người thay họ không xem xét được lần mở này.",
    "Whoever opened it, their unit, and whoever acts in their place cannot review it.",
)  # fmt: skip


def open_case(*, by: Grant, code: str, ground: str, reason: str, at: datetime) -> Emergency | Refusal:
    """Let an officer read one case of another unit for some hours; a second try within that time gives the same.

    A code that cannot be opened goes on record too.
    """
    if not reason.strip():
        return NO_REASON
    with acting(by):
        mine = visible.emergencies(by).filter(opened_by=by.actor.ref, code=code)
        if live := mine.filter(opened_at__lte=at, until__gt=at).exclude(found="unjustified").first():
            return live
        row = Emergency(
            code=code, opener_unit=by.scope, opened_by=by.actor.ref, opened_role=by.holding.role,
            in_place_of=by.holding.in_place_of, ground=ground, reason=reason.strip(), opened_at=at, until=at + LASTS,
        )  # fmt: skip
        row.save(force_insert=True)
        written = mine.filter(pk=row.pk).first()
        if written is None:
            enter(by, subject=f"emergency:{code}", at=at, opened=False)
            return NOT_TO_OPEN
        stream = f"case:{written.case_id}"
        enter(by, subject=stream, stream=stream, at=at, ground=ground, reason=written.reason, emergency=str(row.pk))
        return written


def review(*, by: Grant, emergency: Emergency, found: str, answer: str, at: datetime) -> Emergency | Refusal:
    """Judge whether it was justified; never the opener, anybody of their unit, or somebody in their place.

    Without grounds it ends at once.
    """
    if not answer.strip():
        return Refusal("invalid", "Hãy ghi nhận xét.", "Say what you found.")
    with acting(by):
        row = visible.emergencies(by).select_for_update().filter(pk=emergency.pk).first()
        if row is None or row.found:
            return OVER
        if not may_review(by, row):
            return OWN
        row.found, row.answer, row.reviewed_at = found, answer.strip(), at
        row.reviewed_by, row.reviewed_role = by.actor.ref, by.holding.role
        row.reviewed_in_place_of = by.holding.in_place_of
        row.save()
        stream = f"case:{row.case_id}"
        enter(by, subject=stream, stream=stream, at=at, emergency=str(row.pk), found=found, answer=row.answer)
        return row


def may_review(by: Grant, row: Emergency) -> bool:
    """Whether somebody is apart from the opener: another person, without their authority, nor a post in their unit."""
    apart = by.authority.isdisjoint({row.opened_by, row.in_place_of} - {""})
    return apart and all(held.scope != row.opener_unit for held in by.actor.holdings)
