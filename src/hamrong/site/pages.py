"""What several pages of the site share: a form that works once, and two pages of refusal."""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from hamrong.ui import errors
from hamrong.ui.answers import private

ONCE = "once"
ONCE_FOR = 24 * 60 * 60


def new_once() -> str:
    """The hidden value of a form whose act must not happen twice."""
    return secrets.token_urlsafe(12)


def is_first(request: HttpRequest) -> bool:
    """Whether this form comes for the first time: sent twice by a nervous finger, it acts once."""
    token = request.POST.get(ONCE, "")[:64]
    return bool(token) and cache.add(f"once:{token}", 1, ONCE_FOR)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many wrong tries; it says how long to wait, and what works meanwhile."""
    response = private(request, "site/too_many.html", {}, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = "900"
    return response


def explain_forms(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: who opens an address that only takes forms (after signing in, from the history) reads what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET" or response.content:
            return response
        page = errors.not_allowed(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: open while somebody signed in elsewhere in the browser, or sent by another site.

    What our own page sent waits on the page, loaded anew; what another site sent is not taken.
    """
    response = errors.forbidden(request)
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        response.held_up = {"to": ""}  # type: ignore[attr-defined]
    return response
