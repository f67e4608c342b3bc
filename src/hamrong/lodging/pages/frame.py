"""What all pages of an establishment share: its navigation, and its name at the top."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamrong.access.actors import Grant
from hamrong.lodging.queries.hosts import Establishment

NavEntry = tuple[str, str, str, bool, int]
"""Address, label, icon, whether it is the present page, how many wait there."""


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
    shown = {
        "place": place,
        "nav": navigation(place.code, here, grant),
        "unit_label": place.name,
        "person_label": grant.actor.label,
        **values,
    }
    response = render(request, f"lodging/host/{template}.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def navigation(establishment: str, here: str, grant: Grant) -> Sequence[NavEntry]:
    """The entries of the establishment's navigation; on a phone the first four are in the bar below."""
    entries = [
        ("tonight", _("Đêm nay"), "moon"),
        ("new_guest", _("Thêm khách"), "plus"),
        ("guests", pgettext("navigation", "Khách"), "users"),
        ("files", _("Gửi tệp"), "upload"),
        ("rooms", pgettext("navigation", "Phòng"), "bed-double"),
    ]
    shown = [entry for entry in entries if entry[0] != "rooms" or grant.holding.role == "host-manager"]
    return [
        (reverse(f"lodging:{name}", kwargs={"establishment": establishment}), label, picture, name == here, 0)
        for name, label, picture in shown
    ]


def place_of(establishment: str) -> dict[str, str]:
    """The part of an address that names the establishment."""
    return {"establishment": establishment}
