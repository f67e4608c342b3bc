"""The pages of what went wrong: each says what happened in plain words, and what to do now."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from hamrong.access.actors import Refusal
from hamrong.ui.answers import words
from hamrong.ui.formats import cited
from hamrong.ui.forms import PurposeForm

ASKED = {"purpose-missing", "purpose-not-allowed", "case-missing"}
"""Refusals that a page can be opened after, by who says what for."""


def _page(request: HttpRequest, status: HTTPStatus, **values: object) -> HttpResponse:
    return HttpResponse(
        render_to_string(f"ui/{status}.html", {"status": int(status), **values}, request), status=status
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return _page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403: with the refusal's own words and article where the gate gave one."""
    refusal: Refusal | None = getattr(exception, "refusal", None)
    if refusal is not None and refusal.reason in ASKED and request.method in {"GET", "HEAD"}:
        return _what_for(request, refusal, str(getattr(exception, "act", "")))
    reason = "" if refusal is None else words(refusal)
    return _page(request, HTTPStatus.FORBIDDEN, reason=reason, law=cited(refusal.law) if refusal else "")


def _what_for(request: HttpRequest, refusal: Refusal, act: str) -> HttpResponse:
    """The choice of purposes that the gate's act can have; the page itself follows at the same address."""
    form = PurposeForm(request.GET if request.GET.get("purpose") else None, act=act)
    if refusal.reason == "purpose-not-allowed" and form.is_valid():  # one that the act has, and not what is opened
        form.add_error("purpose", words(refusal))
    kept = [(name, value) for name in request.GET if name not in form.fields for value in request.GET.getlist(name)]
    values = {"form": form, "kept": kept}
    return HttpResponse(render_to_string("ui/purpose.html", values, request), status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return _page(request, HTTPStatus.NOT_FOUND)


def lengthless(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """411, before anything has read the session or the language: no browser sends forms in this way."""
    return HttpResponse(render_to_string("ui/411.html", {"status": 411}), status=HTTPStatus.LENGTH_REQUIRED)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: an address that only takes what a form sends, opened like a page; with the way to the nearest page."""
    return _page(request, HTTPStatus.METHOD_NOT_ALLOWED, back=nearest_page(request.path))


def nearest_page(path: str) -> str:
    """The longest address before this one that leads anywhere."""
    parts = path.strip("/").split("/")[:-1]
    shorter = ["/" + "/".join(parts[:count]) for count in range(len(parts), 0, -1)]
    tried = (address for one in shorter for address in (f"{one}/", one))
    return next((address for address in tried if _leads_somewhere(address)), "/")


def _leads_somewhere(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def failed(request: HttpRequest) -> HttpResponse:
    """handler500. Nothing that reads the session or the database: they may be what failed."""
    return HttpResponse(render_to_string("ui/500.html", {"status": 500}), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503, for whoever finds that the database or a neighbour does not answer."""
    response = HttpResponse(render_to_string("ui/503.html", {"status": 503}), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "60"
    return response
