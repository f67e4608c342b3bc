"""An officer of the measurement of the desk: signing in, opening pages, searching; imported once Django is set up."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.test import Client

from hamrong.access import actions
from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.accounts.factors import ENROLLED
from hamrong.accounts.models import Person
from hamrong.lodging.nights import night_of
from hamrong.lodging.queries import visible
from hamrong.site.demo.people import demo_grant, service_number

QUERIES: Final[Mapping[str, str]] = {
    "counts": "select establishment, count(*), count(*) filter (where kind = 'foreigner'), max(received_at) from "
    "lodging_stay where ward = %(ward)s and night = %(night)s and state <> 'cancelled' group by establishment",
    "first_page": "select * from lodging_stay where ward = %(ward)s and night = %(night)s order by id limit 101",
}


def tonight(now: datetime) -> date:
    """The night that pages show at `now`."""
    return night_of(now)


def officer(scope: str, now: datetime, role: str = "ward-duty") -> Client:
    """A client of an officer of a unit who proved both factors."""
    person = actions.create_person(
        by=demo_grant("person.create"), username=f"bench.{role}", full_name="Cán bộ Đo",
        password="mat khau rat dai 1", at=now, service_number=service_number(),
    )  # fmt: skip
    assert isinstance(person, Person), person
    actions.appoint(
        by=demo_grant("post.appoint"), person=person, role=role, scope=scope, starts_on=now.date(),
        ordered_by="QĐ đo tải", at=now,
    )  # fmt: skip
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(person)
    session = client.session
    session[ENROLLED] = str(person.pk)
    session.save()
    return client


def get(client: Client, address: str) -> None:
    """Open a page; anything but the page itself is a failure of the measurement."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _grant(ward: str | None, act: str) -> Grant:
    role, scope = ("ward-duty", ward) if ward else ("province-residence", "38")
    who = Actor("system:bench", "bench", "job:bench", (Holding(role, scope or ""),), strong=True)
    answer = decide(who, act, Target(ward=ward or "", province="38"), purpose="night-control")
    assert isinstance(answer, Grant), answer
    return answer


def search(number: int, ward: str | None) -> int:
    """The first page of a document's stays, as the page of results asks for it; answers how many there were."""
    by = _grant(ward, "stay.search")
    index = hashlib.sha256(f"document {number}".encode()).digest()[:16]
    with acting(by):
        return len(visible.stays(by).filter(document_index=index).order_by("-night", "-id")[:101])


def walled(sql: str, given: Mapping[str, Any]) -> list[Any]:
    """A query as an officer of the ward."""
    with acting(_grant(given["ward"], "night.read")), connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
