"""Where a unit or a report has too few keys, and when the trustees' cards were tried; for pages."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q

from hamrong.access.actors import Grant
from hamrong.access.queries import colleagues
from hamrong.law.counting import months_later
from hamrong.org.queries import commune_units
from hamrong.sealed import queries
from hamrong.sealed.models import Drill, Hand, Key, Report, Share
from hamrong.sealed.policy import HANDLERS
from hamrong.sealed.rules import DRILL_MONTHS, READERS


@dataclass(frozen=True, slots=True)
class Unit:
    """The own unit: who settles and can read what is sealed, who settles and cannot yet; whether it is the province."""

    able: frozenset[UUID]
    keyless: frozenset[UUID]
    top: bool

    @property
    def short(self) -> bool:
        return len(self.able) < READERS


def own_unit(by: Grant, today: date) -> Unit:
    """The unit of the grant; at the province its leadership."""
    place = by.scope if by.scope_kind == "ward" else settings.HAMRONG_PROVINCE
    able = frozenset(each.person for each in queries.candidates(today) if each.person and place in each.settles)
    posts = {who for who, held in colleagues(by, today).items() if not held.isdisjoint(HANDLERS)}
    return Unit(able, frozenset(posts - able), top=place == settings.HAMRONG_PROVINCE)


def short_units(today: date) -> dict[str, int]:
    """Communes in which fewer than two can read what is sealed: what is sent to them goes to the province."""
    able = queries.candidates(today)
    counted = {code: 0 for code in commune_units(today).values_list("code", flat=True)}
    for each in able:
        for place in each.settles & counted.keys():
            counted[place] += 1
    return {code: count for code, count in counted.items() if count < READERS}


@dataclass(frozen=True, slots=True)
class Without:
    """What open reports would be without a key: read by one person only, or by nobody; `shut`: with too few holders.

    `lost` of the `shut` no trustees' cards open either.
    """

    alone: int
    nobody: int
    shut: int
    lost: int


def without(key: Key, today: date) -> Without:
    """The open reports that somebody reads or holds a share of with a key, as they would be once it is given up."""
    mine = Hand.objects.filter(key=key, what="content", report__closed_on__isnull=True)
    others = Hand.objects.filter(report__in=mine.values("report"), what="content", key__ended_on__isnull=True)
    left: dict[UUID, int] = dict.fromkeys(mine.values_list("report", flat=True), 0)
    for report in others.exclude(key=key).values_list("report", flat=True):
        left[report] += 1
    counts = list(left.values())
    return Without(counts.count(1), counts.count(0), *_shut(key, today))


def _shut(key: Key, today: date) -> tuple[int, int]:
    """How many identities, of those still to be opened, too few others hold; and how many of these no cards open."""
    others = [one.holder.who for one in queries.candidates(today) if queries.HOLDER_ROLE in one.roles]
    shares = Share.objects.filter(epoch=F("report__epoch"), report__closed_on__isnull=True)
    held = Report.objects.filter(pk__in=shares.filter(key=key).values("report"))
    left = Count("shares__key", distinct=True, filter=Q(shares__epoch=F("epoch"), shares__key__in={*others} - {key.pk}))
    shut = held.annotate(left=left).filter(left__lt=F("needed"))
    return shut.count(), shut.filter(recovery__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Drills:
    """The trustees' key in use, the last drills with its cards, and by when the next one is held."""

    key: Key | None
    last: Drill | None
    failed: Drill | None
    due: date | None
    late: bool


def drills(today: date) -> Drills:
    """How the trustees' cards stand: a drill a year, counted from the last canary that opened or from the key itself.

    `failed`: a drill since then that did not open its canary.
    """
    key = Key.objects.filter(person=None, ended_on__isnull=True).first()
    if key is None:
        return Drills(None, None, None, None, late=False)
    held = Drill.objects.filter(key=key).order_by("-held_on")
    last = held.filter(opened=True).first()
    since = last.held_on if last else key.made_on
    failed = held.filter(opened=False, held_on__gte=since).first()
    due = months_later(since, DRILL_MONTHS)
    return Drills(key, last, failed, due, late=today >= due)
