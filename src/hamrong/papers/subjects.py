"""What papers and files belong to: an object of any room, known here by a reference like `case:KN-2026-000123`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from hamrong.access.actors import Grant


@dataclass(frozen=True, slots=True)
class Subject:
    """An object that has papers. `code` is what is printed of it; `purpose` is for what its data are worked with.

    `unit` and `province` say whose it is; `ticket` by what its sender finds it, where it has one.
    """

    ref: str
    code: str
    unit: str
    province: str
    purpose: str
    ticket: str = ""


Find = Callable[[Grant, str], Subject | None]

_kinds: dict[str, str] = {}


def declare(kind: str, find: str) -> None:
    """Make a kind of reference known, by the dotted name of its `Find`."""
    _kinds[kind] = find


def subject(by: Grant, ref: str) -> Subject | None:
    """The object of a reference within the grant, worked with for the grant's purpose; None otherwise."""
    kind, _, name = ref.partition(":")
    find: Find | None = import_string(_kinds[kind]) if kind in _kinds else None
    found = find(by, name) if find else None
    return found if found and found.purpose == by.purpose else None
