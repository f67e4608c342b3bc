"""The two doors of hosts' software beside that of people: Django with fewer steps, and past Django."""

from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware

from hamrong.lodging.api import swift
from hamrong.site.headers import protect

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Step = Callable[[Any], Any]
PREFIX: Final = "/api/v1/"
STEPS: Final[tuple[Step, ...]] = (
    SecurityMiddleware,
    protect,
    LocaleMiddleware,
    CommonMiddleware,
    XFrameOptionsMiddleware,
)
"""What a request of software goes through of `settings.MIDDLEWARE`, in its order: nothing of sessions and forms."""


class Interface(WSGIHandler):
    """Django for the addresses of the interface."""

    def load_middleware(self, is_async: bool = False) -> None:
        """As Django's own, for STEPS; none of them looks at views, templates or exceptions."""
        self._view_middleware: list[Step] = []
        self._template_response_middleware: list[Step] = []
        self._exception_middleware: list[Step] = []
        handler: Step = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for step in reversed(STEPS):
            handler = convert_exception_to_response(step(handler))
        self._middleware_chain = handler


def beside(pages: Application) -> Application:
    """The application with all its doors: people's pages through `pages`, hosts' software through the others."""
    interface = Interface()

    def application(environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(PREFIX):
            return pages(environ, start_response)
        taken = swift.take(environ) if _may_be_swift(environ) else None
        if taken is None:
            return interface(environ, start_response)
        body, headers = taken
        start_response(swift.CREATED, [*headers.items(), *_fixed_headers()])
        return [body]

    return application


def _may_be_swift(environ: Environ) -> bool:
    """Whether Django would answer at this host and scheme; what is neither is refused in the ordinary way."""
    secure = not settings.SECURE_SSL_REDIRECT or WSGIRequest(environ).is_secure()
    return secure and _is_ours(environ.get("HTTP_HOST", ""))


@cache
def _fixed_headers() -> list[tuple[str, str]]:
    """The headers that STEPS put on every answer, asked of them."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    bare = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "wsgi.url_scheme": scheme, "wsgi.input": BytesIO()}
    outermost: Step = XFrameOptionsMiddleware(lambda _: HttpResponse())
    for step in (protect, SecurityMiddleware):
        outermost = step(outermost)
    return [(name, value) for name, value in outermost(WSGIRequest(bare)).items() if name != "Content-Type"]


_known_hosts: set[str] = set()


def _is_ours(host: str) -> bool:
    """Whether Django would answer at this host; what is none of ours is refused in the ordinary way."""
    if host not in _known_hosts:
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        if len(_known_hosts) < 1000:
            _known_hosts.add(host)
    return True
