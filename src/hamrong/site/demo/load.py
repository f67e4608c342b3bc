"""Loading the demo: establishments, people, and nights of notifications through the real acts."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, visitor
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.law import VIETNAM
from hamrong.lodging.actions import establishments, summaries
from hamrong.lodging.actions.establishments import Establishment
from hamrong.lodging.actions.intake import notify
from hamrong.lodging.actions.nights import report_nil
from hamrong.lodging.nights import night_of
from hamrong.lodging.queries import places as known_places
from hamrong.lodging.rules import BirthIn, CaptureIn, DocumentIn, ReasonIn, ResidenceIn, StayIn, check
from hamrong.org.queries import commune_units
from hamrong.petitions.actions import publishing
from hamrong.plates.jobs import judge_now
from hamrong.site.demo import people, petitions, plates, questions, receptions, sealing
from hamrong.site.demo.names import Invented, foreigner, vietnamese
from hamrong.site.demo.places import APPLICANT, FIRST, SAM_SON, Place, more

Echo = Callable[[str], object]
SEED: Final = 1964
SIZES: Final = {"small": (0, 4), "province": (2400, 7)}
"""How many further establishments and how many nights a scale has."""

YEAR: Final = 365
"""Days of draws of number plates at the scale of a province."""

PETITIONS: Final = 9_887
"""Petitions of a year at the scale of a province, as published for 2023; what came of them is more."""

REASONS: Final = ("tourism", "tourism", "business", "family")
PROGRESS_EVERY: Final = 100


def is_loaded() -> bool:
    """Whether there is any establishment."""
    return known_places.any_exist()


def load(scale: str, echo: Echo) -> None:
    """Load the demo at a scale of `SIZES`; what is there already stays, so that a second run adds nothing twice."""
    chance, now = Random(SEED), timezone.now()
    count, nights = SIZES[scale]
    wards = [unit.code for unit in commune_units(now.date())]
    places = [*FIRST, *more(wards, count, chance)]
    known = _already()
    echo(f"Demo: {len(places)} establishments, {nights} nights")
    made = []
    for number, place in enumerate(places, 1):
        if place.name not in known:
            made.append((place, _establish(place, now - timedelta(days=nights + 1))))
        if number % PROGRESS_EVERY == 0:
            echo(f"  establishments {number}/{len(places)}")
    if APPLICANT.name not in known:
        _apply(APPLICANT, now)
    people.make(now)
    sealing.make(now, timezone.localdate(now))
    _petitions(scale, wards, now, echo)
    every = list(_nights(now, nights))
    for night in every:
        reported = sum(_night(place, row, night, now, chance) for place, row in made)
        echo(f"  night {night:%d/%m/%Y}: {reported} guests")
    summaries.fold(by=_grant("keeper", "", "night.fold", Target()), nights=every, at=now)
    questions.make(now)
    echo("  number plates")
    with plates.signer() as signing:
        whole = scale == "province"
        plates.make(signing, now, chance, days=YEAR if whole else plates.DAYS, whole=whole)
    judge_now()  # the report that the first night would make


def _petitions(scale: str, wards: list[str], now: datetime, echo: Echo) -> None:
    units, count = (wards, PETITIONS) if scale == "province" else ([SAM_SON], petitions.EACH_WAY)
    begun = total = 0
    for begun, total in petitions.make(now, units, count):
        if begun % PROGRESS_EVERY == 0:
            echo(f"  petitions {begun}/{total}")
    echo(f"  petitions {begun}/{total}")
    receptions.make(now, [SAM_SON, *(ward for ward in units if ward != SAM_SON)])
    publishing.publish(by=_grant("keeper", "", "petition.publish", Target()), at=now)


def _already() -> set[str]:
    """Names of establishments that exist, as the province sees them."""
    grant = _grant(
        "province-residence", settings.HAMRONG_PROVINCE, "place.list", Target(province=settings.HAMRONG_PROVINCE)
    )
    with acting(grant):
        return known_places.names(grant)


def _nights(now: datetime, count: int) -> Iterator[date]:
    tonight = night_of(now)
    return (tonight - timedelta(days=back) for back in range(count - 1, -1, -1))


def _grant(role: str, scope: str, act: str, target: Target) -> Grant:
    answer = decide(Actor("system:demo", "demo", "job:demo", (Holding(role, scope),), strong=True), act, target)
    assert isinstance(answer, Grant), answer
    return answer


def _apply(place: Place, at: datetime) -> Establishment:
    applicant = decide(visitor("visitor"), "place.apply", Target())
    assert isinstance(applicant, Grant)
    row = establishments.apply(
        by=applicant,
        ward=place.ward,
        kind=place.kind,
        name=place.name,
        address=place.address,
        manager_name=place.manager,
        phone="0237 3000 000",
        at=at,
        province=settings.HAMRONG_PROVINCE,
    )
    assert isinstance(row, Establishment)
    return row


def _establish(place: Place, at: datetime) -> Establishment:
    row = _apply(place, at)
    ward = _grant("ward-duty", place.ward, "place.decide", Target(ward=place.ward))
    decided = establishments.decide(by=ward, code=row.code, decision="approve", reason="", at=at)
    assert isinstance(decided, Establishment)
    rooms = [(f"{floor}{door:02d}", 2) for floor in range(1, 50) for door in range(1, 21)][: place.rooms]
    host = _grant("host-manager", row.code, "place.rooms", Target(establishment=row.code))
    assert not isinstance(establishments.set_rooms(by=host, code=row.code, rooms=rooms, at=at), Refusal)
    return decided


def _night(place: Place, row: Establishment, night: date, now: datetime, chance: Random) -> int:
    """One establishment's night: its guests, a report of none, or silence. Tonight only what has happened by now."""
    if place.answers == "nil" and night == night_of(now):
        by = _grant("host-clerk", row.code, "nil.report", Target(establishment=row.code))
        report_nil(by=by, place=row, night=night, today=night, at=now)
    if place.answers in {"nil", "silent"} and night == night_of(now):
        return 0
    guests = int(place.rooms * place.busy * chance.uniform(0.6, 1.2))
    return sum(_guest(place, row, night, room, now, chance) for room in range(guests))


