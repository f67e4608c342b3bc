"""Signing in, the second step and one's own account: django-allauth's flows behind our own gate, brake and record."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamrong.access.actors import Refusal
from hamrong.access.signins import Standing, end_session, enrol, enter_changes, enter_failed, enter_slowed, standing
from hamrong.access.web import (
    Refused,
    actor_of,
    open_to_all,
    proofs_of,
    proved_second_factor,
    signed_in,
    where_of,
)
from hamrong.accounts import devices, throttle
from hamrong.accounts.factors import ENROLLED, PRIMARY, has_second_factor
from hamrong.accounts.forms import Enrol
from hamrong.accounts.models import Person, Post
from hamrong.site.context import role_label
from hamrong.site.pages import too_many
from hamrong.ui.answers import private, words

Page = Callable[..., HttpResponseBase]
LAST_FACTOR = Refusal(
    "state",
    "Chức trách của bạn đòi hỏi bước xác thực thứ hai. Hãy thêm một cách khác trước khi bỏ cách này.",
    "Your post demands a second factor. Add another one before you remove this one.",
)


def on_record(view: Page) -> Page:
    """A page of django-allauth in one transaction with the entries of what it did to the account."""

    @wraps(view)
    def page(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        with transaction.atomic():
            before, came_from = standing(request.user), where_of(request)
            response = view(request, **parts)
            after = standing(request.user)
            # a request that was held up for the password runs inside this one, and has made its own entries
            told = getattr(request, "hamrong_told", before)
            request.hamrong_told = after  # type: ignore[attr-defined]
            where = where_of(request) if after.person else came_from
            enter_changes(told, after, where, timezone.now(), how=proofs_of(request))
        _remember(request, response, before, after)
        return response

    return page


def _remember(request: HttpRequest, response: HttpResponseBase, before: Standing, after: Standing) -> None:
    """Who signed in is known to this browser from now on; who added a second factor has proved to have it."""
    if not after.person:
        return
    if after.person != before.person:
        response.set_cookie(
            devices.COOKIE,
            devices.remembering(request.COOKIES.get(devices.COOKIE, ""), request.user.get_username()),
            max_age=devices.LIFE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    elif any(after.factors[number] in PRIMARY for number in after.factors.keys() - before.factors.keys()):
        request.session[ENROLLED] = str(after.person)


def braked(step: str, name_of: Callable[[HttpRequest], str], *fields: str) -> Callable[[Page], Page]:
    """A page whose form can be guessed at: tries take tickets, and wrong ones go on record."""

    def wrap(view: Page) -> Page:
        @wraps(view)
        def page(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            if request.method != "POST" or not any(request.POST.get(field) for field in fields):
                return view(request, **parts)
            where, name = where_of(request), name_of(request)
            device = devices.device_of(request.COOKIES.get(devices.COOKIE, ""), name)
            going = throttle.take(throttle.buckets(step, name, device, where.address))
            if isinstance(going, throttle.TooMany):
                if going.first:
                    enter_slowed(username=name, step=step, where=where, at=timezone.now())
                return too_many(request)
            response = view(request, **parts)
            if response.status_code == 302:
                going.was_right()
            else:
                enter_failed(username=name, step=step, where=where, at=timezone.now())
            return response

        return page

    return wrap


def typed_name(request: HttpRequest) -> str:
    """The user name in the form."""
    return request.POST.get("login", "") or request.POST.get("username", "")


def waiting_name(request: HttpRequest) -> str:
    """The user name of who gave the right password and still owes the second step."""
    records = request.session.get("account_authentication_methods") or [{}]
    return str(records[-1].get("username", ""))


def own_name(request: HttpRequest) -> str:
    """The user name of who is signed in."""
    return str(request.user.get_username())


def _with_a_password(view: Page) -> Page:
    """Who signs in by passkey alone has no password to change, and gets one by a one-time code."""

    @wraps(view)
    def page(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if _person(request).has_usable_password():
            return view(request, **parts)
        messages.info(request, _("Tài khoản này chưa có mật khẩu. Mật khẩu được đặt bằng mã một lần."))
        return redirect("enrol")

    return page


sign_in = open_to_all(braked("password", typed_name, "login", "password")(on_record(account.login)))
sign_out = open_to_all(on_record(account.logout))
locked = open_to_all(account.account_inactive)
second_step = open_to_all(braked("factor", waiting_name, "code", "credential")(on_record(factor.authenticate)))
sign_in_by_passkey = open_to_all(on_record(passkey.login_webauthn))

password_again = signed_in(braked("again", own_name, "password")(on_record(account.reauthenticate)))
code_again = signed_in(braked("again", own_name, "code")(on_record(factor.reauthenticate)))
passkey_again = signed_in(on_record(passkey.reauthenticate_webauthn))
change_password = signed_in(
    braked("again", own_name, "oldpassword")(on_record(_with_a_password(account.password_change)))
)
add_app = signed_in(on_record(app.activate_totp))
add_passkey = signed_in(on_record(passkey.add_webauthn))
rename_passkey = signed_in(on_record(passkey.edit_webauthn))
recovery_codes = signed_in(on_record(codes.view_recovery_codes))
new_recovery_codes = signed_in(on_record(codes.generate_recovery_codes))


def _keeps_one(view: Page) -> Page:
    """A factor may go if another one stays, or if no post of its person demands one."""

    @wraps(view)
    def page(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        demanded = any(held.definition.strong for held in actor_of(request).holdings)
        if demanded and Authenticator.objects.filter(user=request.user, type__in=PRIMARY).count() < 2:
            raise Refused(LAST_FACTOR)
        return view(request, **parts)

    return page


remove_app = signed_in(on_record(_keeps_one(app.deactivate_totp)))
remove_passkey = signed_in(on_record(_keeps_one(passkey.remove_webauthn)))


@require_safe
@signed_in
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody is sent whose post demands a second factor: to prove it, or to add one first."""
    person = _person(request)
    following = safe_next(request)
    if proved_second_factor(request):
        return redirect(following)
    if not has_second_factor(person):
        return private(request, "site/second_factor.html", {"next": following})
    by_app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    name = "mfa_reauthenticate" if by_app else "mfa_reauthenticate_webauthn"
    return redirect(f"{reverse(name)}?{urlencode({'next': following})}")


