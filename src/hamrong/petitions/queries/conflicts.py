"""Who must not have a key of a report: the people whom its sender names, and where they serve."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from django.conf import settings

from hamrong.access.queries import Named, named_in
from hamrong.kernel.vietnamese import fold
from hamrong.petitions.queries.team import units_of
from hamrong.sealed.rules import Against

BETWEEN: Final = re.compile(r"[\n;,]+")
BEFORE_NAMES: Final = re.compile(
    r"( (ong|ba|anh|chi|dong chi|can bo|chien si|(dai|thuong|trung|thieu) (ta|uy|tuong)|(thuong|trung|ha) si))+(?= \|)"
)
"""Forms of address and ranks before a name: they leave it clear who is meant. A post does not: it can be another's."""


def against(names: str, units: Iterable[str]) -> Against:
    """Everybody whose full name stands in a sender's words, wherever they serve, and whole units.

    Rather one namesake too many kept away.
    """
    return Against(frozenset(each.person for each in named_in(names)), frozenset(units))


def is_clear(names: str, found: Iterable[Named]) -> bool:
    """Whether all that a sender wrote are full names of officers of the unit, with forms of address and ranks."""
    known = sorted((each.key for each in found if each.here), key=len, reverse=True)
    return bool(known) and all(_only(known, f" {fold(part)} ") for part in BETWEEN.split(names))


def is_clear_anywhere(names: str, day: date) -> bool:
    """The same of officers of whichever unit, for whoever takes a denunciation in and knows no unit."""
    found = named_in(names)
    serving = units_of([each.person for each in found], day)
    return is_clear(names, [replace(each, here=bool(serving[each.person])) for each in found])


def _only(known: Iterable[str], part: str) -> bool:
    for name in known:
        part = part.replace(f" {name} ", " | ")
    return set(BEFORE_NAMES.sub("", part).split()) <= {"|", "va"}


def kept_away(names: str, unit: str, day: date) -> Against:
    """Only the people who are named; the whole unit where it is not clear who that is. Above the province is nobody."""
    found = named_in(names, unit, day)
    unclear = unit != settings.HAMRONG_PROVINCE and not is_clear(names, found)
    return Against(frozenset(each.person for each in found), frozenset({unit} if unclear else ()))
