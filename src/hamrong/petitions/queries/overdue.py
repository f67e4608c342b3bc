"""Which petitions are past a date of the law, or near one: before sorting, before the sender is told, in their case."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.cases.queries import visible as cases
from hamrong.law import Event, deadline
from hamrong.petitions.actions.sorting import morning
from hamrong.petitions.queries.following import FIRST
from hamrong.petitions.rules import table

NEAR: Final = timedelta(days=3)
"""What ends within so many days is near."""

FARTHEST: Final = 400
"""Days; no clock that runs from the day of receiving is longer."""


def late(by: Grant, at: datetime) -> Q:
    """Petitions for which a date of the law has passed, and nothing stopped its clock."""
    rows = cases.duties(by).filter(state="running", legal__lte=at)
    return Q(case__in=rows.values("case")) | _waiting(at)


def near(by: Grant, at: datetime) -> Q:
    """Petitions with a date that comes within three days, or of which an alarm sounds; none that is late."""
    rows = cases.duties(by).filter(state="running", legal__gt=at, strict__lte=at + NEAR)
    return (Q(case__in=rows.values("case")) | _waiting(at + NEAR)) & ~late(by, at)


def _waiting(at: datetime) -> Q:
    """Those without a case whose date has passed at a moment: not sorted yet, or their sender not told."""
    unsorted = [(Q(sorting="", kind=kind), rule) for kind, rule in FIRST.items()]
    untold = [
        (Q(sorting=name, told_on__isnull=True), row.clock)
        for name, row in table().items() if row.clock and row.notice != "none" and not row.step
    ]  # fmt: skip
    found = Q(pk__in=[])
    for which, rule in [*unsorted, *untold]:
        found |= which & Q(received_on__lte=_latest(rule, at))
    return found


def _latest(rule: str, at: datetime) -> date:
    """The latest day of receiving whose date under a rule has passed at a moment."""
    today = timezone.localdate(at)
    days: Iterable[date] = (today - timedelta(days=back) for back in range(FARTHEST))
    passed = (day for day in days if deadline(rule, [Event("start", morning(day))]).legal <= at)
    return next(passed, today - timedelta(days=FARTHEST))
