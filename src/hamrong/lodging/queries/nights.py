"""The night as the establishment, the commune and the province see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Count, Max, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.lodging.models import Establishment, NilReport, Stay
from hamrong.lodging.queries import visible

Standing = Literal["reported", "nil", "late", "silent", "waiting", "not_expected"]

STANDINGS: tuple[Standing, ...] = ("silent", "late", "waiting", "nil", "reported", "not_expected")
"""In the order of how much they need somebody's attention."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """An establishment's own night at a glance."""

    stays: int
    foreigners: int
    late: int
    drafts: int
    nil: NilReport | None


@dataclass(frozen=True, slots=True)
class PlaceNight:
    """One establishment on one night. `not_expected` is only for a place without rooms that sent nothing."""

    place: Establishment
    rooms: int
    stays: int
    foreigners: int
    late: int
    last_at: datetime | None
    nil: bool
    standing: Standing


def tonight(by: Grant, establishment: str, night: date) -> Tonight:
    """Counts of one establishment's night; cancelled stays do not count."""
    live = visible.stays(by).filter(establishment=establishment, night=night).exclude(state="cancelled")
    counted = live.aggregate(
        all=Count("pk"), foreign=Count("pk", filter=Q(kind="foreigner")), late=Count("pk", filter=Q(on_time=False))
    )
    drafts = visible.drafts(by).filter(establishment=establishment, night=night).count()
    nil = visible.nil_reports(by).filter(establishment=establishment, night=night).first()
    return Tonight(counted["all"], counted["foreign"], counted["late"], drafts, nil)


def standing(*, stays: int, late: int, nil: bool, rooms: int, deadline_passed: bool) -> Standing:
    """How an establishment stands: with rooms and no report it waits until the deadline and is silent after it."""
    if stays:
        return "late" if late else "reported"
    if nil:
        return "nil"
    if not rooms:
        return "not_expected"
    return "silent" if deadline_passed else "waiting"


def board(by: Grant, night: date, *, deadline: datetime, now: datetime) -> Sequence[PlaceNight]:
    """Every active establishment of the grant's commune on one night, those that need attention first.

    Three grouped queries over the commune (bounded by its establishments), none per establishment.
    """
    places = list(visible.establishments(by).filter(state="active").order_by("name_key"))
    counted = {
        row["establishment"]: row
        for row in _live(by, night)
        .values("establishment")
        .annotate(
            stays=Count("pk"),
            foreigners=Count("pk", filter=Q(kind="foreigner")),
            late=Count("pk", filter=Q(on_time=False)),
            last_at=Max("received_at"),
        )
        .order_by()
    }
    nils = set(visible.nil_reports(by).filter(night=night).values_list("establishment", flat=True))
    rooms = dict(visible.rooms(by).values_list("establishment").annotate(Count("pk")).order_by())
    passed = now > deadline
    nights = [_place_night(place, counted.get(place.code, {}), nils, rooms, passed) for place in places]
    return sorted(nights, key=lambda one: (STANDINGS.index(one.standing), one.place.name_key))


def _live(by: Grant, night: date) -> QuerySet[Stay]:
    return visible.stays(by).filter(night=night).exclude(state="cancelled")


def _place_night(
    place: Establishment, row: Mapping[str, Any], nils: set[str], rooms: dict[str, int], passed: bool
) -> PlaceNight:
    stays, late = int(str(row.get("stays", 0))), int(str(row.get("late", 0)))
    nil, count = place.code in nils, rooms.get(place.code, 0)
    last_at = row.get("last_at")
    return PlaceNight(
        place,
        count,
        stays,
        int(str(row.get("foreigners", 0))),
        late,
        last_at if isinstance(last_at, datetime) else None,
        nil,
        standing(stays=stays, late=late, nil=nil, rooms=count, deadline_passed=passed),
    )
