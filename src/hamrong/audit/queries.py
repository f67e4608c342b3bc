"""Questions asked of the record. The database answers them to an inspector and to nobody else (`append_only.sql`)."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from hamrong.audit import models
from hamrong.audit.leaves import COLUMNS, Row
from hamrong.audit.models import Detail, Entry
from hamrong.audit.placement import Kept, Leaf, Log, Stored

READING = (".read", ".open", ".list", ".search", ".export", ".print")
"""How acts end that are readings of data."""

AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for in the record; instants are `since` ≤ at < `until`. Empty means anything.

    `actors` are references of which one did it; None means anybody, an empty collection nobody.
    """

    actors: Collection[str] | None = None
    type: str = ""
    subject: str = ""
    purpose: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(wanted: Filter) -> QuerySet[Entry]:
    """Entries that fit, the latest first; page by (`at`, `id`)."""
    exact = {name: value for name in ("type", "subject", "purpose") if (value := getattr(wanted, name))}
    found = Entry.objects.filter(**exact)
    if wanted.actors is not None:
        found = found.filter(actor__in=wanted.actors)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    return found.order_by("-at", "-id")


def before(found: QuerySet[Entry], at: datetime, entry: UUID) -> QuerySet[Entry]:
    """The entries that come after (`at`, `entry`) in a list whose latest is first."""
    return found.filter(Q(at__lt=at) | Q(at=at, id__lt=entry))


def entry(number: UUID) -> Entry | None:
    """One entry, without its details."""
    return Entry.objects.filter(pk=number).first()


def neighbours(of: Entry) -> tuple[Entry | None, Entry | None]:
    """The entries before and after one in its stream."""
    places = Entry.objects.filter(stream=of.stream, stream_seq__in=[of.stream_seq - 1, of.stream_seq + 1])
    found = {each.stream_seq: each for each in places}
    return found.get(of.stream_seq - 1), found.get(of.stream_seq + 1)


def details(of: Entry) -> str | None:
    """What an entry commits to, as canonical JSON; None where the law on retention has erased it."""
    return Detail.objects.filter(entry=of).values_list("details", flat=True).first()


def readings_of(subject: str) -> QuerySet[Entry]:
    """Who looked at the data of a subject (`stay:…`, `establishment:…`), and why; the latest first."""
    reading = Q()
    for word in READING:
        reading |= Q(type__endswith=word)
    return Entry.objects.filter(reading, subject=subject).order_by("-at", "-id")


def by_subject(subjects: Collection[str]) -> Mapping[str, list[Entry]]:
    """Every entry about each of the subjects, oldest first."""
    found: dict[str, list[Entry]] = {}
    for each in Entry.objects.filter(subject__in=subjects).order_by("at", "id"):
        found.setdefault(each.subject, []).append(each)
    return found


def by_reference(references: Collection[str]) -> Mapping[str, list[Entry]]:
    """Every entry about each of the references, or in its stream (its papers and files), oldest first."""
    found: dict[str, list[Entry]] = {}
    about = Q(subject__in=references) | Q(stream__in=references)
    for each in Entry.objects.filter(about).order_by("at", "id"):
        found.setdefault(each.subject if each.subject in references else each.stream, []).append(each)
    return found


def told(type: str, subjects: Collection[str]) -> Sequence[tuple[Entry, Mapping[str, Any]]]:
    """Entries of one kind of act about subjects, oldest first, with their details; empty where those were erased."""
    found = list(Entry.objects.filter(type=type, subject__in=subjects).order_by("at", "id"))
    details = dict(Detail.objects.filter(entry__in=found).values_list("entry", "details"))
    return [(each, json.loads(details.get(each.pk, "{}"))) for each in found]


CHAINS = f"""
select {", ".join(f"e.{column}" for column in COLUMNS)}, d.salt, d.details
from audit_entry e left join audit_detail d on d.entry_id = e.id
where %s = '' or e.stream = %s order by e.stream, e.stream_seq
"""


def chains(stream: str = "") -> Iterator[Row]:
    """Every entry with its details in order of stream and number, or those of one stream; read in portions."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(CHAINS, (stream, stream))
        while rows := cursor.fetchmany(AT_ONCE):
            yield from starmap(Row, rows)


UNPLACED = """
select e.id, e.stream, e.stream_seq from audit_entry e
 where not exists (select from audit_leaf l where l.entry = e.id)
   and not exists (select from audit_pending p where p.entry_id = e.id) limit 1
"""
LEAVES = """
select l.index, l.hash, l.entry, e.leaf_hash from audit_leaf l left join audit_entry e on e.id = l.entry
 where l.log = %s order by l.index
"""


def unplaced() -> tuple[UUID, str, int] | None:
    """An entry that neither has a place in the log nor waits for one: id, stream and number."""
    with connection.cursor() as cursor:
        cursor.execute(UNPLACED)
        found: tuple[UUID, str, int] | None = cursor.fetchone()
    return found


def leaves(log: str) -> Iterator[Leaf]:
    """Every leaf of a log in order, with the hash of its entry as the record has it now; read in portions."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(LEAVES, [log])
        while rows := cursor.fetchmany(AT_ONCE):
            for index, hash_, entry, recorded in rows:
                yield Leaf(index, bytes(hash_), entry, None if recorded is None else bytes(recorded))


def stored(log: str) -> Log:
    """What the database says of a log, apart from its leaves; nodes in the order in which they came to be."""
    found = models.Log.objects.get(pk=log)
    # a subtree is complete with its last leaf, and a smaller one before a larger one
    nodes = (
        Stored(level, index, bytes(hash_))
        for level, index, hash_ in sorted(
            models.Node.objects.filter(log=log).values_list("level", "index", "hash").iterator(),
            key=lambda row: (row[1] + 1 << 8 * row[0], row[0]),
        )
    )
    signed = models.Checkpoint.objects.filter(log=log).order_by("size").values_list("size", "root", "note")
    kept = (Kept(size, bytes(root), note) for size, root, note in signed.iterator())
    return Log(found.size, [bytes(node) for node in found.frontier], nodes, kept)
