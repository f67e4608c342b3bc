"""Days by which a paper says that something will be done: none has passed when the paper is made, but what is known."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hamrong.access.actors import Grant, Refusal
from hamrong.papers import subjects
from hamrong.papers.catalog import fields
from hamrong.papers.subjects import Subject


def passed(by: Grant, to: Subject | None, values: Mapping[str, Any], day: date) -> Refusal | None:
    """Why a paper of a day cannot say what it says is due; a date that its file itself has may be over."""
    early = {name: text for name, text in _dues(values).items() if _read(text) < day}
    known = _known(by, to, day) if early else {}
    wrong = [fields()[name] for name, text in early.items() if known.get(name) != text]
    if not wrong:
        return None
    vi = ", ".join(f"{each.vi}: {early[each.name]} trước ngày của văn bản" for each in wrong)
    en = ", ".join(f"{each.en}: {early[each.name]} is before the paper's own day" for each in wrong)
    return Refusal("invalid", f"{vi}. Hãy sửa lại.", f"{en}. Change it.")


def differing(by: Grant, to: Subject | None, values: Mapping[str, Any], day: date) -> dict[str, str]:
    """What the file itself has for the days due of which a paper says something else."""
    dues = _dues(values)
    known = _known(by, to, day) if dues else {}
    return {name: known[name] for name, text in dues.items() if known.get(name, text) != text}


def _known(by: Grant, to: Subject | None, day: date) -> dict[str, str]:
    return {name: str(one.value) for name, one in subjects.known(by, to, day).items()} if to else {}


def _dues(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text and name in fields() and fields()[name].due}


def _read(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()
