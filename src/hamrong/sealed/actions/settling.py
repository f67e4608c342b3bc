"""The night after: rows of a day written anew in another order, so that a copy does not tell who came before whom."""

from datetime import date, datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.sealed.actions.opening import end
from hamrong.sealed.models import Report, Request

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


def anew(table: str, column: str) -> str:
    """The statement that deletes rows (its one parameter: values of the column) and inserts them in random order."""
    return (
        f"with gone as (delete from {table} where {column} = any(%s) returning *) "
        f"insert into {table} select * from gone order by random()"
    )
