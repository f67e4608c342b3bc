"""What several pages of the site share: the words of a refusal, a form that works once, and two pages of refusal."""

import secrets
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from hamrong.access.actors import Refusal
from hamrong.ui import errors

ONCE = "once"
ONCE_FOR = 24 * 60 * 60


def words(refusal: Refusal) -> str:
    """A refusal in the reader's language."""
    return refusal.en if (get_language() or "vi").startswith("en") else refusal.vi


def tell(request: HttpRequest, answer: object, done: object) -> bool:
    """Put on the next page what became of an act; whether it was done."""
    if isinstance(answer, Refusal):
        messages.error(request, words(answer))
        return False
    messages.success(request, str(done))
    return True


def private(request: HttpRequest, template: str, values: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    """A page about people, which no browser keeps."""
    response = render(request, template, values, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


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
