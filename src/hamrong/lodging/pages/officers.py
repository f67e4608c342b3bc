"""What all pages of officers share: whose desk it is, its navigation, the night that is looked at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hamrong.access.actors import Grant
from hamrong.law import VIETNAM
from hamrong.lodging.nights import night_of
from hamrong.lodging.policy import WARD
from hamrong.org.queries import unit
from hamrong.ui.forms import DayField
from hamrong.ui.parts import Link

BACK: Final = timedelta(days=400)

WARD_NAVIGATION: Final = (
    ("board", gettext_lazy("Đêm nay"), "moon"),
    ("calls", gettext_lazy("Gọi nhắc"), "phone"),
    ("night_stays", gettext_lazy("Lượt lưu trú"), "bed-double"),
    ("places", gettext_lazy("Cơ sở"), "building-2"),
    ("ward_search", gettext_lazy("Tìm lượt lưu trú"), "search"),
    ("assist", gettext_lazy("Thông báo hộ"), "pencil"),
)
PROVINCE_NAVIGATION: Final = (
    ("province", gettext_lazy("Toàn tỉnh"), "chart-column"),
    ("discipline", gettext_lazy("Chấp hành"), "scale"),
    ("province_search", gettext_lazy("Tìm lượt lưu trú"), "search"),
    ("publish_outage", gettext_lazy("Sự cố tiếp nhận"), "wifi-off"),
)
OF_THE_COMMUNE_ONLY: Final = ("assist", "ward_search")
FOR_ALL_OF_THE_PROVINCE: Final = ("province", "discipline")


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
    shown = {
        "ward": ward,
        "ward_name": ward_name(ward) if ward else "",
        "nav": navigation(grant, ward, here),
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


NavEntry = tuple[str, str | Promise, str, bool, int]
"""Address, label, icon, whether it is the present page, how many wait there."""


def navigation(grant: Grant, ward: str, here: str) -> Sequence[NavEntry]:
    """The entries that the grant's role can open: those of the province, then those of the commune looked at."""
    role = grant.holding.role
    province = [one for one in PROVINCE_NAVIGATION if grant.scope_kind == "province" and _may(role, one[0])]
    commune = [one for one in WARD_NAVIGATION if ward and (one[0] not in OF_THE_COMMUNE_ONLY or role in WARD)]
    return [
        *((reverse(f"lodging:{name}"), label, icon, name == here, 0) for name, label, icon in province),
        *((reverse(f"lodging:{name}", args=[ward]), label, icon, name == here, 0) for name, label, icon in commune),
    ]


def _may(role: str, name: str) -> bool:
    return role != "province-leader" or name in FOR_ALL_OF_THE_PROVINCE


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
