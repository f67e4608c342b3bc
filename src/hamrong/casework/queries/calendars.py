"""The living calendar of an officer, by its owner or by its secret address."""

import hashlib

from hamrong.access.actors import Grant
from hamrong.casework.models import Feed
from hamrong.casework.queries.alarms import person_of


def digest(secret: str) -> bytes:
    """What is kept of the secret of an address."""
    return hashlib.sha256(b"casework/calendar/v1 " + secret.encode()).digest()


def own(by: Grant) -> Feed | None:
    """The one that the person of a grant has."""
    return Feed.objects.filter(person=person_of(by), ended_at__isnull=True).first()


def behind(secret: str) -> Feed | None:
    """The one that a secret opens, if it lives and its owner may still sign in."""
    found = Feed.objects.filter(digest=digest(secret), ended_at__isnull=True, person__is_active=True)
    return found.select_related("person").first()
