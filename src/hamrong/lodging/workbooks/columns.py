"""Which column of a file holds what: matched by name, confirmed once by a person, remembered by its establishment."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from msgspec import Struct
from msgspec.structs import replace

from hamrong.kernel.charsets import from_old_font
from hamrong.kernel.vietnamese import fold
from hamrong.kernel.workbooks.markup import column_letters
from hamrong.lodging.issues import Issue

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EXACT, _WITHIN = 1.0, 0.7


class ColumnMatch(Struct, frozen=True):
    """A proposal: field to index of its column (from 0), the columns that nothing was found for, and how sure it is.

    `confidence` is the share of the core fields that were found, each weighed by how well its name fits; 0 to 1.
    `twice` are columns that name a field which another column to their left already has.
    """

    fields: dict[str, int]
    unmatched: tuple[int, ...]
    confidence: float
    twice: tuple[int, ...] = ()


@cache
def told() -> Mapping[str, Any]:
    """What `columns.yaml` says."""
    read: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("columns.yaml").read_text("utf-8"))
    return read


@cache
def labels() -> Mapping[str, str]:
    """Field to the Vietnamese name of its column."""
    return {name: column["label"] for name, column in told()["columns"].items()}


@cache
def pointers() -> Mapping[str, str]:
    """Field to the JSON pointer of what it becomes in a stay."""
    return {name: column["pointer"] for name, column in told()["columns"].items()}


@cache
def _core() -> frozenset[str]:
    return frozenset(name for name, column in told()["columns"].items() if column.get("core"))


@cache
def _aliases() -> Mapping[str, str]:
    named: dict[str, str] = {}
    for name, column in told()["columns"].items():
        for alias in (name, column["pointer"], column["label"].split("(")[0], *column["also"]):
            # The time of day shares its pointer with the day, which comes first.
            named.setdefault(fold(alias), name)
    return named


@cache
def _own() -> frozenset[str]:
    return frozenset(fold(name) or name for name in told()["own"])


def column_key(header: str) -> str:
    """A column's name as it is compared: "Họ và tên *", "HO_VA_TEN" and "hoVaTen" are one."""
    return fold(_CAMEL.sub(" ", header).split("(")[0]) or fold(header)


def header_key(header: Sequence[str]) -> str:
    """Under which a confirmed mapping of these columns is remembered: 32 hexadecimal digits."""
    return hashlib.sha256("|".join(map(column_key, header)).encode()).hexdigest()[:32]


def is_own(header: str) -> bool:
    """Whether a column is one that we add or number ourselves."""
    return column_key(header) in _own()


def match_columns(header: Sequence[str]) -> ColumnMatch:
    """Propose what each column holds. Names that are exactly known go first, then those that contain a known name."""
    fields: dict[str, int] = {}
    weights: dict[str, float] = {}
    keys = [column_key(name) for name in header]
    taken = {at for at, key in enumerate(keys) if key in _own() or not key}
    twice = []
    for find, weight in ((_named, _EXACT), (_named_within, _WITHIN)):
        for at, key in enumerate(keys):
            if at in taken or not (field := find(key)):
                continue
            if field not in fields:
                fields[field], weights[field] = at, weight
                taken.add(at)
            elif weight == _EXACT:
                twice.append(at)
                taken.add(at)
    if "document_number" not in fields and "passport_number" in fields:
        fields["document_number"] = fields.pop("passport_number")
        weights["document_number"] = weights["passport_number"]
    sure = sum(weights.get(name, 0) for name in _core()) / len(_core())
    unmatched = tuple(at for at in range(len(keys)) if keys[at] and at not in taken)
    return ColumnMatch(fields, unmatched, round(sure, 2), tuple(twice))


def _named(key: str) -> str | None:
    return _aliases().get(key)


def _named_within(key: str) -> str | None:
    """The field whose longest known name stands in the column's name as whole words."""
    padded = f" {key} "
    found = [alias for alias in _aliases() if len(alias) > 3 and f" {alias} " in padded]
    return _aliases()[max(found, key=len)] if found else None


def header_score(cells: Sequence[object]) -> float:
    """How much a row looks like the names of columns: the fields that it names exactly, core ones twice."""
    named = {
        field
        for cell in cells
        if isinstance(cell, str) and len(cell) < 80 and (field := _named(column_key(from_old_font(cell) or cell)))
    }
    return len(named) + len(named & _core())


def placed(issues: Sequence[Issue], fields: Mapping[str, int]) -> tuple[Issue, ...]:
    """The issues with the letter of the column that each is about, where the file has one."""
    if not issues:
        return ()
    letters: dict[str, str] = {}
    for name, at in fields.items():
        letters.setdefault(pointers()[name], column_letters(at))
    return tuple([_placed(each, letters) for each in issues])


def _placed(issue: Issue, letters: Mapping[str, str]) -> Issue:
    letter = letters.get(issue.pointer)
    return issue if letter is None else replace(issue, column=letter)
