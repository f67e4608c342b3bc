"""Questions that the record raises, for a human to ask: never a score, never a judgement.

Each is one plain rule that stands here in words; whoever is asked sees the same rule.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from hamrong.kernel.vietnamese import fold
from hamrong.law import VIETNAM

RULES: Final = ("many", "night", "same", "family")
"""The rules, in the order in which they are told."""

READINGS: Final = r"\.(read|open|list|search|export|print)$"
MANY: Final = 5
"""How many times somebody's usual day makes many: of who reads every day."""

LEAST: Final = 20
NIGHT: Final = (0, 5)
SAME: Final = 3
MOST: Final = 100

MANY_READS: Final = """
with days as (
  select actor, (at at time zone 'Asia/Ho_Chi_Minh')::date as day, count(*) as reads, min(at) as since, max(at) as last
    from audit_entry where at >= %(since)s and at < %(until)s and type ~ %(readings)s and actor like 'person:%%'
   group by 1, 2
), usual as (
  select actor, percentile_cont(0.5) within group (order by reads) as usual from days group by 1
)
select d.actor, d.since, d.last, d.reads, u.usual from days d join usual u using (actor)
 where d.reads >= %(least)s and d.reads > %(many)s * u.usual order by d.since desc limit %(most)s
"""
AT_NIGHT: Final = """
select actor, min(at), max(at), count(*), min(purpose) from audit_entry
 where at >= %(since)s and at < %(until)s and type like '%%.search' and actor like 'person:%%'
   and extract(hour from at at time zone 'Asia/Ho_Chi_Minh') >= %(from)s
   and extract(hour from at at time zone 'Asia/Ho_Chi_Minh') < %(to)s
 group by actor, (at at time zone 'Asia/Ho_Chi_Minh')::date order by 2 desc limit %(most)s
"""
SAME_SUBJECT: Final = """
select actor, min(at), max(at), count(distinct (at at time zone 'Asia/Ho_Chi_Minh')::date), subject from audit_entry
 where at >= %(since)s and at < %(until)s and type ~ %(readings)s and actor like 'person:%%' and subject like 'stay:%%'
 group by actor, subject having count(distinct (at at time zone 'Asia/Ho_Chi_Minh')::date) >= %(same)s
 order by 2 desc limit %(most)s
"""
RELATIVES: Final = """
select e.actor, e.at, d.details::jsonb ->> 'name', e.purpose, e.id
  from audit_entry e join audit_detail d on d.entry_id = e.id
 where e.at >= %(since)s and e.at < %(until)s and e.type like '%%.search' and e.actor like 'person:%%'
   and d.details::jsonb ->> 'name' <> '' order by e.at desc limit 20000
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What may be asked, about what somebody did, and the fact that raises it: from its first entry to its `last`.

    `about`: what makes it one question besides rule and person: a day, a subject, or one entry.
    """

    rule: str
    actor: str
    at: datetime
    fact: Mapping[str, Any]
    last: datetime
    about: str

    @property
    def key(self) -> str:
        """What the record and an address call it: the same for the same question, however often it is raised."""
        told = "\n".join((self.rule, self.actor, self.about)).encode()
        return hashlib.sha256(told).hexdigest()[:24]


def questions(since: datetime, until: datetime, families: Mapping[str, str]) -> Sequence[Question]:
    """What the record of a span raises, the latest first. `families`: actor → folded family and middle name."""
    told = {
        "since": since, "until": until, "readings": READINGS, "least": LEAST, "many": MANY, "from": NIGHT[0],
        "to": NIGHT[1], "same": SAME, "most": MOST,
    }  # fmt: skip
    many = [
        Question("many", who, at, {"reads": n, "usual": usual}, last, _day(at))
        for who, at, last, n, usual in _asked(MANY_READS, told)
    ]
    night = [
        Question("night", who, at, {"searches": n, "purpose": why}, last, _day(at))
        for who, at, last, n, why in _asked(AT_NIGHT, told)
    ]
    same = [
        Question("same", who, at, {"days": n, "subject": what}, last, what)
        for who, at, last, n, what in _asked(SAME_SUBJECT, told)
    ]
    family = [
        Question("family", who, at, {"purpose": why}, at, str(entry))
        for who, at, name, why, entry in _asked(RELATIVES, told)
        if _is_family(families.get(who, ""), name)
    ]
    return sorted([*many, *night, *same, *family], key=lambda each: each.at, reverse=True)[:MOST]


def _day(at: datetime) -> str:
    return at.astimezone(VIETNAM).date().isoformat()


def _asked(query: str, told: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return list(cursor.fetchall())


def _is_family(own: str, looked_for: str) -> bool:
    """Whether a name begins with the same family and middle names: two at least, for many are called Nguyễn."""
    return own.count(" ") >= 1 and fold(looked_for).startswith(f"{own} ")
