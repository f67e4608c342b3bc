"""The night as the establishment, the commune and the province see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.lodging.models import Contact, Establishment, NilReport, Stay
from hamrong.lodging.nights import LOOKED_BACK
from hamrong.lodging.queries import visible

Standing = Literal["reported", "nil", "late", "going_on", "silent", "waiting", "not_expected"]

STANDINGS: tuple[Standing, ...] = ("silent", "late", "waiting", "nil", "going_on", "reported", "not_expected")
"""In the order of how much they need somebody's attention."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """An establishment's own night at a glance; guests who are `going_on` were notified on an earlier night."""

    stays: int
    going_on: int
    foreigners: int
    late: int
    drafts: int
    nil: NilReport | None


@dataclass(frozen=True, slots=True)
class PlaceNight:
    """One establishment on one night, with the last call about it. `not_expected`: it has no rooms and sent nothing.

    `stays` arrived that night; guests who are `going_on` were notified on an earlier one and have not left.
    """

    place: Establishment
    rooms: int
    stays: int
    going_on: int
    foreigners: int
    late: int
    last_at: datetime | None
    nil: bool
    standing: Standing
    word: Contact | None = None


def tonight(by: Grant, place: Establishment, night: date) -> Tonight:
    """Counts of one establishment's night; cancelled stays do not count."""
    own = visible.stays(by).filter(ward=place.ward, establishment=place.code)
    live = own.filter(night=night).exclude(state="cancelled")
    counted = live.aggregate(
        all=Count("pk"), foreign=Count("pk", filter=Q(kind="foreigner")), late=Count("pk", filter=Q(on_time=False))
    )
    on = going_on(own, night).count()
    drafts = visible.drafts(by).filter(establishment=place.code, night=night).count()
    nil = visible.nil_reports(by).filter(establishment=place.code, night=night).first()
    return Tonight(counted["all"], on, counted["foreign"], counted["late"], drafts, nil)


def of_several(found: QuerySet[Stay], first: date, last: date) -> QuerySet[Stay]:
    """Those of the stays that go on over a night after that of arrival, between two nights."""
    return found.filter(
        night__gte=first - LOOKED_BACK, night__lt=last, last_night__gte=first, last_night__gt=F("night")
    ).exclude(state="cancelled")


def going_on(found: QuerySet[Stay], night: date) -> QuerySet[Stay]:
    """Those of the stays that were notified on an earlier night and go on over this one.

    A notice says how long the guest stays, so the nights that follow need no new one.
    """
    return of_several(found, night, night)


def standing(*, stays: int, going_on: int, late: int, nil: bool, rooms: int, deadline_passed: bool) -> Standing:
    """How an establishment stands: with rooms, no report and nobody there it waits for the deadline, then is silent."""
    if stays:
        return "late" if late else "reported"
    if nil:
        return "nil"
    if going_on:
        return "going_on"
    if not rooms:
        return "not_expected"
    return "silent" if deadline_passed else "waiting"


def board(by: Grant, ward: str, night: date, *, deadline: datetime, now: datetime) -> Sequence[PlaceNight]:
    """Every active establishment of a commune within the grant on one night, those that need attention first.

    Five grouped queries over the commune (bounded by its establishments), none per establishment.
    """
    places = list(visible.establishments(by).filter(ward=ward, state="active").order_by("name_key"))
    counted = {row["establishment"]: row for row in _counted(by, ward, night)}
    on = going_on(visible.stays(by).filter(ward=ward), night).values_list("establishment")
    still = dict(on.annotate(Count("pk")).order_by())
    nils = set(visible.nil_reports(by).filter(ward=ward, night=night).values_list("establishment", flat=True))
    rooms = dict(visible.rooms(by).filter(ward=ward).values_list("establishment").annotate(Count("pk")).order_by())
    words = {word.establishment: word for word in contacts(by, ward, night).order_by("at")}
    passed = now > deadline
    nights = [
        _place_night(place, counted.get(place.code, {}), still, nils, rooms, passed, words.get(place.code))
        for place in places
    ]
    return sorted(nights, key=lambda one: (STANDINGS.index(one.standing), one.place.name_key))


def contacts(by: Grant, ward: str, night: date) -> QuerySet[Contact]:
    """Calls made and taken about a night in a commune."""
    return visible.contacts(by).filter(ward=ward, night=night)


def live(by: Grant, ward: str, night: date) -> QuerySet[Stay]:
    """Stays of a commune's night that were not cancelled."""
    return visible.stays(by).filter(ward=ward, night=night).exclude(state="cancelled")


@dataclass(frozen=True, slots=True)
class StayFilter:
    """What the guests of a night are narrowed to; empty narrows nothing."""

    place: str = ""
    kind: str = ""
    late: bool = False


def of_night(by: Grant, ward: str, night: date, chosen: StayFilter) -> QuerySet[Stay]:
    """Stays of a commune's night, also those that were cancelled, in the order of their ids."""
    found = visible.stays(by).filter(ward=ward, night=night).order_by("id")
    if chosen.place:
        found = found.filter(establishment=chosen.place)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    return found.filter(on_time=False) if chosen.late else found


def page(
    by: Grant, ward: str, night: date, chosen: StayFilter, *, after: UUID | None, limit: int
) -> tuple[Sequence[Stay], UUID | None]:
    """Up to `limit` stays after one of them, and the id that the next page begins after, if there is one.

    Whoever shows them puts the reading on record.
    """
    found = of_night(by, ward, night, chosen)
    rows = list((found.filter(pk__gt=after) if after else found)[: limit + 1])
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else None


def _counted(by: Grant, ward: str, night: date) -> Iterable[Mapping[str, Any]]:
    return (
        live(by, ward, night)
        .values("establishment")
        .annotate(
            stays=Count("pk"),
            foreigners=Count("pk", filter=Q(kind="foreigner")),
            late=Count("pk", filter=Q(on_time=False)),
            last_at=Max("received_at"),
        )
        .order_by()
    )


def _place_night(
    place: Establishment,
    row: Mapping[str, Any],
    still: Mapping[str, int],
    nils: set[str],
    rooms: dict[str, int],
    passed: bool,
    word: Contact | None,
) -> PlaceNight:
    stays, foreigners, late = (int(row.get(name, 0)) for name in ("stays", "foreigners", "late"))
    on, nil, count = still.get(place.code, 0), place.code in nils, rooms.get(place.code, 0)
    stands = standing(stays=stays, going_on=on, late=late, nil=nil, rooms=count, deadline_passed=passed)
    return PlaceNight(place, count, stays, on, foreigners, late, row.get("last_at"), nil, stands, word)
