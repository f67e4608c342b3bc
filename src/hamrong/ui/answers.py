"""How pages answer: what became of an act in words, and pages about people that no browser keeps."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from hamrong.access.actors import Refusal
from hamrong.access.decisions import registered
from hamrong.access.roles import purposes

R = TypeVar("R", bound=HttpResponseBase)


class Spoken(Protocol):
    """Something that is said in both languages: a refusal, the words for a state or an act."""

    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


def words(said: Spoken) -> str:
    """What is said in both languages, in the reader's."""
    return said.en if (get_language() or "vi").startswith("en") else said.vi


def purposes_in_words(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Purposes as the choices of a form, in the reader's language."""
    return [(code, words(purposes()[code])) for code in codes]


def purposes_of(act: str) -> list[tuple[str, str]]:
    """The purposes for which policy allows an act, as choices."""
    return purposes_in_words(registered()[act].purposes)


def tell(request: HttpRequest, answer: object, done: object) -> bool:
    """Put on the next page what became of an act: its refusal, or that it is done; whether it was done."""
    if isinstance(answer, Refusal):
        messages.error(request, words(answer))
        return False
    messages.success(request, str(done))
    return True


def private(
    request: HttpRequest, template: str, values: Mapping[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    """A page about people, which no browser keeps."""
    response = render(request, template, dict(values), status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def as_file(response: R, name: str, *, inline: bool = False, public: bool = False) -> R:
    """The answer as a file of that name (RFC 6266), in the browser with `inline`; only a `public` one may be kept."""
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    if not public:
        response.headers["Cache-Control"] = "no-store, private"
    return response
