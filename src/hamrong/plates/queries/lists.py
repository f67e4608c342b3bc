"""Lists of numbers that are on their way into a pool's history."""

from collections.abc import Sequence
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.plates.models import PoolList
from hamrong.plates.queries import visible

HEAVY = ("source", "numbers")


def waiting(by: Grant, pool: str) -> Sequence[PoolList]:
    """Lists of a pool that are being read, wait to be looked at, or are being applied; the latest first."""
    found = visible.lists(by).filter(pool=pool, state__in=["reading", "ready", "applying"])
    return list(found.defer(*HEAVY))


def one(by: Grant, identifier: UUID) -> PoolList | None:
    return visible.lists(by).filter(pk=identifier).defer(*HEAVY).first()
