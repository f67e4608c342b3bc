"""The owner's screen, opened by the ticket and without an account: one button, the place in the order, the number."""

import secrets
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter, mark_of
from hamrong.access.walls import acting
from hamrong.access.web import open_to_all, where_of
from hamrong.accounts.throttle import Bucket, TooMany, Try, take
from hamrong.kernel.codes import read_code
from hamrong.plates.actions.files import TICKET
from hamrong.plates.actions.pressing import NONCE, press
from hamrong.plates.forms.tickets import TicketForm
from hamrong.plates.models import Draw
from hamrong.plates.queries import owners, pools
from hamrong.plates.wording import LEVELS, MEANINGS, hint, plate, plate_kind
from hamrong.ui.answers import private, tell

TRIES: Final = 60
"""Tickets that nobody has, from one address in a quarter of an hour."""

BY_SERVER: Final = "server"
NOBODY: Final = "-"
"""A ticket that there cannot be, for what is mistyped: the answer is the one of a ticket that nobody has."""


@require_safe
@open_to_all
def tickets(request: HttpRequest) -> HttpResponse:
    """Where a ticket is typed in."""
    typed = request.GET.get("code", "").strip()
    if typed:
        return redirect("plates:press", ticket=read_code(TICKET, typed) or typed[:40])
    return private(request, "plates/owner/tickets.html", {"form": TicketForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def press_page(request: HttpRequest, ticket: str) -> HttpResponse:
    """The screen of one draw. What is asked every second (`seen`) answers 204 where nothing has changed.

    A ticket that nobody has, and one that is mistyped, get the same page.
    """
    plain = read_code(TICKET, ticket)
    if plain and plain != ticket:
        return redirect(f"{reverse('plates:press', args=[plain])}?{request.GET.urlencode()}")
    tried = take([Bucket(f"ticket|address|{where_of(request).address}", TRIES)])
    if isinstance(tried, TooMany):
        return private(request, "plates/owner/too_many.html", {}, 429)
    grant = owner(plain or NOBODY, "plate.press" if request.method == "POST" else "plate.follow")
    with acting(grant):
        return _screen(request, grant, tried, timezone.now())


def owner(ticket: str, act: str) -> Grant:
    """The grant of whoever holds a ticket: of that one file, and of nothing where nobody has the ticket."""
    who = Actor(f"owner:{mark_of(ticket)}", "", f"visit:{secrets.token_hex(8)}", (Holding("plate-owner", ticket),))
    answer = decide(who, act, Target(ticket=ticket))
    assert isinstance(answer, Grant), answer
    return answer


def _screen(request: HttpRequest, grant: Grant, tried: Try, now: datetime) -> HttpResponse:
    draw = owners.mine(grant)
    if draw is None:
        return private(request, "plates/owner/unknown.html", {"form": TicketForm()}, 404)
    tried.was_right()
    if request.method == "POST":
        return _pressed(request, grant, now)
    if request.GET.get("seen") == draw.state:
        return HttpResponse(status=204)
    if "seen" not in request.GET:
        enter(grant, subject=f"plates-draw:{draw.pk}", at=now, state=draw.state)
    return private(request, "plates/owner/press.html", _shown(request, draw))


def _pressed(request: HttpRequest, grant: Grant, now: datetime) -> HttpResponse:
    """The press with the number that the owner's own device made, or with one of ours where it made none."""
    own = _nonce(request.POST.get("nonce", ""))
    answer = press(by=grant, nonce=own or secrets.token_bytes(NONCE), at=now)
    if isinstance(answer, Refusal):
        tell(request, answer, "")
    query = request.GET.copy()
    query.pop("seen", None)
    if own is None:
        query["nonce"] = BY_SERVER
    return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)


def _nonce(text: str) -> bytes | None:
    """16 bytes from 32 hexadecimal digits; None for anything else."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        return None
    return raw if len(raw) == NONCE else None


def _shown(request: HttpRequest, draw: Draw) -> dict[str, Any]:
    pool = pools.pool(draw.pool)
    kept = request.GET.copy()
    kept.pop("seen", None)
    return {
        "draw": draw,
        "vehicle": hint(draw.vehicle_hint),
        "pool": pool,
        "plate_kind": plate_kind(pool, draw.pool, draw.colour),
        "number": plate(draw.number, pool.kind if pool else "") if draw.number else "",
        "level": LEVELS.get(draw.level, ""),
        "meaning": MEANINGS.get(draw.level, ""),
        "nonce": bytes(draw.nonce).hex() if draw.nonce else "",
        "by_server": request.GET.get("nonce") == BY_SERVER,
        "kiosk": "kiosk" in request.GET,
        "here": f"{request.path}?{kept.urlencode()}" if kept else request.path,
        "ask": f"{request.path}?{_with_seen(request, draw.state)}",
        "waits": draw.state in {"pressed", "sealed"},
    }


def _with_seen(request: HttpRequest, state: str) -> str:
    query = request.GET.copy()
    query["seen"] = state
    return query.urlencode()
