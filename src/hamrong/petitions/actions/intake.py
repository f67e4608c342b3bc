"""Taking a petition in: the public form and an officer call the same action; the register gives it a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.queries import PERSON
from hamrong.access.walls import acting, for_a_while, one_at_a_time
from hamrong.cases.actions.registers import next_number
from hamrong.identity.keys import vault
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import FIRST, owe
from hamrong.petitions.people import OFFICERS
from hamrong.petitions.queries import reading, searching, team, visible
from hamrong.petitions.rules import Kind
from hamrong.petitions.told import Content, Sender, written
from hamrong.sealed import queries as sealed
from hamrong.sealed.actions.reports import NO_HANDLER, Place, Told, seal_report, ticket_of
from hamrong.sealed.models import Report
from hamrong.sealed.policy import HANDLERS
from hamrong.sealed.queries import Candidate
from hamrong.sealed.reporters import reporter
from hamrong.sealed.rules import Against

REGISTER: Final = "tiep-nhan-don"
"""The register (sổ tiếp nhận đơn) of a unit and year."""

TEXT: Final = "text"
"""The part of a sealed report that holds what a denouncer told."""

NOBODY: Final = Against()
FUTURE: Final = Refusal("invalid", "Ngày nhận đơn không được ở tương lai.", "The day of receiving cannot be to come.")
NO_TEXT: Final = Refusal("invalid", "Hãy ghi nội dung đơn.", "Say what the petition is about.")
OWN_MATTER: Final = Refusal(
    "conflict",
    "Đơn này tố cáo chính bạn hoặc đơn vị bạn, nên bạn không nhận. Mời người gửi tự gửi tại trang Tố cáo (/to-cao/), "
    "đến thẳng Công an tỉnh, hoặc gặp cán bộ trực khác nếu chỉ bạn bị tố cáo.",
    "This denounces you or your unit, so you do not take it in. Ask the sender to use the page Denunciation "
    "(/to-cao/), to go to the province's police, or to see another officer on duty if only you are denounced.",
    "25/2018/QH14 Đ8",
)  # fmt: skip
NOT_OURS: Final = Refusal("other-scope", "Đơn này thuộc đơn vị khác.", "This petition belongs to another unit.")
ENTERED: Final = Refusal("state", "Đơn này đã vào sổ.", "This petition has its number already.")


@dataclass(frozen=True, slots=True)
class Handed:
    """A petition as it is handed in. `code` is its sender's follow-up code (`followup.new_code`), kept nowhere.

    `unit` is that of a commune, or the province's own code. A denunciation is always sealed, and so is whatever asks
    for it (`secret`): then the first of the content's senders is the identity, and `against` is kept away from keys.
    `reception`: the entry of the book of receptions at which it was handed in.
    """

    code: str = field(repr=False)
    kind: Kind
    door: str
    unit: str
    received_on: date
    content: Content = field(repr=False)
    secret: bool = False
    against: Against = NOBODY
    origin: str = ""
    reception: UUID | None = None

    @property
    def is_sealed(self) -> bool:
        return self.secret or self.kind == "denunciation"


def hand_in(*, by: Grant, handed: Handed, at: datetime) -> Petition | Refusal:
    """Take a petition in; the same code makes one petition, however often it is sent.

    An officer's intake gets its number at once; a sender's when an officer enters it, because a number given at
    the moment of sending would keep the order of the day. A denouncer's own sending leaves no entry of audit.
    """
    if handed.received_on > timezone.localdate(at):
        return FUTURE
    if not handed.content.text.strip():
        return NO_TEXT
    if by.scope_kind == "ward" and handed.unit != by.scope:
        return NOT_OURS
    if denounced := _own_matter(by, handed, at):
        return denounced
    ticket = ticket_of(handed.code)
    with acting(by):
        one_at_a_time(5002, ticket)
        known = visible.petitions(by).filter(ticket=ticket).first()
        if known is not None:
            return known
        if handed.reception and not visible.receptions(by).filter(pk=handed.reception).exists():
            return NOT_OURS
        return _taken(by, handed, ticket, at)


def _own_matter(by: Grant, handed: Handed, at: datetime) -> Refusal | None:
    """Whether an officer who takes a denunciation in is denounced in it, or serves in a unit that is.

    Only here it is known: they typed it themselves. Afterwards it is sealed, and nobody without a key can ask.
    """
    if not handed.is_sealed or not PERSON.fullmatch(by.actor.ref):
        return None
    person = UUID(by.actor.ref.removeprefix("person:"))
    with acting(by):
        serving = team.units_of([person], timezone.localdate(at))[person]
    return OWN_MATTER if handed.against.excludes(person, serving) else None


def hand_up(*, by: Grant, handed: Handed, at: datetime) -> Petition | Refusal:
    """Give a denunciation that nobody of the taker's unit may have to the province, as its sender's own form does.

    The province gives it its number. On record is that the officer took one in, not which.
    """
    if denounced := _own_matter(by, handed, at):
        return denounced
    sender = reporter(handed.code, by.act)
    if isinstance(sender, Refusal):
        return sender
    against = Against(handed.against.people, handed.against.units | {by.scope})
    going = replace(handed, unit=settings.HAMRONG_PROVINCE, against=against, reception=None)
    with acting(by):
        with for_a_while(sender):
            petition = hand_in(by=sender, handed=going, at=at)
        if isinstance(petition, Petition):
            if handed.reception:
                visible.receptions(by).filter(pk=handed.reception).update(end="taken")
            enter(by, subject="petition:handed-up", at=at, kind=handed.kind, door=handed.door)
    return petition


def _taken(by: Grant, handed: Handed, ticket: str, at: datetime) -> Petition | Refusal:
    petition = Petition(
        id=uuid4(), ticket=ticket, kind=handed.kind, door=handed.door, unit=handed.unit,
        province=settings.HAMRONG_PROVINCE, received_on=handed.received_on, secret=handed.is_sealed,
        reception_id=handed.reception, origin="" if handed.is_sealed else handed.origin,
    )  # fmt: skip
    owe(petition, FIRST[handed.kind], at)
    if handed.is_sealed:
        report = _sealed(by, handed, at)
        if isinstance(report, Refusal):
            return report
        petition.unit = report.ward
    else:
        petition.content = vault().seal_bytes(written(handed.content), petition.pk.bytes)
        petition.persons = reading.persons_of(handed.content.senders)
        petition.likeness = reading.likeness_of(handed.content)
        petition.words = searching.marks_of(handed.content)
    if by.holding.role in OFFICERS:
        _number(petition, at)
    petition.save(force_insert=True)
    if handed.reception:
        visible.receptions(by).filter(pk=handed.reception).update(end="taken")
    if not (petition.secret and by.holding.role == "reporter"):
        enter(by, subject=f"petition:{petition.pk}", at=at, kind=petition.kind, door=petition.door)
    return petition


def _sealed(by: Grant, handed: Handed, at: datetime) -> Report | Refusal:
    """The report in the sealed room: with the unit itself, or with the province where nobody there may have it."""
    target = Target(**{by.scope_kind: by.scope})
    grant = decide(by.actor, "sealed.report", target)
    if isinstance(grant, Refusal):
        return grant
    told, able = _told(handed), sealed.candidates(timezone.localdate(at))
    for unit in dict.fromkeys((handed.unit, settings.HAMRONG_PROVINCE)):
        if by.scope_kind == "ward" and unit != by.scope:
            continue  # an officer of the commune cannot hand up what is not theirs to see: the sender can
        report = seal_report(by=grant, told=told, place=Place(unit, _handling(unit, able)), at=at, able=able)
        if report != NO_HANDLER:
            return report
    return NO_HANDLER


def _told(handed: Handed) -> Told:
    senders = handed.content.senders
    bare = Content(handed.content.subject, handed.content.text, handed.content.against, signed=bool(senders))
    identity = written(_together(senders)) if senders else b""
    return Told(handed.code, {TEXT: written(bare)}, identity, handed.against)


def _together(senders: tuple[Sender, ...]) -> Sender:
    """Several who denounce together, as the one identity of their report."""
    if len(senders) == 1:
        return senders[0]
    joined = ["; ".join(filter(None, (getattr(each, name) for each in senders))) for name in Sender.__struct_fields__]
    return Sender(*joined)


def handlers_of(unit: str, at: datetime) -> frozenset[UUID]:
    """Whose posts in a unit settle denunciations and whose keys are on record."""
    return _handling(unit, sealed.candidates(timezone.localdate(at)))


def _handling(unit: str, able: Iterable[Candidate]) -> frozenset[UUID]:
    return frozenset(
        each.person for each in able if each.person and unit in each.units and not each.roles.isdisjoint(HANDLERS)
    )


def enter_register(*, by: Grant, petition: Petition, at: datetime) -> Petition | Refusal:
    """Give a petition that came by itself its number in the register of its unit (vào sổ)."""
    with acting(by):
        row = visible.petitions(by).select_for_update().filter(pk=petition.pk).first()
        if row is None:
            return NOT_OURS
        if row.number is not None:
            return ENTERED
        _number(row, at)
        row.save(update_fields=["register", "year", "number"])
        enter(by, subject=f"petition:{row.pk}", at=at, number=row.number, year=row.year)
        return row


def _number(petition: Petition, at: datetime) -> None:
    petition.register, petition.year = petition.unit, timezone.localdate(at).year
    petition.number = next_number(REGISTER, petition.unit, petition.year, petition.province)
