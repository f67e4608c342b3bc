"""Security keys of one's own sealing key: what a browser is to ask them, adding one, taking one away."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.sealed import queries
from hamrong.sealed.actions import tokens
from hamrong.sealed.forms import LastForm, TokenForm, UnlockForm, touched
from hamrong.sealed.models import Token
from hamrong.sealed.rings import person_of
from hamrong.sealed.touches import is_name, written
from hamrong.ui.answers import private, tell, words

LOOPBACK = ("127.0.0.1", "[::1]")


def _held(by: Grant) -> list[Token] | None:
    """The tokens of one's own live key; None without a key."""
    key = queries.live_key(person_of(by))
    return None if key is None else queries.tokens(key)


def host_of(request: HttpRequest) -> str:
    """The address without its port: what a browser binds a token to (rp id)."""
    host, _colon, port = request.get_host().rpartition(":")
    return host if host and port.isdecimal() else request.get_host()


def address_of(request: HttpRequest) -> dict[str, Any]:
    """Whether a token can be added at this address; where it cannot and the house is here, the address that can."""
    host = host_of(request)
    here = request.build_absolute_uri("/niem-phong/khoa/").replace(host, "localhost", 1) if host in LOOPBACK else ""
    return {"host": host, "numbered": not is_name(host), "named": here}


@require_safe
@guarded("sealed.key", "own")
def asked_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """For the script: which tokens open my key, where each answers, and what it is asked. None of it is secret."""
    told = [
        {"id": written(bytes(each.credential)), "salt": written(bytes(each.salt)), "host": each.host}
        for each in _held(grant) or []
    ]
    return JsonResponse({"tokens": told})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.key", "own")
def add_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Connect a token, try it, and let it open the key from now on."""
    held = _held(grant)
    if held is None:
        return redirect("sealed:key")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, grant, form):
        return redirect("sealed:key")
    made = {"known": [written(bytes(each.credential)) for each in held], "user": _called(request)}
    return private(request, "sealed/token_add.html", {"form": form, "made": made, "held": held, **address_of(request)})


def _called(request: HttpRequest) -> str:
    """How the device lists it, apart from the passkeys for signing in."""
    return _("Khóa niêm phong của %(who)s") % {"who": request.user.get_username()}


def _added(request: HttpRequest, grant: Grant, form: TokenForm) -> bool:
    fresh = form.fresh(host_of(request))
    if fresh is None:
        form.add_error("password_new_token", form.fields["password_new_token"].error_messages["required"])
        return False
    given = form.cleaned_data["password"]
    answer = tokens.add(by=grant, passphrase=given, fresh=fresh, touch=touched(form), at=timezone.now())
    if isinstance(answer, Refusal):
        form.add_error("password_new_token" if answer in {tokens.KNOWN, tokens.ENOUGH} else "password", words(answer))
        return False
    return tell(request, answer, _("Đã thêm khóa bảo mật “%(name)s”.") % {"name": answer.name})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.key", "own")
def remove_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Take a token away; the last one only with the words that the passphrase alone opens from then on."""
    held = _held(grant) or []
    token = next((each for each in held if each.pk == number), None)
    if token is None:
        raise Http404
    form = (LastForm if len(held) == 1 else UnlockForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _removed(request, grant, form, token):
        return redirect("sealed:key")
    return private(request, "sealed/token_remove.html", {"form": form, "token": token, "last": len(held) == 1})


def _removed(request: HttpRequest, grant: Grant, form: UnlockForm, token: Token) -> bool:
    given = form.cleaned_data
    answer = tokens.remove(
        by=grant, passphrase=given["password"], token=token.pk, touch=touched(form), alone=given.get("alone", False),
        at=timezone.now(),
    )  # fmt: skip
    if isinstance(answer, Refusal):
        form.add_error("password", words(answer))
        return False
    return tell(request, answer, _("Đã bỏ khóa bảo mật “%(name)s”.") % {"name": token.name})
