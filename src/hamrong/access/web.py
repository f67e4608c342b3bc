"""The gate in front of every page: it finds the actor, decides once, and opens the transaction of the grant."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from hamrong.access.actors import Actor, Grant, Refusal, Target, visitor
from hamrong.access.decisions import decide
from hamrong.access.people import actor_of_person
from hamrong.access.walls import acting

ScopeKind = Literal["establishment", "ward", "province", "own", "public"]
STRONG_METHODS = {"mfa"}


class Refused(PermissionDenied):
    """A refusal on its way to the page that explains it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.en)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Gate:
    """What the access matrix knows of a page: its act, and which part of its address says whose it is."""

    act: str
    scope: ScopeKind


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request's session; a visitor where nobody has signed in."""
    session = request.session.session_key or "none"
    if not request.user.is_authenticated:
        return visitor("visitor")
    known: Actor | None = getattr(request, "hamrong_actor", None)
    if known is None:
        known = actor_of_person(
            request.user,
            session=f"session:{session_name(session)}",
            today=timezone.localdate(),
            province=settings.HAMRONG_PROVINCE,
            strong=proved_second_factor(request),
        )
        request.hamrong_actor = known  # type: ignore[attr-defined]
    return known


def session_name(key: str) -> str:
    """A session as the record names it: a digest, because the key itself opens the session."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def proved_second_factor(request: HttpRequest) -> bool:
    """Whether this session proved a second factor (or a passkey, which is two in one) at sign-in."""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") in STRONG_METHODS for method in methods)


def target_of(scope: ScopeKind, parts: dict[str, Any], actor: Actor) -> Target:
    """Whose record an address means: its `establishment` or `ward`; `own` is the actor's own holding, whatever it is."""
    province = settings.HAMRONG_PROVINCE
    if scope == "own":
        held = {holding.definition.scope: holding.scope for holding in reversed(actor.holdings)}
        return Target(held.get("establishment", ""), held.get("ward", ""), province)
    establishment = parts.get("establishment", "") if scope == "establishment" else ""
    return Target(establishment, parts.get("ward", "") if scope == "ward" else "", province)


def guarded(act: str, scope: ScopeKind, *, purpose: str = "") -> Callable[..., Callable[..., HttpResponseBase]]:
    """A page behind the gate: it is called with the grant after the request, inside the grant's transaction.

    The purpose is the page's own, or what the visitor chose (`purpose`, `case_ref` in the query or the form).
    """

    def wrap(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        @wraps(page)
        def behind_gate(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            actor = actor_of(request)
            given = request.POST if request.method == "POST" else request.GET
            answer = decide(
                actor,
                act,
                target_of(scope, parts, actor),
                purpose=purpose or given.get("purpose", ""),
                case_ref=given.get("case_ref", ""),
            )
            if isinstance(answer, Grant):
                with acting(answer):
                    return page(request, answer, **parts)
            return turned_away(request, answer)

        behind_gate.gate = Gate(act, scope)  # type: ignore[attr-defined]
        return behind_gate

    return wrap


def turned_away(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    """Where a refusal leads: to signing in, to the second factor, or to the page that explains it."""
    if refusal.reason == "sign-in":
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(request.get_full_path())}")
    if refusal.reason == "second-factor":
        return redirect("second_factor")
    raise Refused(refusal)


def open_to_all(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that anybody may read; the access matrix knows it as public."""
    page.gate = Gate("", "public")  # type: ignore[attr-defined]
    return page
