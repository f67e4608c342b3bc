"""One byte form for one JSON value, so that a digest or a signature made here can be checked anywhere."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

import rfc8785

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical(value: Json) -> bytes:
    """Return `value` as canonical JSON in UTF-8 (RFC 8785, the JSON Canonicalization Scheme).

    Text is taken as it is, without Unicode normalization. What JSON cannot say exactly (NaN, infinity, an integer
    beyond 2**53 - 1, a lone surrogate) is a bug of the caller: `rfc8785.CanonicalizationError` or `UnicodeEncodeError`.
    """
    return rfc8785.dumps(cast("Any", value))


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical form, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
