"""What every request must say of its length, and the security headers of every answer."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from hamrong.ui import errors
from hamrong.ui.sealedpaths import is_sealed

HEADERS: Final = {  # no inline script or style, no other origin, no device of the visitor
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that adds HEADERS where a page has not set its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_sealed(request.path):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware


def measure(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that refuses a form in chunks (411): Django reads as much as was announced, which is nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return errors.lengthless(request)
        return get_response(request)

    return middleware
