"""How the processes behind the logs stand: who leads, what waits for a place, and how old the newest checkpoint is."""

from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

LEADS: Final = """
select exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
  and ((classid::bigint << 32) | objid::bigint) = hashtextextended('audit_lead ' || %s, 0))
"""
WAITING: Final = "select count(*), min(e.at) from audit_pending p join audit_entry e on e.id = p.entry_id"
NEWEST: Final = """
select l.size - coalesce(max(c.size), 0), max(c.at) from audit_log l left join audit_checkpoint c on c.log = l.name
 where l.name = %s group by l.size
"""


class Standing(NamedTuple):
    """Entries without a place and the oldest one's age; entries with a place that no checkpoint holds yet, and the
    newest checkpoint's age. Ages in seconds, None where there is none.
    """

    waiting: int
    oldest_waiting: float | None
    unsigned: int
    checkpoint_age: float | None


def leads(work: str) -> bool:
    """Whether some process leads this work (`audit_lead`), of whatever machine."""
    with connection.cursor() as cursor:
        cursor.execute(LEADS, [work])
        return bool(cursor.fetchone()[0])


def standing(log: str, now: datetime) -> Standing:
    """How the log of the record stands; for a grant that may read the record."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        waiting, oldest = cursor.fetchone()
        cursor.execute(NEWEST, [log])
        unsigned, newest = cursor.fetchone()
    return Standing(waiting, _age(oldest, now), unsigned, _age(newest, now))


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else round((now - at).total_seconds(), 1)
