"""Receptions and their hours: what a reception holds, when the next ones are, and what the law owes after one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.cases.dates import Standing
from hamrong.identity.keys import vault
from hamrong.law import Deadline, calendar
from hamrong.petitions.models import Hours, Reception
from hamrong.petitions.owed import AFTER, reckoned, stands
from hamrong.petitions.queries import visible
from hamrong.petitions.schedule import Rhythm, days
from hamrong.petitions.told import Visit, visit_of

AHEAD: Final = timedelta(days=92)
"""So far ahead the next days are shown."""

HEAD: Final = "tcd.leader.day"


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which citizens are received, and by which hours."""

    on: date
    hours: Hours


def opened(row: Reception) -> Visit | None:
    """What a reception holds, whose reading has to be put on record; None for one of a denouncer."""
    return None if row.content is None else visit_of(vault().open_bytes(bytes(row.content), row.pk.bytes))


def due(row: Reception, at: datetime) -> Standing | None:
    """By when whoever came has to be told, with the derivation; None where nothing is owed, or it was done."""
    waits = row.end in AFTER and row.answered_on is None and row.erased_on is None
    return stands(row, at) if waits else None


def recent(by: Grant, unit: str, most: int = 60) -> Sequence[Reception]:
    """The latest receptions of a unit, to be named by a petition that was handed in at one."""
    return list(visible.receptions(by).filter(unit=unit).order_by("-held_on", "-number")[:most])


def public_hours(today: date) -> QuerySet[Hours]:
    """The hours of every unit that hold today or later: anybody may read them."""
    return Hours.objects.filter(Q(until__isnull=True) | Q(until__gt=today)).exclude(on__lt=today)


def coming(hours: Iterable[Hours], first: date, last: date) -> list[Coming]:
    """The days on which these hours fall, in their order."""
    found = [Coming(day, each) for each in hours for day in days(rhythm_of(each), first, last, calendar())]
    return sorted(found, key=lambda each: (each.on, each.hours.opens, str(each.hours.pk)))


def rhythm_of(hours: Hours) -> Rhythm:
    """When hours fall, as `schedule` reckons."""
    return Rhythm(hours.since, hours.until, hours.weekday, hours.monthday, hours.on)


def head_owed(hours: Sequence[Hours], today: date) -> Deadline | None:
    """The law's clock of the month where no day of the head stands in it, neither behind nor to come."""
    first = today.replace(day=1)
    due_by = reckoned(HEAD, first)
    held = coming([each for each in hours if each.who == "head"], first, due_by.legal_day)
    return None if held else due_by
