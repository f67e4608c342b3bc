"""Questions about establishments that several pages ask."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.lodging.models import CodeSeries, Contact, Establishment, Room
from hamrong.lodging.queries import visible
from hamrong.lodging.queries.nights import of_several


def any_exist() -> bool:
    """Whether any establishment was ever given a code; says nothing about which."""
    return CodeSeries.objects.exists()


def names(by: Grant) -> set[str]:
    """The names of all establishments within the grant."""
    return set(visible.establishments(by).values_list("name", flat=True))


def in_ward(by: Grant, ward: str) -> QuerySet[Establishment]:
    """All establishments of a commune within the grant, in any state, by name."""
    return visible.establishments(by).filter(ward=ward).order_by("name_key", "code")


def one_in_ward(by: Grant, ward: str, code: str) -> Establishment | None:
    """One establishment of a commune within the grant."""
    return in_ward(by, ward).filter(pk=code).first()


def rooms_of(by: Grant, code: str) -> Sequence[Room]:
    """The rooms of an establishment within the grant."""
    return list(visible.rooms(by).filter(establishment=code))


@dataclass(frozen=True, slots=True)
class PastNight:
    """One night of an establishment, counted from its stays and its reports of none."""

    night: date
    stays: int
    going_on: int
    late: int
    nil: bool


def past_nights(by: Grant, place: Establishment, first: date, last: date) -> Sequence[PastNight]:
    """Every night from `first` to `last`, newest first."""
    stays = visible.stays(by).filter(establishment=place.code, night__range=(first, last)).exclude(state="cancelled")
    per_night = stays.values("night").annotate(all=Count("pk"), late=Count("pk", filter=Q(on_time=False))).order_by()
    counted = {row["night"]: (row["all"], row["late"]) for row in per_night}
    said = visible.nil_reports(by).filter(establishment=place.code, night__range=(first, last))
    nils = set(said.values_list("night", flat=True))
    nights = [last - timedelta(days=back) for back in range((last - first).days + 1)]
    spans = _spans(by, place, first, last)

    def of(night: date) -> PastNight:
        stays, late = counted.get(night, (0, 0))
        on = sum(many for (arrived, left), many in spans.items() if arrived < night <= left)
        return PastNight(night, stays, on, late, night in nils)

    return [of(night) for night in nights]


def _spans(by: Grant, place: Establishment, first: date, last: date) -> Mapping[tuple[date, date], int]:
    """How many guests of several nights there are by first and last night, of those there between two nights."""
    found = of_several(visible.stays(by).filter(ward=place.ward, establishment=place.code), first, last)
    return Counter(found.values_list("night", "last_night"))


def contacts_of(by: Grant, code: str, limit: int) -> Sequence[Contact]:
    """The last calls between an establishment and the police."""
    return list(visible.contacts(by).filter(establishment=code).order_by("-at")[:limit])


def one(by: Grant, code: str) -> Establishment | None:
    """One establishment within the grant."""
    return visible.establishments(by).filter(pk=code).first()
