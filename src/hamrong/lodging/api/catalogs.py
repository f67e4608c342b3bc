"""The catalogues: codes that a notification uses, with the days on which each may be chosen. Public facts."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamrong.lodging.api import openapi, problems
from hamrong.lodging.api.door import open_door
from hamrong.lodging.api.problems import Problem
from hamrong.lodging.api.shapes import MEDIA_TYPE, CatalogShape
from hamrong.lodging.queries import catalogs

router = Router(tags=["catalogs"])
NAMES: Final = (*catalogs.NAMES, "problems")
NAME: Final = {
    "in": "path", "name": "name", "required": True, "schema": {"type": "string", "enum": list(NAMES)},
}  # fmt: skip
IF_NONE_MATCH: Final = openapi.header("If-None-Match", "The ETag of the copy that one has.", required=False)


@router.get(
    "/catalogs/{name}",
    **openapi.told(
        "Read a catalogue as it stands on a day",
        (200, "The codes that may be chosen on that day.", CatalogShape),
        (304, "The copy that one has is still right.", None),
        key=False,
        headers=[IF_NONE_MATCH],
    ),
)
@open_door
def read_catalog(request: HttpRequest, name: str, as_of: date | None = None) -> HttpResponse:
    """`as_of` is today where it is left out; the ETag changes only when the entries do."""
    if name not in NAMES:
        raise Problem("not-found")
    body, etag = _written(name, as_of or timezone.localdate())
    headers = {"ETag": etag, "Cache-Control": "public, max-age=3600"}
    if etag in [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=MEDIA_TYPE, headers=headers)


@lru_cache(maxsize=64)
def _written(name: str, as_of: date) -> tuple[bytes, str]:
    entries = msgspec.to_builtins(_entries(name, as_of))
    return msgspec.json.encode(CatalogShape(name=name, as_of=as_of, entries=entries)), catalogs.etag_of(entries)


def _entries(name: str, as_of: date) -> Iterable[Any]:
    if name == "problems":
        return list(problems.known().values())
    return catalogs.entries(name, as_of)
