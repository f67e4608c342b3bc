"""What several pages of the site share: a form that works once, and two pages of refusal."""

import secrets
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


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: open too long, or sent from elsewhere."""
    return errors.forbidden(request)
