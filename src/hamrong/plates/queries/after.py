"""Plates after they were given: what an office has to hand over and until when, one plate's history, plates kept."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.law import VIETNAM
from hamrong.plates.models import Act, Plate
from hamrong.plates.numbers import plate_name
from hamrong.plates.queries import visible

PAST: Final = "select * from plates_past(%s, %s) order by asked_at desc, id desc"


class Kept(NamedTuple):
    """A plate that is kept for an owner, in whatever office: what it is, its colour, and from when it returns."""

    number: str
    kind: str
    pool: str
    colour: str
    until: date

    @property
    def name(self) -> str:
        """What its address calls it."""
        return plate_name(self.number, self.kind, self.pool)


def plates(by: Grant, number: str, kind: str = "") -> Sequence[Plate]:
    """The plates of the office with a number, of one kind or of all: more than one where kinds are written alike."""
    found = visible.plates(by).filter(number=number).order_by("kind")
    return list(found.filter(kind=kind) if kind else found)


def named(by: Grant, acts: Sequence[Act]) -> dict[tuple[str, str], str]:
    """What the plates of acts are called in addresses, by number and kind."""
    found = visible.plates(by).filter(number__in={one.number for one in acts})
    return {(one.number, one.kind): one.name for one in found}


def history(by: Grant, plate: Plate) -> Sequence[Act]:
    """What was asked for a plate of the office since its owner drew it, in whatever office, the latest first."""
    rows = Act.objects.raw(PAST, [plate.number, plate.kind])
    return [row for row in rows if row.asked_at >= plate.since]


class Left(NamedTuple):
    """A plate whose file went to another office with its owner: when, and to which."""

    number: str
    kind: str
    at: datetime
    ward: str


def moved_away(since: datetime) -> Sequence[Left]:
    """The plates that left the office that is asking, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from plates_left(%s)", [since])
        return [Left(*row) for row in cursor.fetchall()]


def act(by: Grant, identifier: UUID) -> Act | None:
    return visible.acts(by).filter(pk=identifier).first()


def open_acts(by: Grant) -> QuerySet[Act]:
    """Applications that are neither done nor undone, what is due first before the rest; nothing is left out."""
    return visible.acts(by).filter(done_at__isnull=True, undone_at__isnull=True).order_by("due_at", "id")


def late(by: Grant, now: datetime) -> int:
    """How many applications are late by law: past the reading before which nobody is."""
    return open_acts(by).filter(legal_at__lte=now).count()


def kept(by: Grant) -> QuerySet[Plate]:
    """Plates that are kept for their owners, those that return first before the rest."""
    return visible.plates(by).filter(state="kept").order_by("kept_until", "number")


def kept_for(document: str) -> Sequence[Kept]:
    """The plates that are kept for the owner of a document; whoever asks puts the asking on record."""
    with connection.cursor() as cursor:
        cursor.execute("select * from plates_kept(%s)", [vault().find(document)])
        return [Kept(*row) for row in cursor.fetchall()]


class Tally(NamedTuple):
    """Applications of a year of one kind: how many, handed over in time, handed over late, open, undone."""

    key: str
    asked: int
    in_time: int
    late: int
    open: int
    undone: int


def tallies(by: Grant, key: str, year: int, now: datetime) -> Sequence[Tally]:
    """What was asked in a year by `act` or by `ward`; what is open past its legal date counts as late and as open."""
    first, after = (datetime.combine(date(each, 1, 1), time(), VIETNAM) for each in (year, year + 1))
    stands = Q(undone_at__isnull=True)
    done, overdue = Q(done_at__isnull=False), Q(done_at__gte=F("legal_at")) | Q(done_at=None, legal_at__lte=now)
    rows = (
        visible.acts(by).filter(asked_at__gte=first, asked_at__lt=after).values(key).order_by(key)
        .annotate(
            asked=Count("id"), late=Count("id", filter=stands & overdue),
            in_time=Count("id", filter=stands & done & ~Q(done_at__gte=F("legal_at"), legal_at__isnull=False)),
            open=Count("id", filter=stands & ~done), undone=Count("id", filter=~stands),
        )
    )  # fmt: skip
    return [
        Tally(row[key], row["asked"], row["in_time"], row["late"], row["open"], row["undone"]) for row in rows
    ]  # fmt: skip
