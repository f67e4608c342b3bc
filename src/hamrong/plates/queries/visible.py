"""What a grant may see: one explicit WHERE per scope, equal to the policy that row-level security holds."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from hamrong.access.actors import Grant
from hamrong.access.scopes import within
from hamrong.plates.models import Act, Draw, Plate, PoolList

M = TypeVar("M", bound=Model)


def _within(rows: QuerySet[M], by: Grant, *scopes: str) -> QuerySet[M]:
    return within(rows, by, dict(zip(scopes, scopes, strict=True)))


def draws(by: Grant) -> QuerySet[Draw]:
    """Files and draws within the grant: of one ticket, of the office or of the province."""
    return _within(Draw.objects.all(), by, "ticket", "ward", "province")


def plates(by: Grant) -> QuerySet[Plate]:
    """Plates that were given within the grant."""
    return _within(Plate.objects.all(), by, "ward", "province")


def acts(by: Grant) -> QuerySet[Act]:
    """What was asked for plates since, within the grant."""
    return _within(Act.objects.all(), by, "ward", "province")


def lists(by: Grant) -> QuerySet[PoolList]:
    """Lists of numbers that are on their way into a pool's history, within the grant."""
    return _within(PoolList.objects.all(), by, "province")
