"""What papers and files belong to: an object of any room, known here by a reference like `case:KN-2026-000123`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils.module_loading import import_string

from hamrong.access.actors import Grant, Refusal

if TYPE_CHECKING:  # rooms declare before the tables are loaded
    from hamrong.papers.models import Paper


@dataclass(frozen=True, slots=True)
class Subject:
    """An object that has papers. `code` is what is printed of it; `purpose` is for what its data are worked with.

    `unit` and `province` say whose it is; `ticket` by what its sender finds it, where it has one. What is `sealed`
    takes files only under a key of its own.
    """

    ref: str
    code: str
    unit: str
    province: str
    purpose: str
    ticket: str = ""
    sealed: bool = False


class Known(NamedTuple):
    """What a field of a form is filled in with before anybody types: text or paragraphs, and where it comes from."""

    value: str | list[str]
    why: str = ""


Find = Callable[[Grant, str], Subject | None]
Know = Callable[[Grant, Subject, date], Mapping[str, Known]]
Hear = Callable[[Grant, "Paper", datetime], None]
Lead = Callable[[Grant, str], str]
Bar = Callable[[Grant, str], Refusal | None]

_kinds: dict[str, str] = {}
_homes: dict[str, str] = {}
_knowing: list[str] = []
_barring: list[str] = []
_hearing: list[str] = []
_unhearing: list[str] = []


def declare(kind: str, find: str) -> None:
    """Make a kind of reference known, by the dotted name of its `Find`."""
    _kinds[kind] = find


def live_at(kind: str, lead: str) -> None:
    """Say where the page of an object of a kind is, by the dotted name of a `Lead`: '' where there is none."""
    _homes[kind] = lead


def know(name: str) -> None:
    """Let a room fill in fields of new papers with what it knows, by the dotted name of its `Know`."""
    _knowing.append(name)


def bar(name: str) -> None:
    """Let a room say who neither signs nor recalls papers of an object, by the dotted name of a `Bar`."""
    _barring.append(name)


def barred(by: Grant, ref: str) -> Refusal | None:
    """Why whoever asks does not sign or recall a paper of an object; within the grant's transaction."""
    found: list[Bar] = [import_string(name) for name in _barring]
    return next(filter(None, (may_not(by, ref) for may_not in found)), None)


def hear(name: str) -> None:
    """Let a room act on a paper in the transaction that signs it, by the dotted name of its `Hear`."""
    _hearing.append(name)


def hear_recall(name: str) -> None:
    """Let a room act on a paper in the transaction that recalls it, by the dotted name of its `Hear`."""
    _unhearing.append(name)


def subject(by: Grant, ref: str) -> Subject | None:
    """The object of a reference within the grant, worked with for the grant's purpose; None otherwise."""
    found = for_any_purpose(by, ref)
    return found if found and found.purpose == by.purpose else None


def for_any_purpose(by: Grant, ref: str) -> Subject | None:
    """The object of a reference within the grant, whatever it is worked with for."""
    kind, _, name = ref.partition(":")
    find: Find | None = import_string(_kinds[kind]) if kind in _kinds else None
    return find(by, name) if find else None


def home(by: Grant, ref: str) -> str:
    """The address of the page of an object; '' where it has none."""
    kind, _, name = ref.partition(":")
    lead: Lead | None = import_string(_homes[kind]) if kind in _homes else None
    return lead(by, name) if lead else ""


def known(by: Grant, to: Subject, day: date) -> dict[str, Known]:
    """What the rooms know of the fields of a paper about an object, begun on a day."""
    found: dict[str, Known] = {}
    for name in _knowing:
        ask: Know = import_string(name)
        found |= ask(by, to, day)
    return found


def tell_signed(by: Grant, paper: "Paper", at: datetime) -> None:
    """Let the rooms know that a paper was signed, within its transaction."""
    for name in _hearing:
        told: Hear = import_string(name)
        told(by, paper, at)


def tell_recalled(by: Grant, paper: "Paper", at: datetime) -> None:
    """Let the rooms know that a paper was recalled, within its transaction."""
    for name in _unhearing:
        told: Hear = import_string(name)
        told(by, paper, at)
