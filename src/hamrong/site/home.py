"""The front door: what the house offers to anybody, and the way from signing in to one's own work."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone

from hamrong.access.actors import Actor
from hamrong.access.web import actor_of, open_to_all
from hamrong.lodging.nights import coming_deadline

WORK: Final = {
    "host-manager": "lodging:tonight",
    "host-clerk": "lodging:tonight",
    "ward-duty": "lodging:board",
    "ward-chief": "lodging:board",
    "plate-officer": "plates:files",
    "plate-manager": "plates:stock",
    "petition-officer": "petitions_desk:register",
    "province-residence": "lodging:province",
    "province-leader": "board:overview",
    "identity-holder": "sealed:requests",
    "inspector": "inspection",
    "accounts-admin": "administration",
}
"""Where the work of each role begins."""

IN_A_SCOPE: Final = {"lodging:tonight": "establishment", "lodging:board": "ward", "plates:files": "ward"}


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """What a citizen or a host can do here."""
    now = timezone.now()
    return render(request, "site/home.html", {"now": now, "due": coming_deadline(now).legal})


@open_to_all
def desk(request: HttpRequest) -> HttpResponse:
    """One's own work, by the post held longest; somebody without a post is told whom to ask."""
    actor = actor_of(request)
    if not request.user.is_authenticated:
        return redirect(resolve_url(settings.LOGIN_URL))
    place = work_of(actor)
    return redirect(place) if place else render(request, "site/no_post.html", status=403)


def work_of(actor: Actor) -> str | None:
    """The address where an actor's work begins, or None where they hold no post."""
    holding = next((held for held in actor.holdings if held.role in WORK), None)
    if holding is None:
        return None
    name = WORK[holding.role]
    return resolve_url(name, **{IN_A_SCOPE[name]: holding.scope}) if name in IN_A_SCOPE else resolve_url(name)
