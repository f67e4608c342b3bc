"""Guests whose planned departure has passed and of whom nothing was heard since: no departure, no extension."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hamrong.access.actors import Grant
from hamrong.lodging.models import Stay
from hamrong.lodging.nights import LOOKED_BACK, night_of
from hamrong.lodging.queries import visible


@dataclass(frozen=True, slots=True)
class OverdueFilter:
    """What overdue departures are narrowed to; the planned departure lies in [since, until)."""

    place: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def overdue(by: Grant, ward: str, chosen: OverdueFilter, *, now: datetime) -> QuerySet[Stay]:
    """A commune's stays whose planned departure lies before `now`, newest night first.

    An extension moves the planned departure, so a guest who stays longer is not among them until that passes, too.
    The caller pages by (night, id) and puts the reading on record.
    """
    tonight = night_of(now)
    found = visible.stays(by).filter(
        ward=ward, night__range=(tonight - LOOKED_BACK, tonight), state="notified", planned_departure_at__lt=now
    )
    if chosen.place:
        found = found.filter(establishment=chosen.place)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.since:
        found = found.filter(planned_departure_at__gte=chosen.since)
    if chosen.until:
        found = found.filter(planned_departure_at__lt=chosen.until)
    return found.order_by("-night", "-id")
