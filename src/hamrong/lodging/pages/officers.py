"""What all pages of officers share: whose desk it is, its navigation, the night that is looked at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from hamrong.access.actors import Grant
from hamrong.law import VIETNAM
from hamrong.lodging.nights import night_of
from hamrong.org.queries import unit
from hamrong.ui.forms import DayField
from hamrong.ui.parts import Link
from hamrong.ui.places import Entry, lies_at

BACK: Final = timedelta(days=400)

WARD_NAVIGATION: Final = (
    ("board", gettext_lazy("Đêm nay"), "moon"),
    ("calls", gettext_lazy("Gọi nhắc"), "phone"),
    ("night_stays", gettext_lazy("Lượt lưu trú"), "bed-double"),
    ("places", gettext_lazy("Cơ sở"), "building-2"),
)
"""What somebody of the province opens of a commune that they look at."""

KINDS: Final = (
    ("", gettext_lazy("Tất cả")),
    ("foreigner", gettext_lazy("Người nước ngoài")),
    ("citizen", gettext_lazy("Công dân Việt Nam")),
)
"""Which guests a list of the desk is narrowed to."""


class NightForm(forms.Form):
    """Which night is looked at; nothing means tonight."""

    night = DayField(label=gettext_lazy("Đêm"), required=False)


def night_asked(form: forms.Form, now: datetime) -> date:
    """The night that a bound form asks for, within what is kept; tonight where it asks for none."""
    tonight = night_of(now)
    asked = form.cleaned_data.get("night") if form.is_valid() else None
    return asked if asked and tonight - BACK <= asked <= tonight else tonight


def desk_page(
    request: HttpRequest,
    grant: Grant,
    template: str,
    *,
    ward: str = "",
    here: str = "",
    status: int = HTTPStatus.OK,
    **values: Any,
) -> HttpResponse:
    """A page of a commune's desk or of the province's; never kept by the browser, for it may show guests."""
    if here:
        lies_at(request, _address(here, ward), _of_the_commune(ward, here) if grant.scope_kind == "province" else ())
    shown = {
        "ward": ward,
        "ward_name": ward_name(ward) if ward else "",
        "person_label": grant.actor.label,
        **values,
    }
    response = render(request, f"lodging/desk/{template}.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def ward_name(ward: str) -> str:
    """What a commune's police is called; 404 where there is none of this code."""
    found = unit(ward)
    if found is None:
        raise Http404
    return found.name


def _address(name: str, ward: str) -> str:
    return reverse(f"lodging:{name}", args=[ward] if ward else [])


def _of_the_commune(ward: str, here: str) -> Sequence[Entry]:
    """The entries of a commune, for whoever looks at it from the province."""
    named = WARD_NAVIGATION if ward else ()
    return [(_address(name, ward), label, icon, name == here, 0) for name, label, icon in named]


def local(moment: datetime) -> datetime:
    """An instant on the clocks of Viet Nam."""
    return moment.astimezone(VIETNAM)


def nights_beside(night: date, tonight: date) -> dict[str, str]:
    """The nights before and after one, as the address names them; '' where there is none yet."""
    after = night + timedelta(days=1)
    return {"before": f"{night - timedelta(days=1):%d/%m/%Y}", "after": f"{after:%d/%m/%Y}" if after <= tonight else ""}


def crumbs(ward: str, *, last: str) -> list[Link]:
    """Where a page of a commune's desk lies."""
    return [Link(ward_name(ward), reverse("lodging:board", args=[ward])), Link(last)]
