"""The gate in front of every page: it finds the actor, decides once, and opens the transaction of the grant."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Literal, TypeVar
from urllib.parse import quote

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone

from hamrong.access.actors import Actor, Holding, Refusal, Target, visitor
from hamrong.access.decisions import WHOSE, decide, lenders
from hamrong.access.people import actor_of_person
from hamrong.access.signins import Where
from hamrong.access.walls import acting
from hamrong.accounts.factors import ENROLLED
from hamrong.accounts.models import Person
from hamrong.audit.record import Act, record

P = TypeVar("P", bound=Callable[..., HttpResponseBase])
ScopeKind = Literal["establishment", "ward", "province", "own", "public", "signed-in"]
STRONG_METHODS = {"mfa"}
LENDER = "hamrong.in_place_of"
"""In a session: post in a scope → in whose place its person chose to act."""

TOLD = {"no-post", "other-scope", "purpose-not-allowed"}
"""Refusals that go on record: somebody known tried what is not theirs."""


class Refused(PermissionDenied):
    """A refusal on its way to the page that explains it; `act` is what was refused, where a gate did it."""

    def __init__(self, refusal: Refusal, act: str = "") -> None:
        super().__init__(refusal.en)
        self.refusal, self.act = refusal, act


@dataclass(frozen=True, slots=True)
class Gate:
    """What the access matrix knows of a page: its act, and which part of its address says whose it is."""

    act: str
    scope: ScopeKind


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request's session; a visitor, in a stream of their own, where nobody has signed in."""
    known: Actor | None = getattr(request, "hamrong_actor", None)
    if known is None:
        known = _person_of(request) if request.user.is_authenticated else visitor(f"visit:{secrets.token_hex(8)}")
        request.hamrong_actor = known  # type: ignore[attr-defined]
    return known


def _person_of(request: HttpRequest) -> Actor:
    assert isinstance(request.user, Person)
    found = actor_of_person(
        request.user,
        session=session_name(request),
        today=timezone.localdate(),
        province=settings.HAMRONG_PROVINCE,
        strong=proved_second_factor(request),
    )
    return replace(found, holdings=chosen(found.holdings, request.session.get(LENDER, {})))


def chosen(held: Sequence[Holding], choice: Mapping[str, str]) -> tuple[Holding, ...]:
    """What somebody holds: of a post that several people delegated, only in the place of whom they chose."""

    def counts(one: Holding) -> bool:
        able, wanted = lenders(held, one), choice.get(key_of(one), "")
        return len(able) < 2 or wanted not in able or one.in_place_of == wanted

    return tuple(one for one in held if counts(one))


def key_of(one: Holding) -> str:
    """How a session names a post in a scope."""
    return f"{one.role}@{one.scope}"


def undecided(held: Sequence[Holding]) -> list[Holding]:
    """Holdings of posts that several people delegated, while nobody said in whose place: each of them, in order."""
    return [one for one in held if len(lenders(held, one)) > 1]


def session_name(request: HttpRequest) -> str:
    """A session as the record names it: a digest, because the key itself opens the session."""
    key = request.session.session_key or "none"
    return f"session:{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def where_of(request: HttpRequest) -> Where:
    """Where a request comes from, for the record of signing in."""
    agent = request.headers.get("User-Agent", "")[:200]
    return Where(session_name(request), get_adapter(request).get_client_ip(request), agent)


def proved_second_factor(request: HttpRequest) -> bool:
    """Whether this session proved a second factor: app, passkey or recovery code, at sign-in or since, or added one.

    django-allauth records each proof as `{"method": "mfa", "type": …}`, and a sign-in by passkey alone in the same way:
    a passkey that signs in asks for the person's finger or PIN, so it is two factors in one.
    """
    methods = get_authentication_records(request, request.user)
    proved = any(method.get("method") in STRONG_METHODS for method in methods)
    return proved or request.session.get(ENROLLED) == str(request.user.pk)


def proofs_of(request: HttpRequest) -> str:
    """By what a session was opened: `password`, `password+totp`, `webauthn`."""
    records = get_authentication_records(request, request.user)
    return "+".join(dict.fromkeys(str(record.get("type") or record.get("method")) for record in records))


def target_of(scope: ScopeKind, parts: dict[str, Any], actor: Actor) -> Target:
    """Whose record an address means: its `establishment` or `ward`; `own` is the actor's own holding, of any kind."""
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
            if undecided(actor.holdings):
                return turned_away(request, WHOSE, act)
            given = request.POST if request.method == "POST" else request.GET
            answer = decide(
                actor,
                act,
                target_of(scope, parts, actor),
                purpose=purpose or given.get("purpose", ""),
                case_ref=given.get("case_ref", ""),
            )
            if isinstance(answer, Refusal):
                return turned_away(request, answer, act)
            request.hamrong_grant = answer  # type: ignore[attr-defined]
            with acting(answer):
                return _finished(page(request, answer, **parts))

        behind_gate.gate = Gate(act, scope)  # type: ignore[attr-defined]
        return behind_gate

    return wrap


def _finished(response: HttpResponse) -> HttpResponse:
    """A page whose queries have all run: outside the grant's transaction the database would show it nothing."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def turned_away(request: HttpRequest, refusal: Refusal, act: str = "") -> HttpResponseBase:
    """Where a refusal leads: to signing in, to the second factor, or to the page that explains it."""
    if refusal.reason == "sign-in":
        return _elsewhere(request, resolve_url(settings.LOGIN_URL))
    if refusal.reason == "second-factor":
        return _elsewhere(request, reverse("second_factor"))
    if refusal.reason == "lender-missing":
        return _elsewhere(request, reverse("stand_in"))
    if refusal.reason in TOLD:
        _tell(request, refusal, act)
    raise Refused(refusal, act)


def _elsewhere(request: HttpRequest, place: str) -> HttpResponseBase:
    """A redirect of the whole page, even where htmx asked for a part of it; afterwards it leads back here.

    `held_up` tells the middleware that keeps unsent forms where this one has to wait.
    """
    address = f"{place}?next={quote(request.get_full_path())}"
    polled = request.headers.get("HX-Request")
    response = HttpResponse(status=204, headers={"HX-Redirect": address}) if polled else redirect(address)
    response.held_up = {"to": place}  # type: ignore[attr-defined]
    return response


def _tell(request: HttpRequest, refusal: Refusal, act: str) -> None:
    actor = actor_of(request)
    told = {"act": act, "reason": refusal.reason, "path": request.path}
    with transaction.atomic():
        record(Act("refused", actor.ref, actor.session, "act:" + act, "", "", timezone.now(), told))


def open_to_all(page: P) -> P:
    """A page that anybody may read; the access matrix knows it as public."""
    page.gate = Gate("", "public")  # type: ignore[attr-defined]
    return page


def signed_in(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of one's own account: open to whoever has signed in, with the second factor or still without it."""

    @wraps(page)
    def behind_sign_in(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return turned_away(request, Refusal("sign-in", "Cần đăng nhập.", "Sign in first."))
        return page(request, **parts)

    behind_sign_in.gate = Gate("", "signed-in")  # type: ignore[attr-defined]
    return behind_sign_in
