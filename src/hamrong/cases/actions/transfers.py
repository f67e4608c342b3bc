"""A case goes to another unit: offered, accepted or refused; and all open cases of units that were merged, at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import F

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import along
from hamrong.cases.actions.steps import JOINED, NOT_HERE, STALE, too_soon
from hamrong.cases.models import Case, Transfer
from hamrong.cases.queries import ending, visible

MANY: Final = 3
"""The transfer of a case that raises an alarm: somebody is being sent from door to door."""

REORGANISED: Final = "reorganisation"
"""The reason of a transfer that an order made; nobody sent the case on, and it is not counted as sent."""

GONE: Final = Refusal("state", "Việc chuyển không còn chờ tiếp nhận.", "The transfer does not wait any more.")
TABLES: Final = ("cases_fact", "cases_clockfact", "cases_clock", "cases_proposal")


def offer(
    *, by: Grant, case: Case, revision: int, receiver: str, reason: str, at: datetime, document: str = ""
) -> Transfer | Refusal:
    """Offer a case to another unit; its clocks go on with the sender until it is accepted."""
    if not reason.strip():
        return Refusal("invalid", "Hãy ghi lý do chuyển.", "Say why it is transferred.")
    with acting(by):
        locked = visible.cases(by).select_for_update().filter(pk=case.pk).first()
        if locked is None or locked.revision != revision:
            return STALE
        if locked.joined_id:
            return JOINED
        if locked.closed_at or locked.unit == receiver:
            return NOT_HERE
        if problem := too_soon(locked, at) or along.may_not_receive(by, locked, [receiver]).get(receiver):
            return problem
        if locked.handovers.filter(state="offered").exists():
            return Refusal("conflict", "Hồ sơ đang được chuyển.", "The case is on its way already.")
        transfer = Transfer.objects.create(
            case=locked, code=locked.code, unit=locked.unit, receiver=receiver, province=locked.province,
            reason=reason, document=document, offered_by=by.actor.ref, offered_at=at,
        )  # fmt: skip
        enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, offered_to=receiver)
    return transfer


def accept(*, by: Grant, transfer: Transfer, at: datetime) -> Case | Refusal:
    """Take over a case that was offered; from now on it is this unit's, with all that belongs or was joined to it."""
    with acting(by):
        if problem := along.problem(by, transfer):
            return problem
        with connection.cursor() as cursor:
            cursor.execute("select cases_receive(%s)", [transfer.pk])
            (moved,) = cursor.fetchone()
        if moved is None:
            return GONE
        Transfer.objects.filter(pk=transfer.pk).update(state="accepted", decided_by=by.actor.ref, decided_at=at)
        visible.cases(by).filter(pk=moved).update(transfers=F("transfers") + 1)
        case = visible.cases(by).get(pk=moved)
        alarm = {"alarm": "many-transfers"} if case.transfers >= MANY else {}
        enter(by, subject=f"case:{moved}", stream=f"case:{moved}", at=at, came_from=transfer.unit, **alarm)
        along.received(by, case, transfer, at)
    return case


def refuse(*, by: Grant, transfer: Transfer, answer: str, at: datetime) -> Transfer | Refusal:
    """Leave a case with its sender, and say why."""
    if not answer.strip():
        return Refusal("invalid", "Hãy ghi lý do không nhận.", "Say why it is not accepted.")
    return _end(by, transfer, "refused", answer, at, receiver=by.scope)


def withdraw(*, by: Grant, transfer: Transfer, at: datetime) -> Transfer | Refusal:
    """Take an offer back before it is decided."""
    return _end(by, transfer, "withdrawn", "", at, unit=by.scope)


def _end(by: Grant, transfer: Transfer, state: str, answer: str, at: datetime, **side: str) -> Transfer | Refusal:
    with acting(by):
        offered = visible.transfers(by).select_for_update().filter(pk=transfer.pk, state="offered", **side).first()
        if offered is None:
            return GONE
        offered.state, offered.decided_by, offered.decided_at, offered.answer = state, by.actor.ref, at, answer
        offered.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        enter(by, subject=f"case:{offered.case_id}", stream=f"case:{offered.case_id}", at=at, transfer=state)
    return offered


def reorganise(*, by: Grant, successors: Mapping[str, str], document: str, at: datetime) -> int | Refusal:
    """Move every open case of units that ceased to their successors, under one order; answers how many.

    Those go, too, that ended with a decision in force still: somebody has to end it.

    One act of the province: the order takes the place of offer and acceptance, and transfers that waited end with it.
    """
    if not document.strip():
        return Refusal("invalid", "Hãy ghi số, ngày của quyết định.", "Give number and day of the decision.")
    if set(successors) & set(successors.values()):
        return Refusal(
            "invalid", "Đơn vị nhận không được là đơn vị giải thể.", "A unit that ceases cannot receive cases."
        )
    old, new = list(successors), list(successors.values())
    order: dict[str, Any] = {
        "old": old,
        "new": new,
        "province": by.scope,
        "by": by.actor.ref,
        "at": at,
        "document": document,
        "reason": REORGANISED,
    }
    with acting(by), connection.cursor() as cursor:
        ended = ending.unfinished(by, units=old).filter(closed_at__isnull=False)
        order["lasting"] = list(ended.values_list("pk", flat=True))
        cursor.execute(MOVE_CASES, order)
        (moved,) = cursor.fetchone()
        for table in TABLES:
            cursor.execute(MOVE_ROWS.format(table=table), order)
        enter(by, subject=f"cases:{by.scope}", at=at, document=document, cases=moved, units=dict(successors))
    return int(moved)


MOVE_CASES: Final = """
with moves as (
  select * from unnest(%(old)s::text[], %(new)s::text[]) as m (old, new)
), ended as (
  update cases_transfer set state = 'withdrawn', decided_by = %(by)s, decided_at = %(at)s, answer = %(document)s
   where province = %(province)s and state = 'offered' and (unit = any(%(old)s) or receiver = any(%(old)s))
), open as (
  select c.id, c.code, m.old, m.new from cases_case c join moves m on m.old = c.unit
   where c.province = %(province)s and (c.closed_at is null or c.id = any(%(lasting)s)) for update of c
), moved as (
  update cases_case c set unit = o.new from open o where c.id = o.id returning c.id
), told as (
  insert into cases_transfer (id, case_id, code, unit, receiver, province, state, reason, document,
                              offered_by, offered_at, decided_by, decided_at, answer)
  select gen_random_uuid(), id, code, old, new, %(province)s, 'accepted', %(reason)s, %(document)s,
         %(by)s, %(at)s, %(by)s, %(at)s, '' from open
)
select count(*) from moved
"""
MOVE_ROWS: Final = """
update {table} r set unit = c.unit from cases_case c
 where r.case_id = c.id and r.province = %(province)s and r.unit = any(%(old)s) and c.unit <> r.unit
"""
