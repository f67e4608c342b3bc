"""Who changes the language in the middle of a form keeps what was typed, without scripts and without our keeping it.

The button sends the form to its own page, which shows it again in the other language and does nothing else with it.
"""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from django.views.i18n import set_language

from hamrong.ui import unsent

LANGUAGES: Final = frozenset(code for code, _name in settings.LANGUAGES)


class Switching:
    """Middleware, after that of unsent forms, which fills the page's form again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen: HttpResponse | None = getattr(request, "language_chosen", None)
        if chosen is not None:
            response.cookies.update(chosen.cookies)
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """The form as one that was not sent, when its token has been looked at and before the page sees it."""
        chosen = request.POST.get("language") if request.method == "POST" and view is not set_language else None
        if chosen not in LANGUAGES or not request.user.is_authenticated:
            return  # whose session has ended signs in first, and then finds what was typed, as with every form
        fields = {name: request.POST.getlist(name) for name in request.POST if not _is_secret(name)}
        request.language_chosen = set_language(request)  # type: ignore[attr-defined]
        request.unsent.found = unsent.new("", request.path, fields, timezone.now())  # type: ignore[attr-defined]
        request.method, request.POST = "GET", QueryDict()
        request._files = MultiValueDict()  # type: ignore[attr-defined]
        translation.activate(str(chosen))
        request.LANGUAGE_CODE = str(chosen)


def _is_secret(name: str) -> bool:
    """What is never written back into a page: the token, and what somebody proves themselves with."""
    return name == "csrfmiddlewaretoken" or "password" in name
