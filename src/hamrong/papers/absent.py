"""Required fields that do not apply to a matter: which may be said not to, why, and what the paper prints there."""

from collections.abc import Mapping
from typing import Any, Final

from hamrong.access.actors import Refusal
from hamrong.papers.catalog import Form, fields
from hamrong.papers.filling import needs

Absent = Mapping[str, str]
"""Field → why it does not apply."""

NOTHING: Final[Absent] = {}


def required(made: Form) -> frozenset[str]:
    """The fields that are filled in, or of which is said why they do not apply.

    One that a Word file asks for with `{% if … %}` is among them where `fields.yaml` says what `absent` leaves out.
    """
    wanted = needs(made.file)
    return wanted.required | {name for name in wanted.optional if made.instead(name) is not None}


def reasoned(text: str) -> bool:
    """Whether a reason says anything: a dash or a dot is none."""
    return any(each.isalpha() for each in text)


def problem(made: Form, values: Mapping[str, Any], absent: Absent) -> Refusal | None:
    """What is missing of a paper, or wrong with what it says does not apply."""
    for name, reason in absent.items():
        if wrong := _wrong(made, name, reason, filled=bool(values.get(name))):
            return wrong
    missing = [
        each for name, each in fields().items()
        if each.kind != "given" and name in required(made) and not values.get(name) and name not in absent
    ]  # fmt: skip
    if not missing:
        return None
    return Refusal(
        "invalid", "Hãy điền: " + ", ".join(each.vi for each in missing) + ".",
        "Fill in: " + ", ".join(each.en for each in missing) + ".",
    )  # fmt: skip


def _wrong(made: Form, name: str, reason: str, *, filled: bool) -> Refusal | None:
    each = fields()[name]
    if name not in required(made) or made.instead(name) is None:
        why = made.why_always(name)
        vi, en = (f": {why.vi}", f": {why.en}") if why else ("", "")
        return Refusal(
            "invalid", f"Mục “{each.vi}” không được ghi là không áp dụng{vi}.",
            f"“{each.en}” cannot be said not to apply{en}.", made.law,
        )  # fmt: skip
    if not reasoned(reason):
        return Refusal(
            "invalid", f"Hãy ghi bằng lời vì sao mục “{each.vi}” không áp dụng.",
            f"Say in words why “{each.en}” does not apply.",
        )  # fmt: skip
    if filled:
        return Refusal(
            "invalid", f"Mục “{each.vi}” vừa được điền, vừa được ghi là không áp dụng. Hãy xóa một trong hai.",
            f"“{each.en}” is both filled in and said not to apply. Clear one of the two.",
        )  # fmt: skip
    return None


def printed(made: Form, absent: Absent) -> dict[str, Any]:
    """What stands in the places of fields that do not apply: the words of `fields.yaml`, or nothing."""
    told = {name: made.instead(name) or "" for name in absent}
    return {name: [text] if text and fields()[name].kind == "text" else text for name, text in told.items()}
