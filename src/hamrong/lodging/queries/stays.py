"""Stays of an establishment: one by its id, and the list of a night."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.lodging.models import Stay
from hamrong.lodging.queries import visible


def find(by: Grant, identifier: UUID) -> Stay | None:
    """One stay within the grant, or None; looks into every month, because an id does not tell its night."""
    return visible.stays(by).filter(pk=identifier).first()


def of_night(by: Grant, night: date, *, after: UUID | None = None, limit: int) -> Sequence[Stay]:
    """Stays of a night within the grant in the order of their ids, `after` one of them."""
    found = visible.stays(by).filter(night=night).order_by("id")
    return list((found.filter(pk__gt=after) if after else found)[:limit])
