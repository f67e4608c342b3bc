"""The catalogues: codes that a notification uses, with the days on which each may be chosen. Public facts."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamrong.lodging import catalogs
from hamrong.lodging.api import openapi, problems
from hamrong.lodging.api.door import open_door
from hamrong.lodging.api.problems import Problem
from hamrong.lodging.api.shapes import MEDIA_TYPE, CatalogShape
from hamrong.org import records
from hamrong.org.areas import current, ref

router = Router(tags=["catalogs"])
NAMES: Final = (*catalogs.NAMES, "wards", "legacy-wards", "problems")
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
    etag = f'"{hashlib.sha256(msgspec.json.encode(entries)).hexdigest()[:24]}"'
    return msgspec.json.encode(CatalogShape(name=name, as_of=as_of, entries=entries)), etag


def _entries(name: str, as_of: date) -> Iterable[Any]:
    if name == "problems":
        return list(problems.known().values())
    if name in ("wards", "legacy-wards"):
        return [_ward(area) for area in records.areas() if area.level == "commune" and _fits(area, name, as_of)]
    return catalogs.catalog(name, as_of).entries


def _fits(area: records.AreaRecord, name: str, as_of: date) -> bool:
    """Wards that exist on the day, or those that had gone by then."""
    gone = area.valid_to is not None and area.valid_to < as_of
    begun = area.valid_from is None or area.valid_from <= as_of
    return gone if name == "legacy-wards" else begun and not gone


def _ward(area: records.AreaRecord) -> Mapping[str, Any]:
    told = ref(area.id)
    return {
        "code": area.code,
        "vi": told.name,
        "kind": told.kind,
        "district": told.district,
        "province": told.province,
        "valid_from": told.valid_from,
        "valid_to": told.valid_to,
        "today": [ref(each).code for each in current(area.id)],
    }
