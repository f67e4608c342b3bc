"""Roles, purposes and the words for acts as they stand in their tables, read once."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Scope = Literal["establishment", "ward", "province", "ticket", "none"]
Holder = Literal["person", "machine", "system", "anybody"]


@dataclass(frozen=True, slots=True)
class Role:
    """A row of `roles.yaml`; `wall` is the database role that row-level security knows it by, `by` who can hold it."""

    code: str
    vi: str
    en: str
    scope: Scope
    wall: str
    strong: bool
    by: Holder


@dataclass(frozen=True, slots=True)
class Purpose:
    """A row of `purposes.yaml`; with `case`, the number of a case must be given too."""

    code: str
    vi: str
    en: str
    case: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A row of `acts.yaml`, or of `call`: what an act is called where people read that it was done."""

    vi: str
    en: str


def _table(name: str) -> dict[str, dict[str, Any]]:
    loaded = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
    table: dict[str, dict[str, Any]] = loaded[name]
    return table


@cache
def roles() -> dict[str, Role]:
    """Every role by its code."""
    return {code: Role(code=code, **row) for code, row in _table("roles").items()}


@cache
def purposes() -> dict[str, Purpose]:
    """Every purpose by its code."""
    return {code: Purpose(code=code, **row) for code, row in _table("purposes").items()}


_called: dict[str, Words] = {}


def call(words: Mapping[str, Words]) -> None:
    """Say what acts are called that a room declares in tables of its own, such as the steps of courses."""
    _called.update(words)


def words_of_acts() -> Mapping[str, Words]:
    """What every act is called, by its code."""
    return ChainMap(_called, _of_the_house())


@cache
def _of_the_house() -> dict[str, Words]:
    return {code: Words(**row) for code, row in _table("acts").items()}
