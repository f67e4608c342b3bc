"""What all pages of officers and managers share: whose desk it is, where it lies, and the process that proves."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from hamrong.access.actors import Grant
from hamrong.access.roles import purposes
from hamrong.audit.signing import Signing
from hamrong.org.queries import unit
from hamrong.plates.queries import pools
from hamrong.plates.wording import english, plate
from hamrong.ui.answers import private
from hamrong.ui.parts import Link


@cache
def signing() -> Signing:
    """The connection of this process to the one that holds the keys; threads take turns."""
    return Signing(settings.HAMRONG_SIGNER)


def desk_page(
    request: HttpRequest, grant: Grant, template: str, *, ward: str = "", status: int = HTTPStatus.OK, **values: Any
) -> HttpResponse:
    """A page of an office or of the province; never kept by the browser, for it may show owners."""
    shown = {
        "ward": ward, "office": office_name(ward) if ward else "", "person_label": grant.actor.label,
        "may_file": grant.scope_kind == "ward", **values,
    }  # fmt: skip
    return private(request, f"plates/desk/{template}.html", shown, status)


def office_name(ward: str) -> str:
    """What an office is called; 404 where there is none of this code."""
    found = unit(ward)
    if found is None:
        raise Http404
    return found.name


def crumbs(ward: str, last: str) -> list[Link]:
    """Where a page of an office lies."""
    return [Link(office_name(ward), reverse("plates:files", args=[ward])), Link(last)]


def purpose_name(code: str) -> str:
    """A purpose in the reader's language."""
    return purposes()[code].en if english() else purposes()[code].vi


def written(number: str) -> str:
    """A number as plates of its kind are written; the kind is its pool's, for the number alone does not tell it."""
    return plate(number, pools.kinds_of([number]).get(number, ""))
