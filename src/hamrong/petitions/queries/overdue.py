"""Which petitions are past a date of the law, or near one: before sorting, before the sender is told, in their case."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from hamrong.access.actors import Grant
from hamrong.cases.queries import visible as cases
from hamrong.petitions.queries.dates import UNDONE

NEAR: Final = timedelta(days=3)
"""What ends within so many days is near."""


def late(by: Grant, at: datetime) -> Q:
    """Petitions for which a date of the law has passed, and nothing stopped its clock."""
    rows = cases.duties(by).filter(state="running", legal__lte=at)
    return Q(case__in=rows.values("case")) | UNDONE & Q(case__isnull=True, legal__lte=at)


def near(by: Grant, at: datetime) -> Q:
    """Petitions with a date that comes within three days, or of which an alarm sounds; none that is late."""
    rows = cases.duties(by).filter(state="running", legal__gt=at, strict__lte=at + NEAR)
    waiting = UNDONE & Q(case__isnull=True, legal__lte=at + NEAR)
    return (Q(case__in=rows.values("case")) | waiting) & ~late(by, at)
