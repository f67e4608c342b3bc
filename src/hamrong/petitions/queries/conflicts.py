"""Who must not have a key of a report: the people whom its sender names, and where they serve."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat, StrIndex

from hamrong.access.queries import in_force
from hamrong.accounts.models import Person, Post
from hamrong.kernel.vietnamese import fold
from hamrong.org.queries import commune_units, offices
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
    return Against(frozenset(named_in(names).values_list("pk", flat=True)), frozenset(units))


def named_in(text: str) -> QuerySet[Person]:
    """Whose full name stands in a text as consecutive words, whatever stands around it."""
    whole = Concat(Value(" "), "name_key", Value(" "), output_field=TextField())
    people = Person.objects.filter(name_key__contains=" ")  # one word alone is part of too many names
    return people.annotate(at=StrIndex(Value(f" {fold(text)} ", TextField()), whole)).filter(at__gt=0)


def is_clear(names: str, unit: str, day: date) -> bool:
    """Whether all that a sender wrote are full names of officers of a unit, with forms of address and ranks."""
    posts = Post.objects.filter(in_force(day), unit=unit)
    return _clear(names, named_in(names).filter(pk__in=posts.values("person")))


def is_clear_anywhere(names: str, day: date) -> bool:
    """The same of officers of whichever unit, for whoever takes a denunciation in and knows no unit."""
    found = named_in(names)
    serving = units_of(found.values_list("pk", flat=True), day)
    return _clear(names, found.filter(pk__in=[person for person, units in serving.items() if units]))


def _clear(names: str, people: QuerySet[Person]) -> bool:
    known = sorted(people.values_list("name_key", flat=True), key=len, reverse=True)
    return bool(known) and all(_only(known, f" {fold(part)} ") for part in BETWEEN.split(names))


def _only(known: Iterable[str], part: str) -> bool:
    for name in known:
        part = part.replace(f" {name} ", " | ")
    return set(BEFORE_NAMES.sub("", part).split()) <= {"|", "va"}


def kept_away(names: str, unit: str, day: date) -> Against:
    """Only the people who are named; the whole unit where it is not clear who that is. Above the province is nobody."""
    unclear = unit != settings.HAMRONG_PROVINCE and not is_clear(names, unit, day)
    return against(names, {unit} if unclear else ())


@lru_cache(maxsize=2)
def units_on(day: date) -> tuple[tuple[str, str], ...]:
    """Code and name of every unit to which somebody can write, the province and its departments first.

    Kept while the process runs: units come with a release, and every page of the public forms lists them all.
    """
    return tuple(each for units in (offices(day), commune_units(day)) for each in units.values_list("code", "name"))
