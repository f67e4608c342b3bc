"""Files of an office: those of a day, one of them, and those that a search names; whoever asks puts it on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.identity.vault import normal
from hamrong.kernel.vietnamese import fold
from hamrong.law import VIETNAM
from hamrong.plates.models import Draw, Plate, Seal
from hamrong.plates.queries import visible

Indexed = TypeVar("Indexed", Draw, Plate)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of files is narrowed by; `q` is part of a dossier's number or of an owner's name."""

    day: date | None = None
    state: str = ""
    pool: str = ""
    q: str = ""


def span(day: date) -> tuple[datetime, datetime]:
    """The instants from which and before which it is this day in Viet Nam."""
    return datetime.combine(day, time(), VIETNAM), datetime.combine(day + timedelta(days=1), time(), VIETNAM)


def of_office(by: Grant, ward: str, chosen: Filter) -> QuerySet[Draw]:
    """Files of an office that fit; the caller pages by the time of filing."""
    found = visible.draws(by).filter(ward=ward)
    if chosen.day:
        first, after = span(chosen.day)
        found = found.filter(filed_at__gte=first, filed_at__lt=after)
    if chosen.state:
        found = found.filter(state=chosen.state)
    if chosen.pool:
        found = found.filter(pool=chosen.pool)
    if chosen.q.strip():
        named = Q(dossier__icontains=chosen.q.strip())
        if key := fold(chosen.q):  # signs alone are in no name: not a search for everybody
            named |= Q(owner_key__contains=key)
        found = found.filter(named)
    return found


def counts(by: Grant, ward: str, day: date) -> Mapping[str, int]:
    """How many files of a day stand how, by state."""
    rows = of_office(by, ward, Filter(day)).values("state").annotate(n=Count("id")).order_by()
    return {row["state"]: row["n"] for row in rows}


def left_over(by: Grant, ward: str, day: date) -> int:
    """How many files of days before wait for their owners still."""
    return visible.draws(by).filter(ward=ward, state="filed", filed_at__lt=span(day)[0]).count()


def late(by: Grant, ward: str, overdue: Sequence[Seal]) -> Sequence[Draw]:
    """An office's files among batches that wait too long for their numbers, in the order of their places."""
    if not overdue:
        return []
    found = visible.draws(by).filter(ward=ward, state="sealed", seal__in=[seal.leaf for seal in overdue])
    return list(found.order_by("leaf"))


def one(by: Grant, ward: str, draw: UUID) -> Draw | None:
    """A file of an office; None where the grant sees none."""
    return visible.draws(by).filter(ward=ward, pk=draw).first()


def numbers_of(draw: Draw) -> tuple[str, str]:
    """The numbers of vehicle and owner in plain text; only where their opening is put on record."""
    return (
        vault().open(bytes(draw.vehicle_sealed), draw.pk.bytes),
        vault().open(bytes(draw.owner_sealed), draw.pk.bytes),
    )


def waiting_of_vehicle(by: Grant, ward: str, vehicle: str) -> Draw | None:
    """The file of a vehicle at this office that has no number yet and is not void."""
    found = visible.draws(by).filter(ward=ward, vehicle_index=vault().find(vehicle))
    return found.exclude(state__in=["drawn", "void"]).first()


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, exactly: a vehicle's number, an owner's document or a plate. At least one is given."""

    vehicle: str = ""
    document: str = ""
    plate: str = ""

    @property
    def empty(self) -> bool:
        return not (normal(self.vehicle) or normal(self.document) or normal(self.plate))

    def told(self) -> dict[str, str]:
        """As the record keeps it: numbers of vehicles and documents by their blind indexes only."""
        return {
            "vehicle": vault().find(self.vehicle).hex() if self.vehicle else "",
            "document": vault().find(self.document).hex() if self.document else "",
            "plate": normal(self.plate),
        }


def found(by: Grant, asked: Search) -> QuerySet[Draw]:
    """Files that fit all of what is asked, within the grant; none for an empty search."""
    return _fitting(visible.draws(by), asked)


def found_plates(by: Grant, asked: Search) -> QuerySet[Plate]:
    """Plates on the books that fit all of what is asked, within the grant: drawn, from elsewhere, kept, moved on.

    A chassis number finds the plate that is on the vehicle now; the file tells which one it drew.
    """
    return _fitting(visible.plates(by), asked).order_by("-since", "number")


def _fitting(rows: QuerySet[Indexed], asked: Search) -> QuerySet[Indexed]:
    if asked.empty:
        return rows.none()
    if normal(asked.vehicle):
        rows = rows.filter(vehicle_index=vault().find(asked.vehicle))
    if normal(asked.document):
        rows = rows.filter(owner_index=vault().find(asked.document))
    if normal(asked.plate):
        rows = rows.filter(number=normal(asked.plate))
    return rows


def somebody_pressed() -> bool:
    """Whether an owner waits for a place, in whatever pool; asked within the sequencer's grant."""
    return Draw.objects.filter(state="pressed").exists()
