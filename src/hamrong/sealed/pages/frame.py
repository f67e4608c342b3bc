"""What the pages share: a key opened for one act, and how a person is called."""

from collections.abc import Collection
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import names_of
from hamrong.sealed.actions import keys
from hamrong.sealed.rings import Ring
from hamrong.ui.answers import words


def opened(by: Grant, form: Form) -> Ring | None:
    """The key of whoever sent the form, by its `password`; a wrong one is said at the field."""
    answer = keys.unlock(by=by, passphrase=form.cleaned_data["password"], at=timezone.now())
    if isinstance(answer, Refusal):
        form.add_error("password", words(answer))
        return None
    return answer


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
