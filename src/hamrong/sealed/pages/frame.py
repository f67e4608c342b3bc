"""What the pages share: a key opened for one act, and how a person is called."""

from collections.abc import Collection
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import names_of
from hamrong.sealed import drafts
from hamrong.sealed.actions import keys
from hamrong.sealed.forms import touched
from hamrong.sealed.rings import Ring, person_of
from hamrong.ui.answers import words


def opened(by: Grant, form: Form) -> Ring | None:
    """The key of whoever sent the form, by its `password` and token; a wrong one is said at the field."""
    given = form.cleaned_data["password"]
    answer = keys.unlock(by=by, passphrase=given, touch=touched(form), at=timezone.now())
    if isinstance(answer, Refusal):
        form.add_error("password", words(answer))
        return None
    return answer


def closed(request: HttpRequest, by: Grant) -> HttpResponse:
    """The way to open one's key, and back to this page; what was typed here comes back with it."""
    if request.method == "POST" and drafts.keep(person_of(by), request.path, request.POST):
        told = _("Khóa của bạn đã đóng nên chưa gửi được. Chữ bạn gõ còn nguyên: mở khóa để lấy lại.")
        messages.warning(request, told)
    elif drafts.waits(person_of(by), request.path):
        messages.warning(request, _("Chữ bạn gõ lúc trước, chưa gửi, còn nguyên: mở khóa để lấy lại."))
    if request.FILES:
        messages.warning(request, _("Tệp chưa được gửi: chọn lại tệp sau khi mở khóa."))
    return redirect(f"{reverse('sealed:unlock')}?{urlencode({'next': request.path})}")


def typed_before(request: HttpRequest, ring: Ring | None) -> dict[str, str]:
    """What was typed on this page when the key closed or the session ended, for the form to begin with."""
    return drafts.initial(drafts.take(ring, request.path)) if ring and request.method != "POST" else {}


def waits(request: HttpRequest, by: Grant, ring: Ring | None) -> bool:
    """Whether what was typed on this page comes back only when its writer's key is open."""
    return request.method == "GET" and ring is None and drafts.waits(person_of(by), request.path)


def sent(request: HttpRequest, name: str) -> bool:
    """Whether the form with the button of this name was sent."""
    return request.method == "POST" and request.POST.get("do") == name


def next_place(request: HttpRequest, otherwise: str) -> str:
    """Where the page that led here wants to go on (`?next=`), if that is a page of ours."""
    place = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if ours else otherwise


def called(people: Collection[UUID]) -> dict[UUID, str]:
    """The names of officers, as the record knows them."""
    names = names_of([f"person:{each}" for each in people])
    return {each: names.get(f"person:{each}", "–") for each in people}
