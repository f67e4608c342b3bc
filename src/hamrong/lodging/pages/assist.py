"""Notifying for somebody in person or by telephone: which place, who told it and when, then the guest."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.kernel.vietnamese import fold
from hamrong.law import VIETNAM
from hamrong.lodging.actions.assist import Caller, caller, notify_for
from hamrong.lodging.actions.intake import place_to_notify
from hamrong.lodging.forms.guest import GuestForm, beginning, said, stay_in
from hamrong.lodging.pages.officers import crumbs, desk_page, local
from hamrong.lodging.pages.shown import answers_of_form
from hamrong.lodging.queries import places
from hamrong.lodging.queries.hosts import Establishment
from hamrong.lodging.rules import check
from hamrong.ui.answers import tell, words
from hamrong.ui.forms import ClockField, DayField
from hamrong.ui.parts import Answer

OFFERED: Final = 20


class CallerForm(forms.Form):
    """Who told the officer, and when: what is notified counts as received then."""

    use_required_attribute = False
    way = forms.ChoiceField(
        label=gettext_lazy("Thông báo bằng cách"),
        widget=forms.RadioSelect,
        choices=[("phoned", gettext_lazy("Gọi điện thoại")), ("came", gettext_lazy("Đến trực tiếp"))],
    )
    who = forms.CharField(label=gettext_lazy("Người gọi hoặc người đến"), max_length=200)
    told_day = DayField(label=gettext_lazy("Ngày gọi hoặc đến"))
    told_clock = ClockField(
        label=gettext_lazy("Giờ gọi hoặc đến"), help_text=gettext_lazy("Thông báo tính là nhận lúc này.")
    )

    def heard(self, now: datetime) -> Caller | Refusal:
        """The caller of a valid form."""
        got = self.cleaned_data
        at = datetime.combine(got["told_day"], got["told_clock"], VIETNAM)
        return caller(got["way"], got["who"], at, now)


@require_safe
@guarded("stay.assist", "ward")
def choose(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """Which place the guest sleeps at; a household is a place too."""
    wanted = fold(request.GET.get("q", ""))
    return desk_page(
        request,
        grant,
        "assist_place",
        ward=ward,
        here="assist",
        found=_found(grant, ward, wanted) if wanted else (),
        wanted=request.GET.get("q", ""),
    )


def _found(grant: Grant, ward: str, wanted: str) -> Sequence[Establishment]:
    active = places.in_ward(grant, ward).filter(state="active")
    fits = (one for one in active if wanted in f"{one.name_key} {fold(one.code)} {fold(one.address)}")
    return [one for one, _n in zip(fits, range(OFFERED), strict=False)]


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("stay.assist", "ward")
def assist(request: HttpRequest, grant: Grant, ward: str, code: str) -> HttpResponse:
    """The form and what its buttons do: `check` the answers, `edit` again, `notify`."""
    now = timezone.now()
    place = place_to_notify(grant, code)
    if isinstance(place, Refusal) or place.ward != ward:
        if isinstance(place, Refusal) and place.reason == "state":
            tell(request, place, "")
            return redirect("lodging:assist", ward=ward)
        raise Http404
    if request.method != "POST":
        return _form_page(request, grant, place, *_beginning(now))
    guest, told = GuestForm(request.POST, today=local(now).date()), CallerForm(request.POST)
    if request.POST.get("do") == "edit":
        return _form_page(request, grant, place, *_again(guest, told, now))
    return _judge(request, grant, place, guest, told, now)


def _beginning(now: datetime) -> tuple[GuestForm, CallerForm]:
    at = local(now)
    told = CallerForm(initial={"way": "phoned", "told_day": f"{at:%d/%m/%Y}", "told_clock": f"{at:%H:%M}"})
    return GuestForm(initial=beginning(now, secrets.token_urlsafe(18)), today=at.date()), told


def _again(guest: GuestForm, told: CallerForm, now: datetime) -> tuple[GuestForm, CallerForm]:
    """The same forms unbound, with everything that was typed."""
    typed = {**guest.typed(), "token": guest.data.get("token", "")}
    said_by = {name: str(told[name].value() or "") for name in told.fields}
    return GuestForm(initial=typed, today=local(now).date()), CallerForm(initial=said_by)


def _form_page(
    request: HttpRequest, grant: Grant, place: Establishment, guest: GuestForm, told: CallerForm
) -> HttpResponse:
    rooms = [room.name for room in places.rooms_of(grant, place.code)]
    return _page(request, grant, place, "assist", form=guest, told=told, rooms=rooms)


def _page(request: HttpRequest, grant: Grant, place: Establishment, template: str, **values: Any) -> HttpResponse:
    shown = {"place": place, "crumbs": crumbs(place.ward, last=_("Thông báo hộ")), **values}
    return desk_page(request, grant, template, ward=place.ward, here="assist", **shown)


def _judge(
    request: HttpRequest, grant: Grant, place: Establishment, guest: GuestForm, told: CallerForm, now: datetime
) -> HttpResponse:
    """The rules' verdict as of the moment that the officer was told: back to the form, on to the answers, or sent."""
    valid, heard = guest.is_valid(), told.heard(now) if told.is_valid() else None
    if isinstance(heard, Refusal):
        told.add_error("who" if not told.cleaned_data["who"].strip() else "told_clock", words(heard))
        heard = None
    checked = check(
        stay_in(guest, place.code),
        now=heard.at if heard else now,
        establishment_kind=place.kind,
        area=place.area,
    )
    if not valid or heard is None or checked.stay is None:
        guest.refuse(checked.issues)
        return _form_page(request, grant, place, guest, told)
    if request.POST.get("do") == "notify":
        token = guest.cleaned_data["token"]
        taken = notify_for(by=grant, place=place, checked=checked, heard=heard, token=token, now=now)
        if taken.facts is not None:
            return redirect("lodging:assisted", ward=place.ward, code=place.code, receipt=taken.facts.code)
    carried = {
        **guest.typed(),
        "token": guest.data.get("token", ""),
        **{name: told.data.get(name, "") for name in told.fields},
    }
    return _page(
        request,
        grant,
        place,
        "assist_check",
        answers=[*_told(told, heard), *answers_of_form(guest)],
        warnings=[said(issue) for issue in checked.issues if issue.severity == "warning"],
        carried=list(carried.items()),
        due=checked.deadline,
        on_time=checked.on_time,
        now=heard.at,
        address=reverse("lodging:assist_for", args=[place.ward, place.code]),
    )


def _told(form: CallerForm, heard: Caller) -> list[Answer]:
    way = dict(form.fields["way"].choices)[heard.way]  # type: ignore[attr-defined]
    return [Answer(_("Thông báo bằng cách"), way), Answer(_("Người báo"), heard.who), Answer(_("Nhận lúc"), heard.at)]


@require_safe
@guarded("stay.assist", "ward")
def assisted(request: HttpRequest, grant: Grant, ward: str, code: str, receipt: str) -> HttpResponse:
    """The receipt, to be read out to the caller, and the way to the next guest of the same place."""
    place = places.one_in_ward(grant, ward, code)
    if place is None:
        raise Http404
    return _page(request, grant, place, "assisted", receipt=receipt)
