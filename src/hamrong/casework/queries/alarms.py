"""Which alarms of an officer still sound."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.cases.queries import desk
from hamrong.cases.queries.desk import Due
from hamrong.casework.ladder import Rung, first, ladder, reached, told
from hamrong.casework.models import Seen
from hamrong.law import of_liberty


def person_of(by: Grant) -> UUID:
    """The person behind a grant of somebody who signed in."""
    return UUID(by.actor.ref.removeprefix("person:"))


def is_liberty(rule_id: str) -> bool:
    """Whether a clock guards somebody's liberty: such an alarm cannot be put away."""
    return rule_id in of_liberty()


def sounding(by: Grant, found: Sequence[Due]) -> list[Due]:
    """What still asks for attention: what has passed its strict date and was not seen as it stands, and what guards
    somebody's liberty from the first rung of the ladder on.
    """
    urgent = [one for one in found if one.is_urgent or rung_of(one)]
    rows = Seen.objects.filter(person=person_of(by), clock__in=[one.clock.pk for one in urgent])
    seen = set(rows.values_list("clock", "strict"))
    return [one for one in urgent if is_liberty(one.clock.rule) or (one.clock.pk, one.clock.strict) not in seen]


def rung_of(one: Due) -> Rung | None:
    """On which rung a clock of somebody's liberty stands; None for every other clock, and before the first rung."""
    return reached(one.clock.strict, one.at) if is_liberty(one.clock.rule) else None


def tells(by: Grant, one: Due, rung: Rung, ours: Collection[str] = ()) -> bool:
    """Whether a rung reaches the reader, by the posts that they hold here; `ours`: the units of the province."""
    roles = frozenset(held.role for held in by.actor.holdings if held.scope == by.scope)
    own = one.case.unit in ours if ours else True
    return told(rung, roles, doer=desk.is_theirs(by, one, ours), own=own)


def rings(by: Grant, one: Due, ours: Collection[str] = ()) -> list[Rung]:
    """The rungs at which a clock of somebody's liberty reaches the reader; none for every other clock."""
    return [rung for rung in ladder().rungs if tells(by, one, rung, ours)] if is_liberty(one.clock.rule) else []


def rising(by: Grant, *, at: datetime, ours: Collection[str] = ()) -> list[tuple[Due, Rung]]:
    """Clocks of somebody's liberty whose alarm reaches the reader now, with the rung; the earliest first."""
    found = [(one, rung_of(one)) for one in desk.due(by, at=at, until=at + first(), liberty=True)]
    return [(one, rung) for one, rung in found if rung and tells(by, one, rung, ours)]
