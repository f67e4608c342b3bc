"""The schema of a notification, written from `StayIn` and the catalogues so that it never says anything else."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields

from hamrong.lodging.catalogs import catalog, read_yaml, small
from hamrong.lodging.shapes import BirthIn, CaptureIn, DocumentIn, ReasonIn, ResidenceIn, StayIn

Schema = dict[str, Any]
PARTS: Final[Mapping[str, type[Struct]]] = {
    "birth": BirthIn,
    "document": DocumentIn,
    "residence": ResidenceIn,
    "reason": ReasonIn,
    "capture": CaptureIn,
}
LISTS: Final = {"/sex": "sex", "/kind": "kind", "/birth/precision": "precision", "/capture/method": "method"}
CATALOGS: Final = {"/nationality": "nationalities", "/document/type": "document-types", "/reason/code": "reasons"}
LENGTHS: Final = {"/document/number": "number", "/document/issuer": "issuer", "/residence/text": "residence",
                  "/reason/text": "reason", "/capture/device_id": "device_id"}  # fmt: skip
INSTANTS: Final = {"/arrival_at", "/planned_departure_at", "/capture/captured_at"}
DAYS: Final = {"/document/expires_on", "/permitted_until"}


def stay_schemas() -> dict[str, Schema]:
    """`StayIn` and its parts as JSON schemas; numbers are read too, so that a number for a text is no refusal."""
    schemas = {part.__name__: _object(part, f"/{name}") for name, part in PARTS.items()}
    return {**schemas, "StayIn": _object(StayIn, "")}


def example(arrival: str, departure: str) -> Schema:
    """An invented notification between two instants (RFC 3339)."""
    return {
        "client_ref": "PMS-20871",
        "kind": "citizen",
        "full_name": "Nguyễn Thị Thử Nghiệm",
        "sex": "F",
        "birth": {"date": "1991-03-08", "precision": "day"},
        "nationality": "VNM",
        "document": {"type": "cccd", "number": "038191000017"},
        "residence": {"text": "Phường Hạc Thành, Thanh Hóa"},
        "arrival_at": arrival,
        "planned_departure_at": departure,
        "room": "203",
        "reason": {"code": "tourism"},
        "capture": {"method": "pms"},
    }


def _object(shape: type[Struct], at: str) -> Schema:
    properties = dict(_properties(shape, at))
    return {
        "title": shape.__name__,
        "description": (shape.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": ["full_name", "arrival_at", "planned_departure_at"]} if shape is StayIn else {}),
    }


def _properties(shape: type[Struct], at: str) -> Iterator[tuple[str, Schema]]:
    labels = read_yaml("fields.yaml")["labels"]
    for field in fields(shape):
        pointer = f"{at}/{field.name}"
        words = labels.get(pointer, {"vi": "", "en": ""})
        if not at and field.name in PARTS:
            part = {"$ref": f"#/components/schemas/{PARTS[field.name].__name__}"}
            yield field.name, {"anyOf": [part, {"type": "null"}], "description": _said(words)}
        else:
            yield field.name, {**_leaf(pointer, field.name), "description": _said(words)}


def _said(words: Mapping[str, str]) -> str:
    return f"{words['en']} ({words['vi']})"


def _leaf(pointer: str, name: str) -> Schema:
    longest = read_yaml("fields.yaml")["longest"].get(LENGTHS.get(pointer, name))
    schema: Schema = {"type": ["string", "number", "null"]}
    if longest:
        schema["maxLength"] = longest
    if pointer in LISTS:
        schema["examples"] = list(small(LISTS[pointer]))
    if pointer in CATALOGS:
        entries = catalog(CATALOGS[pointer], date(2026, 7, 1)).entries
        schema["examples"] = [entry.code for entry in entries[:5]]
        schema["externalDocs"] = {"url": f"/api/v1/catalogs/{CATALOGS[pointer]}"}
    if pointer in INSTANTS:
        schema["examples"] = ["2026-11-24T21:10:00+07:00"]
    if pointer in DAYS:
        schema["examples"] = ["2027-05-31"]
    return schema
