"""The night after: rows of a day written anew in another order, so that a copy does not tell who came before whom."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.sealed import queries
from hamrong.sealed.actions.opening import end
from hamrong.sealed.actions.reports import stop
from hamrong.sealed.models import Hand, Report, Request

CHILDREN: Final = ("sealed_part", "sealed_hand", "sealed_share")


def settle(*, by: Grant, before: date, at: datetime) -> int:
    """Shuffle what was received before a day and was not shuffled yet; their number goes on record.

    Each row is deleted and inserted again in one transaction, so that all carry the same mark of it. The dead rows go
    with the next vacuum, the write-ahead log with its own course: until then a copy of the files still tells.
    """
    with acting(by), connection.cursor() as cursor:
        found = list(Report.objects.filter(settled=False, received_on__lt=before).values_list("pk", flat=True))
        cursor.execute("set constraints all deferred")
        for table in CHILDREN:
            cursor.execute(anew(table, "report_id"), [found])
        cursor.execute("update sealed_report set settled = true where id = any(%s)", [found])
        cursor.execute(anew("sealed_report", "id"), [found])
        enter(by, subject="sealed:settled", at=at, reports=len(found), before=before.isoformat())
        return len(found)


def end_requests(*, by: Grant, at: datetime) -> int:
    """Requests that nobody opened in time are over; the shares that were released for them are deleted."""
    with acting(by):
        ended = end(Request.objects.all(), timezone.localdate(at))
        enter(by, subject="sealed:ended", at=at, requests=ended)
        return ended


def end_lent(*, by: Grant, at: datetime) -> int:
    """Keys that were given to a stand-in are taken back when nobody delegates to them any more; answers how many.

    Whoever holds the post themselves by now keeps the key. The other readers have it, so that nothing is lost.
    """
    with acting(by):
        today = timezone.localdate(at)
        able = {each.holder.who: each for each in queries.candidates(today)}
        over, kept = list[UUID](), list[UUID]()
        for hand in Hand.objects.filter(until__isnull=False).only("key_id", "ward", "until"):
            who = able.get(hand.key_id)
            if who is not None and hand.ward in who.settles:
                kept.append(hand.pk)
            elif (hand.until or today) <= today or (who is not None and hand.ward not in who.stands_in):
                over.append(hand.pk)
        Hand.objects.filter(pk__in=kept).update(until=None)
        stop(Request.objects.filter(report__hands__in=over, key__hands__in=over))
        Hand.objects.filter(pk__in=over).delete()
        enter(by, subject="sealed:lent", at=at, ended=len(over))
        return len(over)


def anew(table: str, column: str) -> str:
    """The statement that deletes rows (its one parameter: values of the column) and inserts them in random order."""
    return (
        f"with gone as (delete from {table} where {column} = any(%s) returning *) "
        f"insert into {table} select * from gone order by random()"
    )
