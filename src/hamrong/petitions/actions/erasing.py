"""Destroying what petitions told when its time is over: one proposes, another orders; the register keeps their lines.

Nothing goes by itself. What was written to in the meantime stays, and so does what somebody keeps for ever.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.papers.actions import sweeping
from hamrong.papers.models import Attachment
from hamrong.petitions.models import Erasure, Message, Petition
from hamrong.petitions.queries import expired, visible
from hamrong.petitions.subjects import ref_of
from hamrong.sealed.actions import erasing as sealed

NONE_CHOSEN: Final = Refusal("invalid", "Hãy chọn ít nhất một hồ sơ.", "Choose at least one.")
NO_REASON: Final = Refusal("invalid", "Hãy ghi lý do.", "Say why.")
NO_DOCUMENT: Final = Refusal(
    "invalid", "Hãy ghi số, ngày của quyết định hủy.", "Give number and day of the decision to destroy."
)
ANSWERED: Final = Refusal("state", "Đề nghị này đã được trả lời.", "This proposal has been answered.")
OWN: Final = Refusal(
    "conflict", "Người đề nghị không tự quyết định; cần người khác.", "Nobody orders what they proposed themselves."
)


def keep(*, by: Grant, petitions: Collection[UUID], reason: str, at: datetime) -> int | Refusal:
    """Keep petitions for ever (lưu vĩnh viễn), and why; answers how many."""
    if not reason.strip():
        return NO_REASON
    with acting(by):
        rows = visible.petitions(by).filter(pk__in=petitions, erasure__isnull=True, kept="").select_for_update()
        found = list(rows.values_list("pk", flat=True))
        if not found:
            return NONE_CHOSEN
        visible.petitions(by).filter(pk__in=found).update(kept=reason.strip())
        for number in found:
            enter(by, subject=f"petition:{number}", at=at, kept=reason.strip())
        return len(found)


def propose(*, by: Grant, petitions: Collection[UUID], at: datetime) -> Erasure | Refusal:
    """Propose that these are destroyed; those not past their time, kept, or proposed already stay out of it."""
    today = timezone.localdate(at)
    with acting(by):
        found = list(expired.expired(by, today).filter(pk__in=petitions).values_list("pk", flat=True))[
            : expired.AT_MOST
        ]
        locked = list(visible.petitions(by).filter(pk__in=found, erasure__isnull=True).select_for_update())
        if not locked:
            return NONE_CHOSEN
        erasure = Erasure.objects.create(
            unit=by.scope, province=locked[0].province, before=expired.cutoff(today), proposed_on=today,
            proposed_by=by.actor.ref, count=len(locked),
        )  # fmt: skip
        visible.petitions(by).filter(pk__in=[each.pk for each in locked]).update(erasure=erasure)
        enter(by, subject=f"erasure:{erasure.pk}", at=at, petitions=len(locked))
        return erasure


def refuse(*, by: Grant, erasure: Erasure, reason: str, at: datetime) -> Erasure | Refusal:
    """Say no, and why; the petitions can be proposed again."""
    if not reason.strip():
        return NO_REASON
    with acting(by):
        row = _waiting(by, erasure)
        if isinstance(row, Refusal):
            return row
        visible.petitions(by).filter(erasure=row).update(erasure=None)
        return _answered(by, row, at, state="refused", reason=reason.strip())


def order(*, by: Grant, erasure: Erasure, document: str, at: datetime) -> Erasure | Refusal:
    """Destroy what was proposed, by a decision; what somebody wrote to since then stays, and is free again."""
    if not document.strip():
        return NO_DOCUMENT
    with acting(by):
        row = _waiting(by, erasure)
        if isinstance(row, Refusal):
            return row
        numbers = list(expired.still_over(by, row).values_list("pk", flat=True))
        going = list(visible.petitions(by).filter(pk__in=numbers).select_for_update())
        visible.petitions(by).filter(erasure=row).exclude(pk__in=numbers).update(erasure=None)
        row.count = len(going)
        _erase(by, going, document.strip(), at)
        return _answered(by, row, at, state="ordered", document=document.strip())


def _waiting(by: Grant, erasure: Erasure) -> Erasure | Refusal:
    row = expired.erasures(by).select_for_update().get(pk=erasure.pk)
    if row.state != "proposed":
        return ANSWERED
    return OWN if row.proposed_by == by.actor.ref else row


def _answered(by: Grant, row: Erasure, at: datetime, **told: str) -> Erasure:
    row.answered_on, row.answered_by = timezone.localdate(at), by.actor.ref
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    enter(by, subject=f"erasure:{row.pk}", at=at, petitions=row.count, **told)
    return row


def _erase(by: Grant, going: Collection[Petition], document: str, at: datetime) -> None:
    """Content, letters, files and sealed reports go; number, kind, days and outcome stay."""
    numbers = [each.pk for each in going]
    Message.objects.filter(petition__in=numbers).delete()
    visible.petitions(by).filter(pk__in=numbers).update(
        content=None,
        persons=[],
        likeness=[],
        words=None,
        origin="",
        reason="",
        erased_on=timezone.localdate(at),
        erased_by=document,
    )
    files = Attachment.objects.filter(ref__in=[ref_of(each) for each in going]).values_list("pk", flat=True)
    sweeping.drop(by=by, numbers=list(files), at=at, because="kept long enough")
    sealed.erase(by=by, tickets=[each.ticket for each in going if each.secret], at=at)
