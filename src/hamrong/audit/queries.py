"""Questions asked of the record. The database answers them to an inspector and to nobody else (`append_only.sql`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from hamrong.audit.leaves import COLUMNS, Row
from hamrong.audit.models import Detail, Entry

READING = ("read", "open", "list", "search", "export", "print")
"""Last words of the acts that are readings of data."""

AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for in the record; instants are `since` ≤ at < `until`. Empty means anything."""

    actor: str = ""
    type: str = ""
    subject: str = ""
    purpose: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(wanted: Filter) -> QuerySet[Entry]:
    """Entries that fit, the latest first; page by (`at`, `id`)."""
    exact = {name: value for name in ("actor", "type", "subject", "purpose") if (value := getattr(wanted, name))}
    found = Entry.objects.filter(**exact)
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
        reading |= Q(type__endswith=f".{word}")
    return Entry.objects.filter(reading, subject=subject).order_by("-at", "-id")


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
