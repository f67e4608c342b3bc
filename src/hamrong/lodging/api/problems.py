"""What a whole request is refused with: RFC 9457 problem details, in the reader's language."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import msgspec
import yaml
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from hamrong.access.actors import Refusal
from hamrong.lodging.issues import Issue

MEDIA_TYPE: Final = "application/problem+json"
WHERE: Final = "/api/v1/catalogs/problems"


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One row of `problems.yaml`."""

    code: str
    status: int
    vi: str
    en: str
    retry: int | None = None


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A problem as it goes out. `type` leads to the catalogue of problems; `errors` are pointed at one by one."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: Sequence[Issue] = ()


class Problem(Exception):
    """A refusal of the whole request on its way to the client; `errors` carry pointers, never values."""

    def __init__(
        self,
        code: str,
        *,
        detail: Refusal | None = None,
        errors: Sequence[Issue] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.known = known()[code]
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


def fault(code: str, pointer: str, vi: str = "", en: str = "") -> Issue:
    """One thing that is wrong with the request itself; `pointer` is a JSON pointer, or names a parameter or header."""
    return Issue(code=code, severity="error", pointer=pointer, message_vi=vi, message_en=en, hint_vi="", hint_en="")


@cache
def known() -> Mapping[str, Known]:
    """Every problem by its code."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(files(__package__).joinpath("problems.yaml").read_text("utf-8"))
    return {code: Known(code=code, **facts) for code, facts in read.items()}


def language() -> Literal["vi", "en"]:
    """The language that the request asked for."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


REFUSED: Final[Mapping[str, str]] = {
    "sign-in": "auth.missing",
    "state": "conflict",
    "conflict": "conflict",
    "invalid": "content.invalid",
}


def refused(refusal: Refusal) -> Problem:
    """A refusal of policy or of an action as a problem."""
    return Problem(REFUSED.get(refusal.reason, "access.refused"), detail=refusal)


def body_of(problem: Problem) -> Body:
    """The details of a problem in the language of the request."""
    known, lang, detail = problem.known, language(), problem.detail
    said = (detail.en if lang == "en" else detail.vi) if detail else ""
    return Body(
        type=f"{WHERE}#{known.code}",
        title=known.en if lang == "en" else known.vi,
        status=known.status,
        code=known.code,
        detail=said,
        errors=problem.errors,
    )


def respond(problem: Problem) -> HttpResponse:
    """The response that carries a problem; what has a time to wait says so in Retry-After."""
    response = HttpResponse(
        msgspec.json.encode(body_of(problem)),
        status=problem.known.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )
    if problem.known.retry is not None:
        response.headers.setdefault("Retry-After", str(problem.known.retry))
    if problem.known.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="hamrong"'
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, **parts: Any) -> HttpResponse:
    """The answer to every other address under the interface."""
    return respond(Problem("not-found"))


def not_allowed(allowed: str) -> HttpResponse:
    """The answer to a method that an address does not take."""
    return respond(Problem("method.not-allowed", headers={"Allow": allowed}))
