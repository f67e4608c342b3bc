"""The secret address of an officer's calendar: made, made anew, taken back."""

import secrets
from datetime import datetime
from typing import Final

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.casework.models import Feed
from hamrong.casework.queries.alarms import person_of
from hamrong.casework.queries.calendars import digest

BYTES: Final = 24


def make(*, by: Grant, at: datetime) -> str:
    """A new secret; the one before it ends. It is shown now and never again."""
    secret = secrets.token_urlsafe(BYTES)
    with acting(by):
        _end(by, at)
        Feed.objects.create(person_id=person_of(by), digest=digest(secret), made_at=at)
        enter(by, subject=by.actor.ref, at=at, calendar="made")
    return secret


def take_back(*, by: Grant, at: datetime) -> int:
    """The address opens nothing any more."""
    with acting(by):
        ended = _end(by, at)
        if ended:
            enter(by, subject=by.actor.ref, at=at, calendar="ended")
        return ended


def _end(by: Grant, at: datetime) -> int:
    return Feed.objects.filter(person=person_of(by), ended_at__isnull=True).update(ended_at=at)
