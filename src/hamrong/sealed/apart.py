"""Who keeps away from a report: rooms above know it, and say so here, because this one knows nothing of their cases."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.module_loading import import_string

from hamrong.access.actors import Grant

if TYPE_CHECKING:  # rooms declare before the tables are loaded
    from hamrong.sealed.models import Report

Kept = Callable[[Grant, "Report"], Iterable[UUID]]

_keeping: list[str] = []


def keep_apart(name: str) -> None:
    """Declare whom a room knows to keep away from a report, by the dotted name of a `Kept`."""
    _keeping.append(name)


def apart(by: Grant, report: "Report") -> frozenset[UUID]:
    """The people who get no key of a report, whatever is in it."""
    found: list[Kept] = [import_string(name) for name in _keeping]
    return frozenset(person for kept in found for person in kept(by, report))
