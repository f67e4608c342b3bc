"""Saying that an alarm was seen; a clock of somebody's liberty goes on sounding all the same."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.queries import visible
from hamrong.casework.models import Seen
from hamrong.casework.queries.alarms import is_liberty, person_of


def see(*, by: Grant, clocks: Collection[UUID], at: datetime) -> int:
    """Put away the alarms of these clocks until their dates move; answers how many, without those of liberty."""
    with acting(by):
        found = [one for one in visible.clocks(by).filter(pk__in=clocks) if not is_liberty(one.rule)]
        Seen.objects.bulk_create(
            [Seen(person_id=person_of(by), clock=one.pk, strict=one.strict, seen_at=at) for one in found],
            ignore_conflicts=True,
        )
        if found:
            enter(by, subject=f"cases:{by.scope}", at=at, clocks=sorted(str(one.pk) for one in found))
        return len(found)
