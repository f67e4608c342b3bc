"""The gate in front of every operation of the interface: bearer key, rate, policy, and then the grant's transaction."""

import inspect
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime
from functools import wraps
from typing import Any, Final, Literal

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hamrong.access.actors import Actor, Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.people import actor_of_bearer
from hamrong.access.walls import acting
from hamrong.access.web import TOLD, Gate
from hamrong.audit.record import Act, record
from hamrong.lodging.api import lanes
from hamrong.lodging.api.parameters import WORDS
from hamrong.lodging.api.problems import Problem, fault, refused

Kind = Literal["single", "bulk"]
Scope = Literal["own", "establishment"]
Page = Callable[..., HttpResponse]

JSON: Final = "application/json"
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WRITTEN: Final = {
    date: (DAY, WORDS["date_parsing"]),
    datetime: (re.compile(DAY.pattern + "[Tt ].+"), WORDS["datetime_parsing"]),
}
"""How days and instants must be written, and what is said of others."""

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
NAME_AT_MOST: Final = 60
SMALL: Final = 64 * 1024
"""Bytes that one notification, or any other small body, may have."""


def keyed(act: str, scope: Scope = "own", *, lane: Kind = "single", inside: bool = True) -> Callable[[Page], Page]:
    """An operation for whoever holds a key: called with its grant, inside the grant's transaction.

    With `inside=False` the operation opens the transaction itself, because it has to answer after a rollback too.
    """

    def wrap(page: Page) -> Page:
        @wraps(page)
        def behind(request: HttpRequest, **parts: Any) -> HttpResponse:
            actor = _actor(request)
            with lanes.counted(lane, actor.holdings[0].scope) as allowance:
                grant = _granted(actor, act, scope, parts)
                _known(request, parts)
                with acting(grant) if inside else nullcontext():
                    response = page(request, grant, **parts)
            response.headers.setdefault("Cache-Control", "no-store")
            return _told(response, allowance)

        return _shown(behind, page, Gate(act, scope), hidden=2)

    return wrap


def open_door(page: Page) -> Page:
    """An operation for anybody; counted by the address that it comes from."""

    @wraps(page)
    def behind(request: HttpRequest, **parts: Any) -> HttpResponse:
        _known(request, parts)
        with lanes.counted("public", get_adapter(request).get_client_ip(request)) as allowance:
            response = page(request, **parts)
        return _told(response, allowance)

    return _shown(behind, page, Gate("", "public"), hidden=1)


def _known(request: HttpRequest, parts: dict[str, Any]) -> None:
    """Refuse a parameter that the operation does not have: who narrows by it would take the answer for narrowed.

    A day is only YYYY-MM-DD: pydantic would take any number for seconds since 1970, and a moment for its day. Twice the
    same parameter would leave one of them out, and no text that the database keeps may have control characters.
    """
    for name, values in request.GET.lists():
        if name not in parts:
            known = name if name.isascii() and name.isprintable() and len(name) <= NAME_AT_MOST else "?"
            raise parameter(known, "Không có tham số này.", "There is no such parameter.")
        if len(values) > 1:
            raise parameter(name, "Tham số này chỉ được ghi một lần.", "This parameter may be given once only.")
        form, words = WRITTEN.get(type(parts[name]), (None, ("", "")))
        if form and not form.fullmatch(str(values[0])):
            raise parameter(name, *words)
        if CONTROL.search(str(values[0])):
            raise parameter(name, "Không nhận ký tự điều khiển.", "Control characters are not taken.")


def _told(response: HttpResponse, allowance: lanes.Allowance) -> HttpResponse:
    for name, value in allowance.headers().items():
        response.headers[name] = value
    return response


def _shown(behind: Page, page: Page, gate: Gate, *, hidden: int) -> Page:
    """Give a wrapped operation the signature that the interface reads its parameters from: without the grant."""
    given = list(inspect.signature(page).parameters.values())
    behind.__signature__ = inspect.Signature([given[0], *given[hidden:]])  # type: ignore[attr-defined]
    behind.gate = gate  # type: ignore[attr-defined]
    return behind


def _actor(request: HttpRequest) -> Actor:
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not shown.strip():
        raise Problem("auth.missing")
    actor = actor_of_bearer(shown.strip(), timezone.now())
    if actor is None:
        raise Problem("auth.unknown")
    return actor


def _granted(actor: Actor, act: str, scope: Scope, parts: dict[str, Any]) -> Grant:
    own = actor.holdings[0].scope
    answer = decide(actor, act, Target(establishment=own if scope == "own" else str(parts["establishment"])))
    if isinstance(answer, Refusal):
        _record(actor, act, answer)
        raise refused(answer)
    return answer


def _record(actor: Actor, act: str, refusal: Refusal) -> None:
    """Somebody known tried what is not theirs: on record, as for pages."""
    if refusal.reason in TOLD:
        told = {"act": act, "reason": refusal.reason}
        with transaction.atomic():
            record(Act("refused", actor.ref, actor.session, "act:" + act, "", "", timezone.now(), told))


def body_of(request: HttpRequest, *media: str, most: int = SMALL) -> bytes:
    """The body of a request of one of these media types (JSON where none is named), of at most so many bytes."""
    told = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if told not in (media or (JSON,)):
        raise Problem("media.unsupported", headers={"Accept": ", ".join(media or (JSON,))})
    length = request.META.get("CONTENT_LENGTH")
    if not length:  # Django would read nothing, and take the body for an empty one
        raise Problem("length.required")
    if int(length) > most:
        raise Problem("body.too_large")
    # Not `request.body`, whose limit is one for the whole site.
    body: bytes = request.read(most + 1)
    if len(body) > most:
        raise Problem("body.too_large")
    return body


def parameter(name: str, vi: str, en: str) -> Problem:
    """The problem of one parameter or header that cannot be read."""
    return Problem("request.parameter", errors=[fault("request.parameter", name, vi, en)])
