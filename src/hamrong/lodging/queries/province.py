"""The province's nights from what was folded: by ward, by night, and how well the duty is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from hamrong.access.actors import Grant
from hamrong.lodging.models import NightSummary
from hamrong.lodging.queries import visible

REPORTED = Q(stays__gt=0) | Q(going_on__gt=0) | Q(nil=True)
SILENT = Q(stays=0, going_on=0, nil=False, rooms__gt=0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of some nights of some establishments: guests, and establishment-nights by how they were reported."""

    guests: int
    foreigners: int
    late: int
    reported: int
    nil: int
    silent: int
    folded_at: datetime | None

    @property
    def expected(self) -> int:
        """Establishment-nights of which something had to be heard."""
        return self.reported + self.silent

    @property
    def on_time_share(self) -> float | None:
        """Guests notified in time, of all that were notified; None without guests."""
        return (self.guests - self.late) / self.guests if self.guests else None

    @property
    def reported_share(self) -> float | None:
        """Establishment-nights heard of, of those expected; None where none was."""
        return self.reported / self.expected if self.expected else None


def of_ward(by: Grant, first: date, last: date) -> Mapping[str, Tally]:
    """Each commune's numbers over the nights from `first` to `last`, by its code."""
    return {row["ward"]: _count(row) for row in _counted(_nights(by, first, last), "ward")}


def of_night(by: Grant, first: date, last: date) -> Mapping[date, Tally]:
    """Each night's numbers within the grant, from `first` to `last`; nights that were not folded are missing."""
    return {row["night"]: _count(row) for row in _counted(_nights(by, first, last), "night")}


def _nights(by: Grant, first: date, last: date) -> QuerySet[NightSummary]:
    return visible.night_summaries(by).filter(night__range=(first, last))


def _counted(rows: QuerySet[NightSummary], group: str) -> Sequence[Mapping[str, Any]]:
    return list(
        rows.values(group)
        .annotate(
            guests=Sum("stays"),
            foreign=Sum("foreigners"),
            tardy=Sum("late"),
            reported=Count("pk", filter=REPORTED),
            nothing=Count("pk", filter=Q(stays=0, nil=True)),
            silent=Count("pk", filter=SILENT),
            at=Max("folded_at"),
        )
        .order_by(group)
    )


def _count(row: Mapping[str, Any]) -> Tally:
    return Tally(row["guests"], row["foreign"], row["tardy"], row["reported"], row["nothing"], row["silent"], row["at"])
