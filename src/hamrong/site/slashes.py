"""Who types a slash too many is led to the page; for one too few Django does the same (`APPEND_SLASH`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes


def drop(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an address that is nobody's, and is somebody's without the slashes at its end, leads there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        unknown = response.status_code == 404 and request.resolver_match is None and request.method in {"GET", "HEAD"}
        if not unknown or not request.path_info.endswith("/") or not is_valid_path(request.path_info.rstrip("/")):
            return response
        query = request.META.get("QUERY_STRING", "")
        there = escape_leading_slashes(request.path.rstrip("/"))
        return HttpResponsePermanentRedirect(f"{there}?{query}" if query else there)

    return middleware
