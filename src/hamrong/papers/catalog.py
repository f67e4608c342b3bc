"""The forms as `forms.yaml` and `fields.yaml` have them: what each is called, under which article, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import yaml

ROOM: Final = Path(__file__).parent
OUTGOING: Final = "van-ban-di"
"""The unit's own register of outgoing papers; every other register is that of a step of a course."""

Kind = Literal["line", "text", "day", "given"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: what it is called, how it is filled in, and what tests fill it with.

    `due`: a day by which something is to be done, so that it lies ahead of the paper. `absent` is what is printed where
    it does not apply ('' where its sentence is left out), `always` the reason for which that is never so.
    """

    name: str
    vi: str
    en: str
    kind: Kind
    sample: Any
    due: bool = False
    absent: str | None = None
    always: str = ""


class Words(NamedTuple):
    """Something that is said in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """The lines after "Căn cứ" between two days, both included."""

    first: date
    lines: tuple[str, ...]
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether these are the grounds of a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Form:
    """A form (biểu mẫu). `sign` is the abbreviation of its kind of paper (30/2020/NĐ-CP, annex III); `purpose` is ''
    where it serves every kind of file; `acts` are the steps of a course that need it, `then` those that rest on it when
    it was signed; `sender`: who sent it is told;
    `always` are fields that it never goes without though others may, each with the reason.
    """

    code: str
    file: Path
    vi: str
    en: str
    sign: str
    purpose: str
    law: str
    grounds: tuple[Grounds, ...]
    acts: tuple[str, ...]
    register: str
    sender: bool = False
    always: Mapping[str, str] = field(default_factory=dict)
    then: tuple[str, ...] = ()

    def grounds_on(self, day: date) -> tuple[str, ...] | None:
        """The legal grounds of a day; None where the form is not made on it."""
        return next((each.lines for each in self.grounds if each.holds(day)), None)

    def instead(self, name: str) -> str | None:
        """What is printed where a field does not apply, '' where its sentence is left out; None where it has to."""
        return None if name in self.always else fields()[name].absent

    def why_always(self, name: str) -> Words | None:
        """Why a field has to apply, if the law demands that."""
        return reasons().get(self.always.get(name, fields()[name].always))


class Unknown(LookupError):
    """There is no form of this code."""


@cache
def fields() -> Mapping[str, Field]:
    """Every field that a form may use, by name."""
    return {name: _field(name, one) for name, one in _table("fields.yaml")["fields"].items()}


@cache
def reasons() -> Mapping[str, Words]:
    """Why the law demands some fields without exception, by the names that `always` gives these reasons."""
    return {name: Words(**one) for name, one in _table("fields.yaml")["always"].items()}


@cache
def forms() -> Mapping[str, Form]:
    """Every form by code; an unknown key, grounds that overlap or a file that is missing is an error."""
    told = _table("forms.yaml")
    grounds = {name: _grounds(rows) for name, rows in told["grounds"].items()}
    return {code: _form(code, dict(one), grounds) for code, one in told["forms"].items()}


def form(code: str) -> Form:
    """The form of a code; raises `Unknown`."""
    found = forms().get(code)
    if found is None:
        raise Unknown(code)
    return found


def forms_of(purpose: str, day: date) -> list[Form]:
    """The forms that files of a purpose (`complaint`, `denunciation`, `petition`) can need on a day."""
    return [each for each in forms().values() if each.purpose in ("", purpose) and each.grounds_on(day) is not None]


def form_for(act: str, day: date) -> Form | None:
    """The form that a step of a course needs, if it needs one."""
    return next((each for each in forms().values() if act in each.acts and each.grounds_on(day) is not None), None)


def rested_on(act: str, day: date) -> Form | None:
    """The form on whose signed paper a step rests: the one that it needs, or that of an earlier step (what is sent)."""
    return form_for(act, day) or next(
        (each for each in forms().values() if act in each.then and each.grounds_on(day) is not None), None
    )


def _table(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((ROOM / name).read_text(encoding="utf-8"))
    return told


def _field(name: str, told: Mapping[str, Any]) -> Field:
    made = Field(name, **told)
    if made.always and (made.absent is not None or made.always not in reasons()):
        raise ValueError(f"{name}: `always` is one of the reasons, and stands without `absent`")
    return made


def _grounds(rows: list[dict[str, Any]]) -> tuple[Grounds, ...]:
    found = tuple(Grounds(**{**row, "lines": tuple(row["lines"])}) for row in rows)
    for before, after in pairwise(found):
        if before.last is None or before.last >= after.first:
            raise ValueError(f"grounds overlap: {before.last} and {after.first}")
    return found


def _form(code: str, told: dict[str, Any], grounds: Mapping[str, tuple[Grounds, ...]]) -> Form:
    file = ROOM / "masters" / f"{told.pop('file', code)}.docx"
    if not file.is_file():
        raise ValueError(f"{code}: {file.name} is missing")
    unknown = {name for name, why in told.get("always", {}).items() if name not in fields() or why not in reasons()}
    if unknown:
        raise ValueError(f"{code}: `always` names no field or no reason: {sorted(unknown)}")
    purpose = told.pop("for")
    return Form(
        code, file, told.pop("vi"), told.pop("en"), told.pop("sign"), "" if purpose == "any" else purpose,
        told.pop("law"), grounds[told.pop("grounds")], tuple(told.pop("acts", ())), told.pop("register", OUTGOING),
        then=tuple(told.pop("then", ())), **told,
    )  # fmt: skip
