"""Which alarms of an officer still sound."""

from collections.abc import Sequence
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.cases.queries.desk import Due
from hamrong.casework.models import Seen
from hamrong.law import rule


def person_of(by: Grant) -> UUID:
    """The person behind a grant of somebody who signed in."""
    return UUID(by.actor.ref.removeprefix("person:"))


def is_liberty(rule_id: str) -> bool:
    """Whether a clock guards somebody's liberty: such an alarm cannot be put away."""
    return rule(rule_id).side == "liberty"


def sounding(by: Grant, found: Sequence[Due]) -> list[Due]:
    """What still asks for attention of what has passed its strict date: not seen as it stands, or of liberty."""
    urgent = [one for one in found if one.is_urgent]
    rows = Seen.objects.filter(person=person_of(by), clock__in=[one.clock.pk for one in urgent])
    seen = set(rows.values_list("clock", "strict"))
    return [one for one in urgent if is_liberty(one.clock.rule) or (one.clock.pk, one.clock.strict) not in seen]
