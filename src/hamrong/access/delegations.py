"""Delegating one's own post for some days (ủy quyền có thời hạn) and ending it; each writes its entry."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from hamrong.access import queries
from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.accounts.models import Delegation, Person
from hamrong.kernel.vietnamese import clean

LAW: Final = "30/2020/NĐ-CP Đ13"
NOT_ONWARD: Final = Refusal(
    "state", "Người được ủy quyền không ủy quyền lại cho người khác.", "What was delegated is not delegated on.", LAW
)
NOT_A_COLLEAGUE: Final = Refusal(
    "invalid", "Chỉ ủy quyền được cho người có chức trách trong đơn vị.",
    "Only somebody with a post in the unit can act for you.",
)  # fmt: skip
CIRCLE: Final = Refusal(
    "conflict",
    "Người này đang ủy quyền cho bạn trong những ngày đó. Hai người không ủy quyền vòng cho nhau.",
    "This person delegates to you on those days. Two people do not delegate to each other in a circle.",
)
HELD: Final = Refusal(
    "conflict", "Người này đã giữ chức trách đó, hoặc đã được bạn ủy quyền trong những ngày đó.",
    "This person holds that post already, or you delegated it to them on those days.",
)  # fmt: skip


def too_long() -> Refusal:
    """What is answered to one that is too long: the decree wants it limited, the setting says to how many days."""
    days = settings.HAMRONG_DELEGATION_DAYS
    return Refusal(
        "invalid", f"Ủy quyền có thời hạn, mỗi lần không quá {days} ngày. Cần lâu hơn thì ủy quyền lại khi hết hạn.",
        f"A delegation lasts {days} days at most. Where more is needed, delegate anew when it has ended.", LAW,
    )  # fmt: skip


def delegate(
    *, by: Grant, borrower: Person, starts_on: date, ends_on: date, ordered_by: str, today: date, at: datetime
) -> Delegation | Refusal:
    """Let somebody of the unit act in one's place, from a day until before another; it ends by itself on that day."""
    problem = _problem(by, starts_on, ends_on, ordered_by, today)
    if problem:
        return problem
    with acting(by):
        lender = UUID(by.actor.ref.removeprefix("person:"))
        problem = _kept_apart(by, lender, borrower, starts_on, ends_on, today)
        if problem:
            return problem
        made = Delegation.objects.create(
            lender_id=lender, borrower=borrower, role=by.holding.role, unit=by.scope,
            province=settings.HAMRONG_PROVINCE, starts_on=starts_on, ends_on=ends_on, ordered_by=clean(ordered_by),
            made_at=at,
        )  # fmt: skip
        days = {"from": starts_on.isoformat(), "until": ends_on.isoformat()}
        enter(by, subject=f"person:{borrower.pk}", at=at, post=made.role, order=made.ordered_by, **days)
    return made


def recall(*, by: Grant, delegation: Delegation, today: date, at: datetime) -> Delegation | Refusal:
    """End a delegation at once, by whoever made it or another leader of the unit."""
    with acting(by):
        held = queries.delegations(by).select_for_update(of=("self",)).filter(pk=delegation.pk).first()
        if held is None or held.ends_on <= today:
            return Refusal("state", "Ủy quyền này đã hết.", "The delegation has ended already.")
        if by.authority & {f"person:{held.borrower_id}"}:
            return NOT_ONWARD
        # one that has not begun never will: no day is left of it
        held.starts_on, held.ends_on, held.ended_by = min(held.starts_on, today), today, by.actor.ref
        held.save(update_fields=["starts_on", "ends_on", "ended_by"])
        enter(by, subject=f"person:{held.borrower_id}", at=at, post=held.role, ended=today.isoformat())
    return held


def _problem(by: Grant, starts_on: date, ends_on: date, ordered_by: str, today: date) -> Refusal | None:
    if by.holding.in_place_of:
        return NOT_ONWARD
    if starts_on < today or ends_on <= starts_on:
        return Refusal(
            "invalid", "Ủy quyền từ hôm nay trở đi, ngày cuối không trước ngày đầu.",
            "Delegate from today on; the last day is not before the first.",
        )  # fmt: skip
    if (ends_on - starts_on).days > settings.HAMRONG_DELEGATION_DAYS:
        return too_long()
    if not ordered_by.strip():
        return Refusal("invalid", "Hãy ghi số văn bản ủy quyền.", "Give the number of the document.", LAW)
    return None


def _kept_apart(
    by: Grant, lender: UUID, borrower: Person, starts_on: date, ends_on: date, today: date
) -> Refusal | None:
    colleagues = queries.colleagues(by, today)
    if borrower.pk == lender or not borrower.is_active or borrower.pk not in colleagues:
        return NOT_A_COLLEAGUE
    together = queries.delegations(by).filter(starts_on__lt=ends_on, ends_on__gt=starts_on)
    if together.filter(lender=borrower, borrower=lender).exists():
        return CIRCLE
    twice = together.filter(borrower=borrower, lender=lender, role=by.holding.role)
    if by.holding.role in colleagues[borrower.pk] or twice.exists():
        return HELD
    return None
