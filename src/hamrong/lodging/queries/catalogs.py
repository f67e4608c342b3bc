"""The catalogues as they are served on a day: entries, and the tag that changes only when they do."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import msgspec

from hamrong.lodging import catalogs
from hamrong.org import records
from hamrong.org.areas import current, ref

NAMES: Final = (*catalogs.NAMES, "wards", "legacy-wards")


def entries(name: str, as_of: date) -> Iterable[Any]:
    """What one of NAMES holds on a day; KeyError for another name."""
    if name in ("wards", "legacy-wards"):
        return [_ward(area) for area in records.areas() if area.level == "commune" and _fits(area, name, as_of)]
    return catalogs.catalog(name, as_of).entries


def etag_of(plain: Any) -> str:
    """The tag of entries as plain values, with its quotation marks (RFC 9110)."""
    return f'"{hashlib.sha256(msgspec.json.encode(plain)).hexdigest()[:24]}"'


@lru_cache(maxsize=4)
def etags(as_of: date) -> Mapping[str, str]:
    """The tag of every catalogue on a day, by its name."""
    return {name: etag_of(msgspec.to_builtins(entries(name, as_of))) for name in NAMES}


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
