"""What the page of a key says of those around it: whether the unit has two, and what this person alone reads."""

from typing import Any

from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.org.queries import names
from hamrong.sealed import queries, standing
from hamrong.sealed.pages.frame import called
from hamrong.sealed.policy import HANDLERS
from hamrong.sealed.rings import person_of


def around(by: Grant) -> dict[str, Any]:
    """Whether the signed record holds the key; for whoever settles, the unit; at the province, communes with few."""
    today, told = timezone.localdate(), dict[str, Any]()
    with acting(by):
        key = queries.live_key(person_of(by))
        told["record"] = queries.state_of(key) if key else ""
        if by.holding.role in HANDLERS:
            unit = standing.own_unit(by, today)
            people = called(unit.able | unit.keyless)
            told["unit"] = unit
            told["able"] = sorted(people[who] for who in unit.able)
            told["keyless"] = sorted(people[who] for who in unit.keyless)
            told["alone"] = sum(1 for one in queries.astray(by, today) if one.readers == {person_of(by)})
        if by.scope_kind == "province":
            short = standing.short_units(today)
            called_so = names(short)
            told["short_units"] = sorted((called_so[code], count) for code, count in short.items())
    return told


def left_without(by: Grant) -> standing.Without | None:
    """What would become of open reports if this person gave the key up; None without one."""
    with acting(by):
        key = queries.live_key(person_of(by))
        return standing.without(key, timezone.localdate()) if key else None
