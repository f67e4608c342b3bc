"""Destroying what petitions told when its time is over: one proposes, another orders; the register keeps their lines.

Nothing goes by itself. What was written to in the meantime stays, and so does what somebody keeps for ever.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
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


def keep(
    *, by: Grant, petitions: Collection[UUID], reason: str, at: datetime, receptions: Collection[UUID] = ()
) -> int | Refusal:
    """Keep petitions and receptions for ever (lưu vĩnh viễn), and why; answers how many."""
    if not reason.strip():
        return NO_REASON
    with acting(by):
        found = 0
        for name, rows in _chosen(by, petitions, receptions):
            free = rows.filter(erasure__isnull=True, kept="").select_for_update()
            for number in list(free.values_list("pk", flat=True)):
                rows.filter(pk=number).update(kept=reason.strip())
                enter(by, subject=f"{name}:{number}", at=at, kept=reason.strip())
                found += 1
        return found or NONE_CHOSEN


def _chosen(
    by: Grant, petitions: Collection[UUID], receptions: Collection[UUID]
) -> Sequence[tuple[str, QuerySet[Any]]]:
    """What was chosen of each table, by how the record calls its rows."""
    return (
        ("petition", visible.petitions(by).filter(pk__in=petitions)),
        ("reception", visible.receptions(by).filter(pk__in=receptions)),
    )


def propose(
    *, by: Grant, petitions: Collection[UUID], at: datetime, receptions: Collection[UUID] = ()
) -> Erasure | Refusal:
    """Propose that these are destroyed; those not past their time, kept, or proposed already stay out of it."""
    today = timezone.localdate(at)
    with acting(by):
        due = (
            expired.expired(by, today).filter(pk__in=petitions),
            expired.receptions(by, today).filter(pk__in=receptions),
        )
        found = [list(rows.values_list("pk", flat=True)[: expired.AT_MOST]) for rows in due]
        free = [rows.filter(erasure__isnull=True) for _name, rows in _chosen(by, *found)]
        locked = [row for rows in free for row in rows.select_for_update()]
        if not locked:
            return NONE_CHOSEN
        erasure = Erasure.objects.create(
            unit=by.scope, province=locked[0].province, before=expired.cutoff(today), proposed_on=today,
            proposed_by=by.actor.ref, count=len(locked),
        )  # fmt: skip
        for rows in free:
            rows.update(erasure=erasure)
        enter(by, subject=f"erasure:{erasure.pk}", at=at, petitions=len(found[0]), receptions=len(found[1]))
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
        visible.receptions(by).filter(erasure=row).update(erasure=None)
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
        _erase(by, going, document.strip(), at)
        row.count = len(going) + _erase_receptions(by, row, document.strip(), at)
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
    """Content, letters, files, sealed reports, papers and reasons of the case go; number, kind, days, outcome stay."""
    numbers = [each.pk for each in going]
    Message.objects.filter(petition__in=numbers).delete()
    visible.petitions(by).filter(pk__in=numbers).update(
        content=None,
        persons=[],
        likeness=[],
        words=None,
        origin="",
        reason="",
        kind_why="",
        taking_back=None,
        erased_on=timezone.localdate(at),
        erased_by=document,
    )
    files = Attachment.objects.filter(ref__in=[ref_of(each) for each in going]).values_list("pk", flat=True)
    sweeping.drop(by=by, numbers=list(files), at=at, because="kept long enough")
    sealed.erase(by=by, tickets=[each.ticket for each in going if each.secret], at=at)
    for each in going:
        if each.sorted_before:
            bare = [was | dict.fromkeys(was.keys() & {"reason", "prior", "why"}, "") for was in each.sorted_before]
            visible.petitions(by).filter(pk=each.pk).update(sorted_before=bare)
    began = [case for each in going for case in (each.case_id, *(was.get("case") for was in each.sorted_before))]
    cases = [case for case in began if case]
    with connection.cursor() as cursor:
        cursor.executemany("select petitions_erase_papers(%s)", [(number,) for number in numbers])
        cursor.executemany("select petitions_erase_case(%s)", [(case,) for case in cases])


def _erase_receptions(by: Grant, row: Erasure, document: str, at: datetime) -> int:
    """What was said goes; number, day, place, kind and how it ended stay in the book."""
    gone: dict[str, Any] = {"content": None, "persons": [], "erased_on": timezone.localdate(at), "erased_by": document}
    return visible.receptions(by).filter(erasure=row).update(**gone)
