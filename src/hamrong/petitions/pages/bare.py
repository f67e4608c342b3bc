"""Pages that leave nothing behind: no cookie is set, no session is asked, the language goes along in the address."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamrong.access.web import open_to_all
from hamrong.kernel.seal import followup
from hamrong.ui.qr import CHEQUERED, qr_of

LANGUAGES: Final = ("vi", "en")
AGAIN: Final = {
    "door": "door", "matter": "edit", "check": "check", "code": "code", "renew": "renew", "standing": "look",
}  # fmt: skip
"""What the form of a page is sent to do when only its language changes: the page again, with all that was typed."""

ENTERS: Final = {"door": "begin", "matter": "check", "code": "open", "standing": "write"}
"""What Enter in a field of a page means: its own button, and not that of the language, which stands before it."""

Page = Callable[..., HttpResponse]


def bare(page: Page) -> Page:
    """A page open to all that sets no cookie and has no token against forged forms.

    Such a token needs a cookie, and protects what a browser is signed in for: here nothing is done by a session, only
    by what was typed. The language is `lang` of the address, where somebody has just changed it, or of the form, or
    what the browser asks for.
    """

    @wraps(page)
    def behind(request: HttpRequest, **parts: Any) -> HttpResponse:
        wanted = request.GET.get("lang") or request.POST.get("lang") or ""
        with translation.override(wanted if wanted in LANGUAGES else translation.get_language()):
            return page(request, **parts)

    return csrf_exempt(open_to_all(require_http_methods(["GET", "HEAD", "POST"])(behind)))


def pictured(code: str) -> dict[str, str]:
    """A code in its other forms: as a QR code, and as syllables that people remember."""
    return {"qr": qr_of(code, error="q", mask=CHEQUERED), "spoken": followup.spoken(code)}


def shown(request: HttpRequest, name: str, values: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A template of the room; `other` is the language to change to, `again` what its form does to come back in it."""
    other = "vi" if translation.get_language() == "en" else "en"
    told = {
        "again": AGAIN.get(name, ""),
        "enters": ENTERS.get(name, ""),
        **values,
        "lang": translation.get_language(),
        "other": other,
    }
    response = render(request, f"petitions/{name}.html", told, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
