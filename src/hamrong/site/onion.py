"""The door of denunciations as an onion service (Tor): what is answered at its name, and who is told of it.

Never needed: the same door stands on the open web. What comes by the onion is encrypted to this machine already, so it
is not sent on to HTTPS, and no more is answered there than the pages of senders and what these load.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.http.request import split_domain_port
from django.middleware.security import SecurityMiddleware

from hamrong.ui.sealedpaths import SENDERS

ANSWERED: Final = (*SENDERS, "/static/", "/healthz")
FIRST: Final = SENDERS[0]


def is_onion(request: HttpRequest) -> bool:
    """Whether a request came to the onion service's name."""
    return bool(settings.HAMRONG_ONION) and split_domain_port(request.get_host())[0] == settings.HAMRONG_ONION


class Entrance(SecurityMiddleware):
    """Django's own, which sends everybody to HTTPS, save whoever comes by the onion; others are told of it there."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:  # type: ignore[override]
        if not is_onion(request):
            return super().process_request(request)
        if request.path == "/":
            return HttpResponseRedirect(FIRST)
        return None if request.path.startswith(ANSWERED) else HttpResponseNotFound()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """`Onion-Location` on pages of senders: Tor Browser offers to go there; it heeds it over HTTPS only."""
        answer = super().process_response(request, response)
        told = settings.HAMRONG_ONION and request.path.startswith(SENDERS) and request.is_secure()
        if told and not is_onion(request):
            answer.headers["Onion-Location"] = f"http://{settings.HAMRONG_ONION}{request.get_full_path()}"
        return answer