def _guest(place: Place, row: Establishment, night: date, room: int, now: datetime, chance: Random) -> int:
    arrival = _arrival(night, now, chance)
    wait = chance.randint(200, 900) if place.answers == "late" and chance.random() < 0.4 else chance.randint(2, 25)
    at = arrival + timedelta(minutes=wait)
    if at > now:
        return 0
    guest = foreigner(chance) if chance.random() < 0.08 else vietnamese(chance)
    checked = check(_stay(guest, place, row, arrival, room, chance), now=at, establishment_kind=row.kind, area=row.area)
    by = _grant("host-clerk", row.code, "stay.notify", Target(establishment=row.code))
    return int(notify(by=by, place=row, checked=checked, channel="form", at=at).outcome.startswith("accepted"))


def _arrival(night: date, now: datetime, chance: Random) -> datetime:
    """From one in the afternoon on; where tonight has only just begun, from eight in the morning until a little ago."""
    first, last = datetime.combine(night, time(13), VIETNAM), datetime.combine(night, time(22, 20), VIETNAM)
    if now < last:
        first, last = min(first, datetime.combine(night, time(8), VIETNAM)), now - timedelta(minutes=30)
    return first + timedelta(minutes=chance.uniform(0, max(1, (last - first) / timedelta(minutes=1))))


def _stay(guest: Invented, place: Place, row: Establishment, arrival: datetime, room: int, chance: Random) -> StayIn:
    home = guest.nationality == "VNM"
    nights = (
        1 if place.answers in {"nil", "silent"} else chance.randint(1, 3)
    )  # where tonight is to be empty nobody stays
    leaves = datetime.combine(arrival.date() + timedelta(days=nights), time(12), VIETNAM)
    return StayIn(
        establishment_id=row.code,
        kind="citizen" if home else "foreigner",
        full_name=guest.full_name,
        sex=guest.sex,
        birth=BirthIn(guest.birth, "day"),
        nationality=guest.nationality,
        document=DocumentIn("cccd" if home else "passport", guest.number),
        residence=ResidenceIn(guest.home) if home else None,
        arrival_at=arrival.isoformat(),
        planned_departure_at=leaves.isoformat(),
        room=f"{1 + room // 20}{1 + room % 20:02d}",
        reason=ReasonIn(chance.choice(REASONS)),
        capture=CaptureIn("manual"),
        permitted_until=None if home else (arrival.date() + timedelta(days=30)).isoformat(),
    )
