"""What a grant may see of the sealed room, and whose keys can be sealed for today."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.access.scopes import within
from hamrong.kernel.seal.shares import Holder
from hamrong.sealed import proven
from hamrong.sealed.models import Answer, Dealing, Hand, Key, Lock, Report, Request, Share, Token
from hamrong.sealed.policy import HANDLERS
from hamrong.sealed.rules import READERS

M = TypeVar("M", bound=Model)
HOLDER_ROLE = "identity-holder"
BULKY = ("record", "against", "recovery", "reporter")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose live key is on record: units and roles of today; `person` is None for the trustees.

    `settles`: the units in which their own post is one that settles denunciations; `stands_in`: those in which somebody
    delegated such a post to them, with the first day on which that counts no more.
    """

    person: UUID | None
    holder: Holder
    units: frozenset[str]
    roles: frozenset[str]
    settles: frozenset[str]
    stands_in: Mapping[str, date]

    def lent_until(self, unit: str) -> date | None:
        """Until when they settle in a unit in somebody's place; None where the post is their own, or they do not."""
        return None if unit in self.settles else self.stands_in.get(unit)


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


def state_of(key: Key) -> proven.State:
    """Whether the signed record holds a key as its row has it."""
    claim = proven.Claim(key.entry, subject(key.person_id, key.epoch, bytes(key.public)))
    return proven.states({claim})[claim]


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
    """Everybody for whom can be sealed today: a live key that the signed record holds, an active person, a post."""
    with connection.cursor() as cursor:
        cursor.execute("select key, person, epoch, public, entry, unit, role, until from sealed_keys(%s)", [today])
        rows = [_Row(*row) for row in cursor.fetchall()]
    posts = defaultdict[UUID, list[_Row]](list)
    for row in rows:
        posts[row.key].append(row)
    states = proven.states({held[0].claim for held in posts.values()})
    return [_candidate(held) for held in posts.values() if states[held[0].claim] == "proven"]


class _Row(NamedTuple):
    """A living key with one post of its owner."""

    key: UUID
    person: UUID | None
    epoch: int
    public: bytes
    entry: UUID
    unit: str
    role: str
    until: date | None

    @property
    def claim(self) -> proven.Claim:
        return proven.Claim(self.entry, subject(self.person, self.epoch, self.public))


def _candidate(held: Sequence[_Row]) -> Candidate:
    own = [row for row in held if row.until is None]
    lent = {row.unit: row.until for row in held if row.until and row.role in HANDLERS}
    return Candidate(
        held[0].person, Holder(held[0].key, held[0].epoch, bytes(held[0].public)),
        frozenset(row.unit for row in held), frozenset(row.role for row in own),
        frozenset(row.unit for row in own if row.role in HANDLERS), lent,
    )  # fmt: skip


def settling(unit: str, able: Iterable[Candidate]) -> frozenset[UUID]:
    """Whose posts in a unit settle denunciations, their own or delegated, of those who can have a key today."""
    return frozenset(each.person for each in able if each.person and unit in each.settles | each.stands_in.keys())


def unread(report: Report) -> bool:
    """Whether nobody who serves in the unit of a report has the content's key any more."""
    with connection.cursor() as cursor:
        cursor.execute("select sealed_unread(%s)", [report.pk])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Astray:
    """A report that an order, a change of posts or a conflict left in hands that cannot work with it.

    `readers`: who has the content's key and settles in its unit, `lasting` of them by an own post; `elsewhere`: who has
    it and serves somewhere else; `holders`: how many could release a share today; `wanted`: how many would hold one if
    it was dealt anew.
    """

    report: Report
    readers: frozenset[UUID]
    elsewhere: frozenset[UUID]
    holders: int
    wanted: int
    lasting: int

    @property
    def unread(self) -> bool:
        return not self.readers

    @property
    def lone(self) -> bool:
        """Whether one person of the unit reads it by an own post: with that key its content could be lost."""
        return bool(self.readers) and self.lasting < READERS

    @property
    def short(self) -> bool:
        """Whether a holder is gone or in conflict, so that it has to be dealt anew."""
        return self.report.redeal or self.holders < max(self.wanted, self.report.needed)


def astray(by: Grant, today: date) -> list[Astray]:
    """Open reports within the grant that wait for a check after an order, for readers, or for other holders."""
    able = {each.holder.who: each for each in candidates(today) if each.person}
    open_now = list(reports(by).filter(closed_on__isnull=True).defer(*BULKY).order_by("pk"))
    reading, holding = defaultdict(set), defaultdict(set)
    for report, key in Hand.objects.filter(report__in=open_now, what="content").values_list("report", "key"):
        reading[report].add(key)
    for report, key in Share.objects.filter(report__in=open_now, epoch=F("report__epoch")).values_list("report", "key"):
        holding[report].add(key)
    found = [_astray(each, reading[each.pk], holding[each.pk], able) for each in open_now]
    return [each for each in found if each.report.moved_on or each.lasting < READERS or each.short]


def _astray(report: Report, reading: set[UUID], holding: set[UUID], able: Mapping[UUID, Candidate]) -> Astray:
    who = [able[key] for key in reading if key in able]
    here = settling(report.ward, who)
    there = frozenset(each.person for each in who if each.person) - here
    live = {key for key, each in able.items() if HOLDER_ROLE in each.roles}
    lasting = sum(1 for each in who if report.ward in each.settles)
    return Astray(report, here, there, len(holding & live), min(report.holders, len(live)), lasting)


def subject(person: UUID | None, epoch: int, public: bytes) -> str:
    """How the record names a public key: whoever swaps the key in the table does not fit this any more."""
    return f"sealed-key:{person or 'trustees'}:{epoch}:{hashlib.sha256(public).hexdigest()}"
