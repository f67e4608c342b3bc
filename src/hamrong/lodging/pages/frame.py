"""What all pages of an establishment share: its place in the navigation, and its name at the top."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hamrong.access.actors import Grant
from hamrong.lodging.queries.hosts import Establishment
from hamrong.ui.places import lies_at


def host_page(
    request: HttpRequest,
    grant: Grant,
    place: Establishment,
    template: str,
    *,
    here: str = "",
    status: int = HTTPStatus.OK,
    **values: Any,
) -> HttpResponse:
    """A page of the establishment's own desk; never kept by the browser, for it may show guests."""
    if here:
        lies_at(request, reverse(f"lodging:{here}", kwargs=place_of(place.code)))
    shown = {
        "place": place,
        "unit_label": place.name,
        "person_label": grant.actor.label,
        **values,
    }
    response = render(request, f"lodging/host/{template}.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def place_of(establishment: str) -> dict[str, str]:
    """The part of an address that names the establishment."""
    return {"establishment": establishment}
