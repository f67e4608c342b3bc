"""Questions about people, posts and keys; each starts from what the grant may see."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.accounts.models import Delegation, MachineKey, Person, Post
from hamrong.audit.statements import prepared
from hamrong.kernel.vietnamese import fold

PERSON = re.compile(r"person:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
EVERYWHERE = ("accounts-admin", "operator")


def _whole(by: Grant) -> bool:
    return by.holding.role in EVERYWHERE


def _place(by: Grant) -> str:
    """The establishment of the grant; no post or key has the code '' that others get."""
    return by.scope if by.scope_kind == "establishment" else ""


def people(by: Grant) -> QuerySet[Person]:
    """People within the grant: everybody for who administers accounts, an establishment's own for its manager."""
    if _whole(by):
        return Person.objects.all()
    return Person.objects.filter(posts__establishment=_place(by)).distinct()


def posts(by: Grant) -> QuerySet[Post]:
    """Posts within the grant, ended ones too."""
    held = Post.objects.select_related("person", "unit")
    return held if _whole(by) else held.filter(establishment=_place(by))


def keys(by: Grant) -> QuerySet[MachineKey]:
    """Machine keys within the grant, ended ones too; `use` tells the hour of the last use."""
    issued = MachineKey.objects.select_related("use")
    return issued if _whole(by) else issued.filter(establishment=_place(by))


def search(by: Grant, text: str) -> QuerySet[Person]:
    """People whose name (without diacritics) or user name holds the text, in the order of a Vietnamese list."""
    found = people(by)
    if text.strip():
        asked = Q(username__contains=text.strip().lower())
        if key := fold(text):  # signs alone are in no name: not a search for everybody
            asked |= Q(name_key__contains=key)
        found = found.filter(asked)
    return found.order_by("name_order", "id")


def in_force(on: date) -> Q:
    """Posts that are held on a day; on the day of its end a post is not held any more."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def lent_to(person: Person, on: date) -> QuerySet[Delegation]:
    """What others delegated to a person and is in force on a day, the oldest first."""
    return Delegation.objects.filter(in_force(on), borrower=person).select_related("lender").order_by("starts_on", "id")


def delegation_of(by: Grant, on: date) -> Delegation | None:
    """By which somebody acts in another one's place here, in the grant's transaction; None for their own post."""
    if not by.holding.in_place_of:
        return None
    lender, borrower = (UUID(ref.removeprefix("person:")) for ref in (by.holding.in_place_of, by.actor.ref))
    return delegations(by).filter(in_force(on), lender=lender, borrower=borrower, role=by.holding.role).first()


def delegations(by: Grant) -> QuerySet[Delegation]:
    """Delegations of the unit, or of every unit of the province, ended ones too; the latest first."""
    column = {"ward": "unit", "province": "province"}[by.scope_kind]
    found = Delegation.objects.filter(**{column: by.scope}).select_related("lender", "borrower")
    return found.order_by("-starts_on", "-id")


def colleagues(by: Grant, on: date) -> dict[UUID, set[str]]:
    """Whoever holds a post in the unit of the grant (at the province: in any of its offices) → their roles."""
    with connection.cursor() as cursor:
        cursor.execute("select person, role from accounts_colleagues(%s)", [on])
        found: dict[UUID, set[str]] = {}
        for person, role in cursor.fetchall():
            found.setdefault(person, set()).add(role)
    return found


def able_to_stand_in(by: Grant, on: date) -> list[Person]:
    """Whoever could act in the place of the grant's actor: colleagues who do not hold the same post, in order."""
    able = [number for number, held in colleagues(by, on).items() if by.holding.role not in held]
    return _in_order(by, able)


def able_to_decide(by: Grant, on: date, roles: Collection[str]) -> list[Person]:
    """Colleagues who hold one of the roles, without the grant's own actor and whoever they act for, in order."""
    able = [number for number, held in colleagues(by, on).items() if not held.isdisjoint(roles)]
    return _in_order(by, able)


def _in_order(by: Grant, numbers: Collection[UUID]) -> list[Person]:
    found = Person.objects.filter(pk__in=numbers, is_active=True).order_by("name_order", "id")
    return [one for one in found if f"person:{one.pk}" not in by.authority]


def live(at: datetime) -> Q:
    """Keys that open at an instant."""
    return Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=at))


def families_of() -> dict[str, str]:
    """`person:…` → family and middle names, folded, of everybody who can sign in."""
    people = Person.objects.filter(is_active=True).values_list("pk", "full_name")
    return {f"person:{number}": fold(name).rpartition(" ")[0] for number, name in people}


def actors_like(text: str, limit: int) -> dict[str, str]:
    """`person:…` → name, of up to `limit` people whose name (without diacritics), user name or unit's code it is.

    For inspectors, who ask who a name on record may be; whoever held a post at the unit once counts as well.
    """
    asked = Q(username__startswith=text.strip().lower())
    if key := fold(text):
        asked |= Q(name_key__contains=key) | Q(pk__in=Post.objects.filter(unit=text.strip()).values("person"))
    found = Person.objects.filter(asked).order_by("name_order", "id")[:limit]
    return {f"person:{one.pk}": named(one) for one in found}


def named(person: Person) -> str:
    """How a person is told apart from others of the same name."""
    return f"{person.full_name} ({person.username})"


def names_of(references: Collection[str]) -> dict[str, str]:
    """`person:…` → full name and user name, for those of the references that are people."""
    return {reference: named(one) for reference, one in _people_of(references).items()}


def full_names_of(references: Collection[str]) -> dict[str, str]:
    """`person:…` → full name alone, for a reader from outside."""
    return {reference: one.full_name for reference, one in _people_of(references).items()}


def _people_of(references: Collection[str]) -> dict[str, Person]:
    numbers = [reference.removeprefix("person:") for reference in references if PERSON.fullmatch(reference)]
    return {f"person:{one.pk}": one for one in Person.objects.filter(pk__in=numbers)}


NAMED_IN: Final = """
select p.id, p.name_key, exists (
    select from accounts_post o
    where o.person_id = p.id and o.unit_id = $2 and o.starts_on <= $3 and (o.ends_on is null or o.ends_on > $3)
) from accounts_person p where position(' ' in p.name_key) > 0 and strpos($1, ' ' || p.name_key || ' ') > 0
"""
"""Every denunciation asks it. A name of one word alone is part of too many names."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose full name stands in a text; `here`: whether they serve in the unit that was asked about."""

    person: UUID
    key: str
    here: bool


def named_in(text: str, unit: str = "", day: date = date.max) -> list[Named]:
    """Whose full name stands in a text as consecutive words, whatever stands around it, and who of them is of a unit.

    Diacritics do not matter. It shows nobody to anybody: whoever is found is kept away from keys.
    """
    return [Named(*row) for row in prepared(NAMED_IN, [f" {fold(text)} ", unit, day])]
