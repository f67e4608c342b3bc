"""A key that stays open while its owner reads reports: sealed under a key that only the browser has, for half an hour.

The server keeps the private seed encrypted in the cache; the key for it is in a cookie. A copy of the database has one
half, whoever finds the browser the other. Releasing a share and opening an identity ask for the passphrase anyway.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from hamrong.access.actors import Grant
from hamrong.access.web import session_name
from hamrong.kernel.seal import aead
from hamrong.kernel.seal.bound import Broken, bound
from hamrong.sealed import queries
from hamrong.sealed.rings import Ring, person_of

COOKIE: Final = "hamrong_ring"
LASTS: Final = 30 * 60


def keep(request: HttpRequest, response: HttpResponse, ring: Ring) -> None:
    """Let the ring stay open for this session in this browser."""
    half = aead.new_key()
    sealed = aead.seal(half, ring.seed, _about(request, ring))
    cache.set(_name(half), sealed, LASTS)
    response.set_cookie(
        COOKIE, urlsafe_b64encode(half).decode(), max_age=LASTS, httponly=True, samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def find(request: HttpRequest, by: Grant) -> Ring | None:
    """The ring that is open in this session; None where none is, or the key has ended since."""
    half = _half(request)
    sealed = cache.get(_name(half)) if half else None
    key = queries.live_key(person_of(by)) if sealed else None
    if sealed is None or key is None:
        return None
    try:
        seed = aead.unseal(half, sealed, _about(request, Ring(person_of(by), key, b"")))
    except Broken:
        return None
    return Ring(person_of(by), key, seed)


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Close it at once."""
    half = _half(request)
    if half:
        cache.delete(_name(half))
    response.delete_cookie(COOKIE, samesite="Strict")


def _half(request: HttpRequest) -> bytes:
    try:
        half = urlsafe_b64decode(request.COOKIES.get(COOKIE, "").encode())
    except ValueError:
        return b""
    return half if len(half) == aead.KEY else b""


def _name(half: bytes) -> str:
    return f"ring:{hashlib.sha256(half).hexdigest()}"


def _about(request: HttpRequest, ring: Ring) -> bytes:
    return bound("ring/v1", ring.person, ring.key.pk, ring.key.epoch, session_name(request))
