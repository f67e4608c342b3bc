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
    return known(cookie).get(person(username), "")


def remembering(cookie: str, username: str) -> str:
    """The cookie after this person signed in."""
    people: Mapping[str, str] = known(cookie)
    device = people.get(person(username)) or secrets.token_urlsafe(12)
    others = [(name, other) for name, other in people.items() if name != person(username)]
    return signing.dumps(dict([*others, (person(username), device)][-MOST:]), salt=SALT)


def last(cookie: str) -> str:
    """Who signed in last in this browser, as `person` names them; '' for a stranger."""
    return next(reversed(known(cookie)), "")


def person(username: str) -> str:
    """A person as the cookie names them: a digest of the user name."""
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()[:16]
