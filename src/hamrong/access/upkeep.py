"""What the system itself does with the record: checking its chains, and erasing details whose time is over."""

from datetime import datetime, time

from django.db import connection

from hamrong.access.actors import Grant, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.audit.queries import chains
from hamrong.audit.verification import Report, verify
from hamrong.law import VIETNAM, retention

ERASE = """
delete from audit_detail where entry_id in (
  select e.id from audit_entry e join audit_detail d on d.entry_id = e.id where e.at < %s order by e.at limit %s)
"""


def as_keeper(act: str, job: str, at: datetime) -> Grant:
    """The grant of a job of the system for one of its own acts; a job without a policy row is a bug."""
    answer = decide(keeper(job, at), act, Target())
    assert isinstance(answer, Grant), answer
    return answer


def check_record(stream: str, at: datetime) -> Report:
    """Check every chain of the record, or that of one stream; nothing is changed."""
    with acting(as_keeper("audit.verify", "audit-verify", at)):
        return verify(chains(stream))


def erase_details(*, by: Grant, at: datetime, at_most: int = 10_000) -> int:
    """Erase the personal details of entries older than the law keeps them, oldest first; their chains stay valid.

    Answers how many were erased; call again until it answers 0.
    """
    cutoff = datetime.combine(retention("audit.detail").cutoff(at.astimezone(VIETNAM).date()), time.min, VIETNAM)
    with acting(by), connection.cursor() as cursor:
        cursor.execute(ERASE, (cutoff, at_most))
        erased: int = cursor.rowcount
        if erased:
            enter(by, subject="audit:details", at=at, erased=erased, before=cutoff.isoformat())
    return erased
