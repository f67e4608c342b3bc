"""What a grant may see of the sealed room, and whose keys can be sealed for today."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.access.scopes import within
from hamrong.kernel.seal.shares import Holder
from hamrong.sealed.models import Answer, Dealing, Hand, Key, Lock, Report, Request, Share, Token
from hamrong.sealed.rules import USUAL

M = TypeVar("M", bound=Model)
HOLDER_ROLE = "identity-holder"
BULKY = ("record", "against", "recovery", "reporter")


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


def hold_lock(person: UUID) -> None:
    """Let nobody else change how this person's key opens until the transaction ends."""
    list(Lock.objects.select_for_update(of=("self",)).filter(key__person=person, key__ended_on__isnull=True))


def tokens(key: Key) -> list[Token]:
    """The security keys that open a key beside its passphrase, where the grant's wall shows them."""
    return list(Token.objects.filter(key=key).order_by("added_on", "name", "id"))


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


def unread(report: Report) -> bool:
    """Whether nobody who serves in the unit of a report has the content's key any more."""
    with connection.cursor() as cursor:
        cursor.execute("select sealed_unread(%s)", [report.pk])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Astray:
    """A report that an order, a change of posts or a conflict left in hands that cannot work with it.

    `readers`: who has the content's key and serves in its unit; `elsewhere`: who has it and serves somewhere else;
    `holders`: how many could release a share today; `wanted`: how many would hold one if it was dealt anew.
    """

    report: Report
    readers: frozenset[UUID]
    elsewhere: frozenset[UUID]
    holders: int
    wanted: int

    @property
    def unread(self) -> bool:
        return not self.readers

    @property
    def short(self) -> bool:
        """Whether a holder is gone or in conflict, so that it has to be dealt anew."""
        return self.report.redeal or self.holders < max(self.wanted, self.report.needed)


def astray(by: Grant, today: date) -> list[Astray]:
    """Open reports within the grant that wait for a check after an order, for a reader, or for other holders."""
    able = {each.holder.who: each for each in candidates(today) if each.person}
    open_now = list(reports(by).filter(closed_on__isnull=True).select_related("dealing").defer(*BULKY).order_by("pk"))
    reading, holding = defaultdict(set), defaultdict(set)
    for report, key in Hand.objects.filter(report__in=open_now, what="content").values_list("report", "key"):
        reading[report].add(key)
    for report, key in Share.objects.filter(report__in=open_now, epoch=F("report__epoch")).values_list("report", "key"):
        holding[report].add(key)
    found = [_astray(each, reading[each.pk], holding[each.pk], able) for each in open_now]
    return [each for each in found if each.report.moved_on or each.unread or each.short]


def _astray(report: Report, reading: set[UUID], holding: set[UUID], able: Mapping[UUID, Candidate]) -> Astray:
    who = [able[key] for key in reading if key in able]
    here = frozenset(each.person for each in who if each.person and report.ward in each.units)
    there = frozenset(each.person for each in who if each.person) - here
    live = {key for key, each in able.items() if HOLDER_ROLE in each.roles}
    wanted = report.dealing.holders if report.dealing else USUAL.holders
    return Astray(report, here, there, len(holding & live), min(wanted, len(live)))


def subject(person: UUID | None, epoch: int, public: bytes) -> str:
    """How the record names a public key: whoever swaps the key in the table does not fit this any more."""
    return f"sealed-key:{person or 'trustees'}:{epoch}:{hashlib.sha256(public).hexdigest()}"
