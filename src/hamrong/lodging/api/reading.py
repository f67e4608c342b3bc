"""Reading small JSON bodies: what does not fit is refused with a pointer to it."""

import re
from typing import Final, TypeVar

import msgspec

from hamrong.lodging.api.problems import Problem, fault
from hamrong.lodging.issues import Issue

T = TypeVar("T")
PLACE: Final = re.compile(r" - at `\$([^`]*)`$")


def decoded(decoder: "msgspec.json.Decoder[T]", body: bytes) -> T:
    """A body as its struct; not JSON is `request.malformed`, JSON that does not fit `content.invalid`."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Problem("content.invalid", errors=[_fault(str(error))]) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Problem("request.malformed") from None


def _fault(message: str) -> Issue:
    """msgspec names types and places, never the value."""
    found = PLACE.search(message)
    pointer = re.sub(r"\.|\[(\d+|\.\.\.)\]", lambda part: "/" + (part[1] or ""), found[1]) if found else ""
    return fault("content.invalid", pointer, en=PLACE.sub("", message))


def invalid(pointer: str, vi: str = "", en: str = "") -> Problem:
    """The refusal of one field."""
    return Problem("content.invalid", errors=[fault("content.invalid", pointer, vi, en)])
