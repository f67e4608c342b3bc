"""From JSON to a stay: a wrong type or an unknown field is an issue of the row, and the rest is still read."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from hamrong.lodging.issues import Issue, issue
from hamrong.lodging.shapes import BirthIn, CaptureIn, DocumentIn, Reading, ReasonIn, ResidenceIn, StayIn

_DECODER: Final = msgspec.json.Decoder(StayIn)
_PARTS: Final[Mapping[str, frozenset[str]]] = {
    "birth": frozenset(BirthIn.__struct_fields__),
    "document": frozenset(DocumentIn.__struct_fields__),
    "residence": frozenset(ResidenceIn.__struct_fields__),
    "reason": frozenset(ReasonIn.__struct_fields__),
    "capture": frozenset(CaptureIn.__struct_fields__),
}
_FIELDS: Final = frozenset(StayIn.__struct_fields__)


def decode(line: bytes | str) -> Reading:
    """Read one stay from JSON (RFC 8259, UTF-8); what is not an object gives an empty stay and `row.malformed`."""
    for read in (_strictly, _loosely):
        try:
            return read(line)
        except msgspec.ValidationError:
            continue
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            break
    return _malformed()


def _strictly(line: bytes | str) -> Reading:
    return Reading(_DECODER.decode(line))


def _loosely(line: bytes | str) -> Reading:
    return from_object(msgspec.json.decode(line))


def from_object(value: Any) -> Reading:
    """Read one stay from JSON that is decoded already, leaving out what does not fit with an issue for each."""
    if not isinstance(value, Mapping):
        return _malformed()
    found: list[Issue] = []
    kept: dict[str, Any] = {}
    for name, given in value.items():
        if name in _PARTS:
            kept[name] = _part(f"/{name}", given, _PARTS[name], found)
        elif name in _FIELDS:
            kept[name] = _leaf(f"/{name}", given, found)
        else:
            found.append(_unknown("", name))
    return Reading(msgspec.convert(kept, StayIn), tuple(found))


def _part(pointer: str, given: Any, names: frozenset[str], found: list[Issue]) -> dict[str, Any] | None:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        found.append(issue("field.type", pointer, expected="đối tượng JSON", expected_en="a JSON object"))
        return None
    found.extend(_unknown(pointer, name) for name in given if name not in names)
    return {name: _leaf(f"{pointer}/{name}", each, found) for name, each in given.items() if name in names}


def _leaf(pointer: str, given: Any, found: list[Issue]) -> str | int | float | None:
    if isinstance(given, bool) or not isinstance(given, str | int | float | None):
        found.append(issue("field.type", pointer, expected="chuỗi ký tự", expected_en="a string"))
        return None
    return given


def _unknown(pointer: str, name: Any) -> Issue:
    # RFC 6901 escapes "~" and "/"; a key is shown, but never the value under it.
    return issue("field.unknown", f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}", received=str(name))


def _malformed() -> Reading:
    return Reading(StayIn(), (issue("row.malformed", ""),))
