"""What a grant may see of the sealed room, and whose keys can be sealed for today."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.access.scopes import within
from hamrong.kernel.seal.shares import Holder
from hamrong.sealed.models import Answer, Dealing, Key, Lock, Report, Request

M = TypeVar("M", bound=Model)
HOLDER_ROLE = "identity-holder"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose live key is on record: units and roles of today; `person` is None for the trustees."""

    person: UUID | None
    holder: Holder
    units: frozenset[str]
    roles: frozenset[str]


def _within(rows: QuerySet[M], by: Grant, *scopes: str) -> QuerySet[M]:
    return within(rows, by, dict(zip(scopes, scopes, strict=True)))


def reports(by: Grant) -> QuerySet[Report]:
    """Sealed reports within the grant: of one ticket, of the unit, of the province."""
    return _within(Report.objects.all(), by, "ticket", "ward", "province")


def requests(by: Grant) -> QuerySet[Request]:
    """Requests to open an identity within the grant."""
    return _within(Request.objects.select_related("report", "key"), by, "ticket", "ward", "province")


def told(by: Grant, today: date) -> QuerySet[Request]:
    """Openings that the reporter may know of: all, save where a court has put it off to a day still to come."""
    opened = _within(Request.objects.all(), by, "ticket").filter(state="opened")
    return opened.filter(Q(told_on__isnull=True) | Q(told_on__lte=today)).order_by("opened_on", "id")


def answers(by: Grant) -> QuerySet[Answer]:
    """What holders said within the grant."""
    return _within(Answer.objects.all(), by, "ward", "province")


def dealing(by: Grant) -> Dealing | None:
    """The order to deal anew that is being carried out, if there is one."""
    return _within(Dealing.objects.filter(ended_on__isnull=True), by, "province").first()


def live_key(person: UUID) -> Key | None:
    """The person's key of today."""
    return Key.objects.filter(person_id=person, ended_on__isnull=True).first()


def lock(key: Key) -> Lock | None:
    """The private half of a key, where the grant's wall shows it."""
    return Lock.objects.filter(key=key).first()


def candidates(today: date) -> list[Candidate]:
    """Everybody for whom can be sealed today: a live key as it was put on record, an active person, a post."""
    with connection.cursor() as cursor:
        cursor.execute("select key, person, epoch, public, unit, role from sealed_keys(%s)", [today])
        rows = cursor.fetchall()
    units, roles = defaultdict(set), defaultdict(set)
    for key, _person, _epoch, _public, unit, role in rows:
        units[key].add(unit)
        roles[key].add(role)
    found = {key: (person, Holder(key, epoch, bytes(public))) for key, person, epoch, public, _u, _r in rows}
    return [
        Candidate(person, holder, frozenset(units[key]), frozenset(roles[key]))
        for key, (person, holder) in found.items()
    ]


def subject(person: UUID | None, epoch: int, public: bytes) -> str:
    """How the record names a public key: whoever swaps the key in the table does not fit this any more."""
    return f"sealed-key:{person or 'trustees'}:{epoch}:{hashlib.sha256(public).hexdigest()}"
