"""Registering an establishment: apply, follow the application, take the account over."""

import secrets
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Actor, Grant, Refusal, Target, visitor
from hamrong.access.decisions import decide
from hamrong.access.web import open_to_all, where_of
from hamrong.accounts.throttle import Bucket, TooMany, take
from hamrong.kernel.vietnamese import lowered
from hamrong.lodging.actions import registrations
from hamrong.lodging.forms.registration import AccountForm, ApplicationForm, FollowForm, Wards
from hamrong.lodging.pages.shown import local, name_of
from hamrong.org.queries import commune_units
from hamrong.ui.answers import words
from hamrong.ui.parts import Answer

APPLICATIONS: Final = 10
"""Applications from one address in a quarter of an hour."""

TRIES: Final = 10
"""Wrong codes for one establishment, or three times as many from one address, in a quarter of an hour."""

POLICE: Final = "Công an "


def _granted(actor: Actor, act: str, target: Target) -> Grant:
    answer = decide(actor, act, target)
    assert isinstance(answer, Grant), answer
    return answer


def wards(now: datetime) -> Wards:
    """The communes and wards of today: code and name as people say it."""
    names = ((unit.code, unit.name.removeprefix(POLICE)) for unit in commune_units(local(now).date()))
    return [(code, name[:1].upper() + name[1:]) for code, name in names]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def apply(request: HttpRequest) -> HttpResponse:
    """The application: typed, checked once more, handed in; its private code is shown on the last page only."""
    now = timezone.now()
    there, today = wards(now), local(now).date()
    if request.method != "POST":
        form = ApplicationForm(initial={"token": secrets.token_urlsafe(18)}, today=today, wards=there)
        return _page(request, "apply", form=form, wards=there)
    form = ApplicationForm(request.POST, today=today, wards=there)
    if request.POST.get("do") == "edit":
        again = ApplicationForm(initial=request.POST.dict(), today=today, wards=there)
        return _page(request, "apply", form=again, wards=there)
    if not form.is_valid():
        return _page(request, "apply", form=form, wards=there)
    if request.POST.get("do") != "send":
        carried = [(name, form.data.get(name, "")) for name in form.fields]
        return _page(request, "apply_check", answers=_answers(form), carried=carried)
    return _handed_in(request, form, now)


def _handed_in(request: HttpRequest, form: ApplicationForm, now: datetime) -> HttpResponse:
    tickets = take([Bucket(f"apply|address|{where_of(request).address}", APPLICATIONS)])
    if isinstance(tickets, TooMany):
        return _page(request, "too_many", status=429)
    got = form.cleaned_data
    grant = _granted(visitor(f"visit:{secrets.token_hex(8)}"), "place.apply", Target())
    answer = registrations.register(
        by=grant,
        token=got["token"],
        at=now,
        ward=form.ward,
        kind=got["kind"],
        name=got["name"],
        address=got["address"],
        manager_name=got["manager_name"],
        phone=got["phone"],
        province=settings.HAMRONG_PROVINCE,
    )
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return _page(request, "apply", form=form, wards=form.wards)
    code, ward = registrations.code_of(got["token"]), lowered(form.ward_shown)
    return _page(request, "applied", establishment=answer, code=code, ward=ward)


def _answers(form: ApplicationForm) -> list[Answer]:
    got = form.cleaned_data
    return [
        Answer(_("Loại cơ sở"), name_of("establishment-kinds", got["kind"])),
        Answer(_("Tên cơ sở"), got["name"]),
        Answer(_("Địa chỉ"), got["address"]),
        Answer(_("Công an tiếp nhận"), POLICE + lowered(form.ward_shown)),
        Answer(_("Người quản lý"), got["manager_name"]),
        Answer(_("Số điện thoại"), got["phone"]),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def follow(request: HttpRequest) -> HttpResponse:
    """How an application stands, for who has its codes; once it is approved, the manager's account."""
    if request.method != "POST":
        return _page(request, "follow", form=FollowForm())
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _page(request, "follow", form=form)
    actor = _who(request, form)
    if isinstance(actor, TooMany):
        return _page(request, "too_many", status=429)
    if actor is None:
        form.add_error("code", _("Mã cơ sở hoặc mã theo dõi không đúng."))
        return _page(request, "follow", form=form)
    return _state(request, actor, form.cleaned_data["code"])


def _who(request: HttpRequest, form: FollowForm) -> Actor | TooMany | None:
    establishment, address = form.cleaned_data["establishment"].strip().upper(), where_of(request).address
    tickets = take([Bucket(f"follow|name|{establishment}", TRIES), Bucket(f"follow|address|{address}", 3 * TRIES)])
    if isinstance(tickets, TooMany):
        return tickets
    actor = registrations.applicant(establishment, form.cleaned_data["code"], f"visit:{secrets.token_hex(8)}")
    if actor is not None:
        tickets.was_right()
    return actor


def _state(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """The application as it stands; `do=account` sets the account up."""
    now, scope = timezone.now(), actor.holdings[0].scope
    target = Target(establishment=scope)
    place, used = registrations.application(_granted(actor, "place.follow", target), now)
    sent = request.POST if request.POST.get("do") == "account" else None
    account = AccountForm(sent, initial={"establishment": scope, "code": code})
    if sent is not None and account.is_valid():
        answer = registrations.claim(
            by=_granted(actor, "place.claim", target),
            username=account.cleaned_data["username"],
            password=account.cleaned_data["password"],
            today=local(now).date(),
            at=now,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, _("Tài khoản đã sẵn sàng. Hãy đăng nhập để báo khách."))
            return redirect(f"{_login()}?next=/lodging/{scope}/")
        account.add_error("username" if answer.reason in {"conflict", "invalid"} else None, words(answer))
    return _page(request, "application", place=place, used=used, form=account)


def _login() -> str:
    return resolve_url(settings.LOGIN_URL)


def _page(request: HttpRequest, template: str, *, status: int = 200, **values: Any) -> HttpResponse:
    response = render(request, f"lodging/public/{template}.html", values, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


__all__ = ["apply", "follow", "wards"]
