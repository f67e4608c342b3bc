"""The cookie of a browser that has signed in before: a signed, random name of its own for each person."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.core import signing

COOKIE = "hr_device"
LIFE = timedelta(days=400)
MOST = 8
"""People of one browser that are remembered, the last ones first: a front desk is shared."""

SALT = "accounts.devices"


def known(cookie: str) -> dict[str, str]:
    """Person (a digest of the user name) → the browser's name with that person; empty for a cookie that is not ours."""
    try:
        people: dict[str, str] = signing.loads(cookie, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    return people


def device_of(cookie: str, username: str) -> str:
    """The browser's name with this person, or '' for a stranger."""
    return known(cookie).get(_person(username), "")


def remembering(cookie: str, username: str) -> str:
    """The cookie after this person signed in."""
    people: Mapping[str, str] = known(cookie)
    name = people.get(_person(username)) or secrets.token_urlsafe(12)
    others = [(person, device) for person, device in people.items() if person != _person(username)]
    return signing.dumps(dict([*others, (_person(username), name)][-MOST:]), salt=SALT)


def _person(username: str) -> str:
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()[:16]
