"""Publishing the numbers of a quarter, once: counted, small ones hidden, and never changed again."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.petitions.models import Published
from hamrong.petitions.queries.published import counts, first_day
from hamrong.petitions.statistics import GROUPS, closed
from hamrong.petitions.suppression import LEAST, edges, hidden


def publish(*, by: Grant, at: datetime) -> int:
    """Publish every quarter that has ended and is not published yet; answers how many were."""
    today, done = timezone.localdate(at), 0
    with acting(by):
        one_at_a_time(5003, "petitions:published")
        first = first_day()
        known = set(Published.objects.values_list("first", flat=True))
        for period in closed(today, first) if first else ():
            if period.first in known:
                continue
            groups = {group.name: shown(counts(group, period)) for group in GROUPS}
            Published.objects.create(first=period.first, last=period.last, on=today, least=LEAST, groups=groups)
            enter(by, subject=f"petitions:published:{period.first.isoformat()}", at=at, least=LEAST)
            done += 1
    return done


def shown(tables: dict[str, dict[tuple[str, str], int]]) -> list[list[Any]]:
    """The numbers of a group as they are published: table, row, column, and how many or None where it is hidden."""
    numbers = edges(tables)
    away = hidden(numbers)
    return [[*edge.key, None if edge.key in away else edge.value] for edge in numbers]