def safe_next(request: HttpRequest) -> str:
    """Where somebody wanted to go, if that is here; else where their work begins."""
    wanted = request.GET.get("next", "")
    here = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, here, request.is_secure()) else reverse("desk")


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@require_safe
@signed_in
def own_account(request: HttpRequest) -> HttpResponse:
    """One's own account: posts, second factors, sessions, password."""
    person = _person(request)
    held = Post.objects.filter(person=person).select_related("unit").order_by("-starts_on")
    factors = Authenticator.objects.filter(user=person).order_by("created_at")
    kinds = Authenticator.Type
    values = {
        "posts": [(role_label(post.role), post) for post in held],
        "app": factors.filter(type=kinds.TOTP).first(),
        "recovery": factors.filter(type=kinds.RECOVERY_CODES).first(),
        "passkeys": [(key, key.wrap().name) for key in factors.filter(type=kinds.WEBAUTHN)],
        "sessions": sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.created_at, reverse=True),
        "here": request.session.session_key,
        "demanded": any(one.definition.strong for one in actor_of(request).holdings),
    }
    return private(request, "site/account.html", values)


@require_POST
@signed_in
def end_one_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out somewhere else."""
    ended = end_session(person=_person(request), number=number, where=where_of(request), at=timezone.now())
    if not ended:
        raise Http404
    messages.success(request, _("Phiên đăng nhập đó đã kết thúc."))
    return redirect("account")


@sensitive_post_parameters("code", "password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
@braked("enrol", typed_name, "code")
def enrolment(request: HttpRequest) -> HttpResponse:
    """Using a one-time code: the person chooses a password."""
    form = Enrol(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer = enrol(
            username=given["username"], code=given["code"], password=given["password1"], where=where_of(request),
            at=timezone.now(),
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            messages.success(request, _("Mật khẩu đã được đặt. Bạn có thể đăng nhập."))
            return redirect("account_login")
        form.add_error(None, words(answer))
    return private(request, "site/enrol.html", {"form": form})
