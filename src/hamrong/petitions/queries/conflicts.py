"""Who must not have a key of a report: the people whom its sender names, and where they serve."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from hamrong.accounts.models import Person
from hamrong.kernel.vietnamese import fold
from hamrong.org.queries import commune_units, offices
from hamrong.sealed.rules import Against

BETWEEN: Final = re.compile(r"[\n;,]+")
MOST: Final = 20
"""So many names are looked up; the text itself takes any number."""


def names_in(text: str) -> list[str]:
    """The names in a sender's own words, one a line or between commas, in their search form."""
    return [name for name in map(fold, BETWEEN.split(text)) if " " in name][:MOST]


def against(names: str, units: Iterable[str]) -> Against:
    """Everybody of these names, wherever they serve, and whole units: rather one namesake too many kept away."""
    wanted = names_in(names)
    people = Person.objects.filter(name_key__in=wanted).values_list("pk", flat=True) if wanted else ()
    return Against(frozenset(people), frozenset(units))


@lru_cache(maxsize=2)
def units_on(day: date) -> tuple[tuple[str, str], ...]:
    """Code and name of every unit to which somebody can write, the province and its departments first.

    Kept while the process runs: units come with a release, and every page of the public forms lists them all.
    """
    return tuple(each for units in (offices(day), commune_units(day)) for each in units.values_list("code", "name"))
