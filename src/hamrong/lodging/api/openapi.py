"""The description of the interface (OpenAPI 3.1): each operation says its own part, this file puts them together."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from ninja import NinjaAPI

from hamrong.lodging.api import problems, shapes
from hamrong.lodging.api.stay_schema import stay_schemas

Schema = dict[str, Any]
REF: Final = "#/components/schemas/{name}"
BEARER: Final = "key"
RATE: Final = {
    "RateLimit-Limit": "Requests that a window of one minute allows.",
    "RateLimit-Remaining": "Requests that are left in this window.",
    "RateLimit-Reset": "Seconds until the next window.",
}
ALWAYS: Final = ("request.parameter", "not-found", "rate.exceeded", "internal", "unavailable")
"""What every operation may be refused with."""

WITH_KEY: Final = ("auth.missing", "auth.unknown", "access.refused")
WITH_BODY: Final = ("request.malformed", "length.required", "body.too_large", "media.unsupported")
ONCE: Final = ("idempotency.missing", "idempotency.form", "idempotency.in_progress", "idempotency.mismatch")


def told(
    summary: str,
    *answers: tuple[int, str, Any],
    refused: Sequence[str] = (),
    key: bool = True,
    body: Any = None,
    bodies: Mapping[str, Schema] | None = None,
    headers: Sequence[Schema] = (),
    parameters: Sequence[Schema] = (),
) -> dict[str, Any]:
    """Arguments for an operation of Ninja that say what it takes and what it answers; `body` is a struct, of which
    `bodies` says by media type how it comes.

    An answer is (status, what it is, struct | schema | {media type: schema} | None); `refused` names codes of problems.
    """
    codes = (*ALWAYS, *(WITH_KEY if key else ()), *(WITH_BODY if body is not None else ()), *refused)
    extra: Schema = {"responses": {**dict(_answer(*each) for each in answers), **_refusals(codes)}}
    if key:
        extra["security"] = [{BEARER: []}]
    if body is not None:
        by_media = bodies or {shapes.MEDIA_TYPE: _schema(body)}
        extra["requestBody"] = {
            "required": True,
            "content": {media: {"schema": schema} for media, schema in by_media.items()},
        }
    if headers or parameters:
        extra["parameters"] = [*headers, *parameters]
    return {"summary": summary, "openapi_extra": extra}


def header(name: str, description: str, *, required: bool = True, pattern: str | None = None) -> Schema:
    """A header that an operation reads."""
    schema: Schema = {"type": "string", "minLength": 1, **({"pattern": pattern} if pattern else {})}
    return {"in": "header", "name": name, "required": required, "description": description, "schema": schema}


IDEMPOTENCY: Final = header(
    "Idempotency-Key", "The same key with the same request gives the same answer, for at least seven days.",
    pattern=r"^[\x21-\x7e]{1,255}$",
)  # fmt: skip
IF_MATCH: Final = header("If-Match", 'The version that is changed, as in `"1"`.', pattern=r'^"[0-9]{1,9}"$')
_structs: Final[list[Any]] = [problems.Body, problems.Known]


def _schema(shape: Any) -> Schema:
    if isinstance(shape, dict):
        return shape
    if shape not in _structs:
        _structs.append(shape)
    (reference,), _ = msgspec.json.schema_components([shape], ref_template=REF)
    return dict(reference)


def _answer(status: int, description: str, shape: Any) -> tuple[str, Schema]:
    said: Schema = {"description": description, "headers": _headers(RATE)}
    if shape is not None:
        by_media = (
            shape if isinstance(shape, dict) and all("/" in each for each in shape) else {shapes.MEDIA_TYPE: shape}
        )
        said["content"] = {media: {"schema": _schema(each)} for media, each in by_media.items()}
    return str(status), said


def _headers(names: Mapping[str, str]) -> Schema:
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in names.items()}


def _refusals(codes: Sequence[str]) -> Schema:
    by_status: dict[str, list[str]] = {}
    for code in codes:
        by_status.setdefault(str(problems.known()[code].status), []).append(code)
    return {
        status: {
            "description": "; ".join(f"`{code}`: {problems.known()[code].en}" for code in sorted(set(named))),
            "content": {problems.MEDIA_TYPE: {"schema": _schema(problems.Body)}},
        }
        for status, named in sorted(by_status.items())
    }


def document(api: NinjaAPI, prefix: str) -> Schema:
    """The whole description of the interface that begins at `prefix`."""
    said: Schema = dict(api.get_openapi_schema(path_prefix=prefix))
    for operation in [each for methods in said["paths"].values() for each in methods.values()]:
        # Ninja adds its own guess under a number; ours stand under text, as JSON has them.
        operation["responses"] = {
            status: each for status, each in operation["responses"].items() if isinstance(status, str)
        }
    _, schemas = msgspec.json.schema_components(_structs, ref_template=REF)
    schemas = {**schemas, **stay_schemas()}
    if amendment := schemas.get("AmendmentIn"):
        amendment["properties"]["stay"] = {"$ref": "#/components/schemas/StayIn"}
    said["components"] = {
        "schemas": schemas,
        "securitySchemes": {BEARER: {"type": "http", "scheme": "bearer", "description": "A key of an establishment."}},
    }
    said["servers"] = [{"url": "/"}]
    return said
