"""The interface put together: its operations, what becomes of faults, and its addresses."""

import logging
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from hamrong.access.connections import AWAY, drop_dead, is_lost
from hamrong.access.web import open_to_all
from hamrong.lodging.api import batches, catalogs, openapi, places, problems, public, stays, webhooks
from hamrong.lodging.api.parameters import parameter_words
from hamrong.lodging.api.problems import Problem, fault
from hamrong.lodging.api.shapes import answered

log = logging.getLogger(__name__)
PREFIX: Final = "/api/v1/"
api = NinjaAPI(
    title="Hàm Rồng: thông báo lưu trú / lodging notifications",
    version="1",
    description="For the software of establishments that lodge guests. Refusals are RFC 9457 problems.",
    urls_namespace="lodging-api",
    openapi_url=None,
    docs_url=None,
)
for room in (stays, batches, places, webhooks, catalogs, public):
    api.add_router("", room.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problems.respond(problem)


@api.exception_handler(ValidationError)
def _parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Ninja reads only paths and queries here; the text of the error names types, never values."""
    faults = [fault("request.parameter", str(each["loc"][-1]), *parameter_words(each)) for each in error.errors]
    return problems.respond(Problem("request.parameter", errors=faults))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.respond(Problem("request.malformed"))


def _unavailable(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    log.error("the database does not answer", exc_info=error if isinstance(error, Exception) else None)
    if isinstance(error, Exception) and is_lost(error):
        drop_dead()
    return problems.respond(Problem("unavailable"))


for error in AWAY:
    api.add_exception_handler(error, _unavailable)


@api.exception_handler(Exception)
def _bug(request: HttpRequest, error: Exception) -> HttpResponse:
    # Without the values that an exception's text may hold: where it happened is enough to find it.
    log.error("%s at %s", type(error).__name__, request.resolver_match and request.resolver_match.route, exc_info=error)
    return problems.respond(Problem("internal"))


@cache
def description() -> bytes:
    """The description of the interface as JSON."""
    return msgspec.json.encode(openapi.document(api, PREFIX))


@open_to_all
def openapi_json(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return HttpResponse(
        description(), content_type="application/json", headers={"Cache-Control": "public, max-age=300"}
    )


@open_to_all
def public_key(request: HttpRequest) -> HttpResponse:
    """The key of receipts, at an address that fits on paper."""
    return answered(public.key())


def _told_in_problems(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same view, which also refuses methods in the manner of the interface; it takes no cookie."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        response = view(request, *args, **parts)
        if response.status_code == 405 and response.headers.get("Content-Type") != problems.MEDIA_TYPE:
            return problems.not_allowed(response.headers.get("Allow", ""))
        return response

    seen.csrf_exempt = True  # type: ignore[attr-defined]
    return seen


def _patterns() -> list[URLPattern | URLResolver]:
    ours = [
        path("openapi.json", openapi_json, name="openapi"),
        *api.urls[0],
        re_path("^.*$", open_to_all(problems.not_found)),
    ]
    for pattern in ours:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = _told_in_problems(pattern.callback)
    return [pattern for pattern in ours if not isinstance(pattern, URLPattern) or pattern.name != "api-root"]


app_name = "lodging-api"
urlpatterns = _patterns()
