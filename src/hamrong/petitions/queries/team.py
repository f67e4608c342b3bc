"""Who verifies a denunciation, who keeps away from it, and who could be named today."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import PERSON, colleagues
from hamrong.accounts.models import Person
from hamrong.cases.models import Case
from hamrong.petitions.models import Member, Recusal
from hamrong.petitions.queries import visible
from hamrong.petitions.queries.visible import within
from hamrong.sealed.models import Report

AWAY: Final = Refusal(
    "conflict", "Bạn đã khai có liên quan đến vụ việc này nên không xem, không xử lý được nữa.",
    "You said that you have to do with this case; you neither see nor handle it any more.", "31/2019/NĐ-CP Đ10 k3",
)  # fmt: skip


def members(by: Grant) -> QuerySet[Member]:
    """Members of teams within the grant, those who left as well; the head first, then by name."""
    return within(Member.objects.select_related("person"), by).order_by("-head", "person__name_order", "since", "id")


def recusals(by: Grant) -> QuerySet[Recusal]:
    """Who keeps away from cases within the grant."""
    return within(Recusal.objects.all(), by)


def kept_away(by: Grant, case: Case) -> Refusal | None:
    """Whether whoever asks, or in whose place they ask, said that they have to do with the case."""
    people = [ref.removeprefix("person:") for ref in by.authority if PERSON.fullmatch(ref)]
    known = bool(people) and recusals(by).filter(case=case, person_id__in=people).exists()
    return AWAY if known else None


def apart(by: Grant, report: Report) -> set[UUID]:
    """Who keeps away from the case to which a sealed report belongs."""
    cases = visible.petitions(by).filter(ticket=report.ticket).values("case")
    return set(recusals(by).filter(case__in=cases).values_list("person_id", flat=True))


def able(by: Grant, case: Case, on: date) -> list[Person]:
    """Whoever serves in the unit, whatever their post, and does not keep away from the case, in the order of names."""
    away = set(recusals(by).filter(case=case).values_list("person_id", flat=True))
    serving = colleagues(by, on).keys() - away
    return list(Person.objects.filter(pk__in=serving, is_active=True).order_by("name_order", "id"))


def units_of(people: Iterable[UUID], on: date) -> dict[UUID, set[str]]:
    """Person → codes of the units in which they serve on a day."""
    found: dict[UUID, set[str]] = {person: set() for person in people}
    with connection.cursor() as cursor:
        cursor.execute("select person, unit from petitions_units_of(%s, %s)", [list(found), on])
        for person, unit in cursor.fetchall():
            found[person].add(unit)
    return found
