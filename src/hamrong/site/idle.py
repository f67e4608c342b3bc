"""When a session ends: by how long nobody used it, sooner at a desk of the police than at an establishment's."""

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hamrong.access.actors import Actor
from hamrong.access.signins import end_idle as enter_idle
from hamrong.access.web import where_of
from hamrong.accounts.models import Person

DESK: Final = 60 * 60
"""Seconds that a desk may lie idle whose role demands a second factor (NIST SP 800-63B-4, AAL2: at most an hour)."""

WHOLE: Final = 24 * 60 * 60
"""Seconds after which everybody signs in again, however busy they are (ibid.): longer than any shift."""

STEP: Final = 60
"""Seconds between two marks of use: a busy session is not written anew with every page."""

SEEN, BEGAN, STRONG = "seen", "began", "strong-desk"


def end_idle(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that ends the session of a desk nobody sits at, and marks the use of one somebody works at."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _measure(request, int(time.time()))
        response = get_response(request)
        _know_desk(request)
        return response

    return middleware


def _measure(request: HttpRequest, now: int) -> None:
    session = request.session
    seen, began = session.get(SEEN, now), session.get(BEGAN, now)
    most = DESK if session.get(STRONG) else settings.SESSION_COOKIE_AGE
    if now - seen > most or now - began > WHOLE:
        assert isinstance(request.user, Person)
        enter_idle(person=request.user, where=where_of(request), at=timezone.now(), left=now - seen)
        logout(request)
    elif SEEN not in session or (now - seen >= STEP and not polls(request)):
        session[SEEN], session[BEGAN] = now, began


def polls(request: HttpRequest) -> bool:
    """Whether the page asks for itself anew: nobody has touched it for that."""
    return request.method == "GET" and "HX-Request" in request.headers


def _know_desk(request: HttpRequest) -> None:
    """Whether somebody of this session holds a role that demands a second factor, once a page had to know."""
    actor: Actor | None = getattr(request, "hamrong_actor", None)
    if actor is None or not request.user.is_authenticated:
        return
    strong = any(held.definition.strong for held in actor.holdings)
    if strong != bool(request.session.get(STRONG)):
        request.session[STRONG] = strong
