"""What the system itself does with the record: checking its chains, and erasing details whose time is over."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from uuid import UUID

from django.db import connection

from hamrong.access.actors import Grant, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.audit.logs import RECORD, proof_of, proved
from hamrong.audit.placement import WORDS, check
from hamrong.audit.publishing import entries_of_the_record, publish
from hamrong.audit.queries import chains, leaves, stored, unplaced
from hamrong.audit.verification import Report, verify
from hamrong.kernel.proofs.checkpoints import Checkpoint
from hamrong.kernel.proofs.notes import Key
from hamrong.law import VIETNAM, retention

COUNT = "select count(*) from audit_entry e join audit_detail d on d.entry_id = e.id where e.at < %s"
ERASE = """
delete from audit_detail where entry_id in (
  select e.id from audit_entry e join audit_detail d on d.entry_id = e.id where e.at < %s order by e.at limit %s)
"""


def as_keeper(act: str, job: str, at: datetime) -> Grant:
    """The grant of a job of the system for one of its own acts; a job without a policy row is a bug."""
    answer = decide(keeper(job, at), act, Target())
    assert isinstance(answer, Grant), answer
    return answer


@contextmanager
def at_one_moment(at: datetime) -> Iterator[None]:
    """What is checked inside is the record of one moment: people go on writing meanwhile."""
    with acting(as_keeper("audit.verify", "audit-verify", at), steady=True):
        yield


def check_record(stream: str, at: datetime) -> Report:
    """Check every chain of the record, or that of one stream; nothing is changed."""
    with at_one_moment(at):
        return verify(chains(stream))


@dataclass(frozen=True, slots=True)
class LogReport:
    """What a check of the log of the record found: its size, and the first thing that is wrong."""

    size: int
    kind: str = ""
    where: str = ""
    words: str = ""


def check_log(key: Key, trusted: Sequence[Checkpoint], at: datetime) -> LogReport:
    """Check places, tree and checkpoints of the log of the record against what was seen elsewhere."""
    with at_one_moment(at):
        log = stored(RECORD)
        if lost := unplaced():
            entry, stream, number = lost
            return LogReport(log.size, "unplaced", f"stream {stream} entry {number} id {entry}", WORDS["unplaced"])
        bad = check(log, leaves(RECORD), key, trusted)
    return LogReport(log.size, bad.kind, bad.where, WORDS[bad.kind]) if bad else LogReport(log.size)


def can_prove(entry: UUID, at: datetime) -> bool:
    """Whether `prove` would answer, without the work of a proof."""
    with acting(as_keeper("audit.verify", "audit-prove", at)):
        return proved(entry) is not None


def prove(entry: UUID, at: datetime) -> tuple[bytes, str] | None:
    """The bytes of an entry, and its proof of inclusion (C2SP tlog-proof); None before it has a signed place."""
    with acting(as_keeper("audit.verify", "audit-prove", at)):
        return proof_of(entry)


def export(folder: Path, at: datetime) -> int:
    """Write the whole log of the record, entries included, as static files; how many entries it has."""
    with acting(as_keeper("audit.verify", "audit-export", at)):
        return publish(RECORD, folder, entries_of_the_record)


def details_due(*, by: Grant, at: datetime) -> int:
    """How many entries have details that `erase_details` would erase."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(COUNT, (_cutoff(at),))
        (count,) = cursor.fetchone()
    return int(count)


def _cutoff(at: datetime) -> datetime:
    day = retention("audit.detail").cutoff(at.astimezone(VIETNAM).date())
    return datetime.combine(day, time.min, VIETNAM)


def erase_details(*, by: Grant, at: datetime, at_most: int = 10_000) -> int:
    """Erase the personal details of entries older than the law keeps them, oldest first; their chains stay valid.

    Answers how many were erased; call again until it answers 0.
    """
    cutoff = _cutoff(at)
    with acting(by), connection.cursor() as cursor:
        cursor.execute(ERASE, (cutoff, at_most))
        erased: int = cursor.rowcount
        if erased:
            enter(by, subject="audit:details", at=at, erased=erased, before=cutoff.isoformat())
    return erased
