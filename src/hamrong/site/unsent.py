"""Nothing typed is lost: a form that did not go through is kept, and an answer to a form has an address of its own.

A browser that sent a form gets its answer (errors, answers to check) by a redirect, so that Back and reload show pages
and send nothing again. Who had to sign in first finds the form filled in as it was.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hamrong.accounts import devices
from hamrong.accounts.models import Person
from hamrong.sealed import drafts
from hamrong.ui import unsent
from hamrong.ui.sealedpaths import KEYED, is_sealed
from hamrong.ui.unsent import NAME, Unsent

VISIT: Final = "unsent-visit"
INDEX: Final = "unsent"
Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(slots=True)
class Standing:
    """What a request's page has to know of unsent forms, and what the page says back.

    `found` is the form that the address asks for; `filled` whether the page took it; `asks` whether the page holds a
    form, or answers to be checked: only such an answer is kept, so that a secret that is shown once is not.
    """

    request: HttpRequest
    found: Unsent | None = None
    filled: bool = False
    asks: bool = False

    def waiting(self) -> str:
        """The address of a form of this page that was typed and left; '' where there is none."""
        if self.request.method != "GET" or self.found is not None:
            return ""
        kept = self.request.session.get(INDEX, {}).get(self.request.path, "")
        found = unsent.find(kept, owner_of(self.request), self.request.path) if kept else None
        return address_of(self.request, kept) if found else ""


def keep_unsent(get_response: Answer) -> Answer:
    """Middleware, after those that know the session and its person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        standing = Standing(request)
        request.unsent = standing  # type: ignore[attr-defined]
        if request.method == "POST":
            return _after(request, get_response(request), standing)
        standing.found = asked_for(request)
        if standing.found is None:
            return get_response(request)
        page = standing.found.answer(request)
        return _private(HttpResponse(page)) if page is not None else _filled(request, get_response(request), standing)

    return middleware


def asked_for(request: HttpRequest) -> Unsent | None:
    """The kept form that the address names, where it is this reader's own."""
    identifier = request.GET.get(NAME, "")
    return unsent.find(identifier, owner_of(request), request.path) if identifier else None


def owner_of(request: HttpRequest) -> str:
    """Whose forms a request may see: a person's, or those of one visit."""
    if request.user.is_authenticated:
        return devices.person(request.user.get_username())
    return str(request.session.get(VISIT, ""))


def address_of(request: HttpRequest, identifier: str) -> str:
    """This address, asking for a kept form."""
    query = request.GET.copy()
    query[NAME] = identifier
    return f"{request.path}?{query.urlencode()}"


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _filled(request: HttpRequest, response: HttpResponse, standing: Standing) -> HttpResponse:
    """The page with its form filled in; where it has none, one that sends everything once more."""
    if standing.filled or response.status_code not in {200, 405}:
        return response
    return _private(render(request, "ui/unsent.html", {"one": standing.found}))


def _after(request: HttpRequest, response: HttpResponse, standing: Standing) -> HttpResponse:
    """What becomes of a form that was sent: held up, answered with a page, or done."""
    held_up: Mapping[str, str] | None = getattr(response, "held_up", None)
    if is_sealed(request.path):  # nothing of it may lie anywhere, save under the own sealing key of whoever typed it
        if held_up is not None and request.path.startswith(KEYED):
            _for_its_key(request)
        return _anew(request) if held_up is not None and not held_up["to"] else response
    if held_up is not None:
        return _held_up(request, response, held_up)
    if 300 <= response.status_code < 400:
        _done(request)
        return response
    page = standing.asks and response.status_code == 200 and not response.streaming
    by_window = request.headers.get("Sec-Fetch-Mode") == "navigate"
    signing_in = request.path.startswith(reverse("account"))
    return _with_address(request, response) if page and by_window and not signing_in else response


def _for_its_key(request: HttpRequest) -> None:
    if isinstance(request.user, Person):
        drafts.keep(request.user.pk, request.path, request.POST)
    else:
        drafts.keep_for_last(request.COOKIES.get(devices.COOKIE, ""), request.path, request.POST)


def _held_up(request: HttpRequest, response: HttpResponse, way: Mapping[str, str]) -> HttpResponse:
    """Somebody has to sign in, prove a second factor or load the page anew: the form waits for them."""
    owner = owner_of(request)
    if not owner and way["to"]:
        owner = devices.last(request.COOKIES.get(devices.COOKIE, ""))
    fields = unsent.typed_in(request.path, request.POST)
    if fields is None or not owner:
        return response if way["to"] else _anew(request)
    one = unsent.new(owner, request.path, fields, timezone.now())
    unsent.keep(one)
    here = address_of(request, one.id)
    address = f"{way['to']}?next={quote(here)}" if way["to"] else here
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _anew(request: HttpRequest) -> HttpResponse:
    """The page again, for a form that is too old and must not or need not be kept: a password, signing out."""
    messages.warning(request, _("Trang đã mở quá lâu nên chưa làm được việc vừa chọn. Hãy làm lại."))
    return redirect(request.get_full_path())


def _with_address(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep the answer, and lead the browser to where it lies."""
    fields = unsent.typed_in(request.path, request.POST)
    if fields is None:
        return response
    owner = owner_of(request) or _begun(request)
    one = unsent.new(owner, request.path, fields, timezone.now())
    unsent.keep(unsent.with_page(one, response.content, request))
    if request.user.is_authenticated:  # what a visitor left is not offered to whoever sits there next
        index: dict[str, Any] = dict(request.session.get(INDEX, {}))
        index.pop(request.path, "")
        index[request.path] = one.id
        request.session[INDEX] = dict(list(index.items())[-unsent.MOST :])
    answer = redirect(address_of(request, one.id))
    answer.status_code = 303
    return answer


def _begun(request: HttpRequest) -> str:
    """A name for this visit: nobody has signed in, and only this browser may see what it sent."""
    request.session[VISIT] = f"visit:{secrets.token_hex(12)}"
    return str(request.session[VISIT])


def _done(request: HttpRequest) -> None:
    """The form went through: what was kept of it is not wanted any more."""
    index = dict(request.session.get(INDEX, {}))
    gone = [identifier for identifier in (index.pop(request.path, ""), request.GET.get(NAME, "")) if identifier]
    own = [identifier for identifier in gone if unsent.find(identifier, owner_of(request), request.path)]
    if own:
        unsent.forget(own)
        request.session[INDEX] = index
