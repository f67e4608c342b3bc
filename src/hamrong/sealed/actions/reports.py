"""Sealing a report, adding to it, reading it, and giving it into other hands."""

import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, pipelined
from hamrong.audit.statements import put
from hamrong.kernel.seal import aead, followup, keys, reports, shares
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.sharing import Share as Point
from hamrong.org.queries import heirs
from hamrong.sealed import queries
from hamrong.sealed.models import Answer, Hand, Part, Report, Request, Share
from hamrong.sealed.policy import splitting as policy
from hamrong.sealed.proven import anchor
from hamrong.sealed.queries import HOLDER_ROLE, Candidate
from hamrong.sealed.rings import Ring
from hamrong.sealed.rules import READERS, Against, Splitting, read_against

NO_HOLDERS = Refusal(
    "conflict", "Ở đây không có đủ người giữ khóa không liên quan đến người bị tố cáo. Hãy gửi lên cơ quan cấp trên.",
    "There are not enough holders here who have nothing to do with who is denounced. Turn to the body above.",
)  # fmt: skip
CLOSED = Refusal(
    "state", "Ở đây chưa đủ người giữ khóa nên chưa nhận được tố cáo. Hãy gửi lên cơ quan cấp trên.",
    "There are not enough holders of keys here yet, so no denunciation can be taken. Turn to the body above.",
)  # fmt: skip
NO_HANDLER = Refusal(
    "conflict",
    "Đơn niêm phong cần hai cán bộ đọc được, có khóa và không liên quan đến người bị tố cáo; ở đây chưa đủ hai người "
    "như vậy. Hãy gửi lên cơ quan cấp trên.",
    "A sealed report needs two officers who can read it, with a key and nothing to do with who is denounced; there are "
    "not two of them here. Turn to the body above.",
)  # fmt: skip
NOT_NOW = Refusal(
    "state",
    "Lúc này chưa kiểm tra được khóa niêm phong với nhật ký đã ký. Hãy gửi lại sau vài phút; chữ bạn gõ còn nguyên.",
    "Sealing keys cannot be looked for in the signed record now. Send it again in a few minutes; what you typed stays.",
)  # fmt: skip
NOT_YOURS = Refusal("other-scope", "Đơn này không được trao cho bạn.", "This report is not in your hands.")
IN_CONFLICT = Refusal(
    "conflict", "Người nhận hoặc đơn vị của họ bị tố cáo trong đơn này.",
    "The receiver or their unit is denounced in this report.",
)  # fmt: skip

OFFERED: Final = {"content": "content-offered", "against": "against-offered"}
"""What a hand is called while another unit is asked to take the report over: no hand yet."""

WAITING: Final = ("waiting", "ready")
"""States of a request that can still be opened."""

NOBODY = Against()


@dataclass(frozen=True, slots=True)
class Told:
    """What is sealed: parts of the content by name, the identity (empty without a name), and against whom it goes.

    `code` is the reporter's (`followup.new_code`): it makes the ticket and the pair by which they come back.
    """

    code: str
    parts: Mapping[str, bytes] = field(repr=False)
    identity: bytes = field(repr=False, default=b"")
    against: Against = NOBODY


@dataclass(frozen=True, slots=True)
class Place:
    """Which unit gets it (a commune's police, or the province by its own code), and which people there may read it."""

    ward: str
    handlers: frozenset[uuid.UUID]


def ticket_of(code: str) -> str:
    """By what the report of a code is found; the scope of the reporter's grant."""
    return followup.lookup(code, settings.HAMRONG_KEYS["followup"]).hex()


def seal_report(
    *, by: Grant, told: Told, place: Place, at: datetime, splitting: Splitting | None = None,
    able: Sequence[Candidate] | None = None,
) -> Report | Refusal:  # fmt: skip
    """Seal a report for its handlers and for holders who are chosen by lot; nobody complained about is among them.

    Every handler of the place who can have the key gets it, and there are two of them at least (`READERS`).
    `able`: the candidates of today, where the caller has them already; `splitting`: another one than policy's.
    A reporter's sealing leaves no entry: it would have a moment and a place in the order. `settle` counts at night.
    """
    with acting(by):
        today = timezone.localdate(at)
        able = queries.candidates(today) if able is None else able
        if not able and anchor() is None:
            return NOT_NOW
        handlers = [each for each in able if each.person in place.handlers and fit(each, told.against)]
        split = splitting or policy()
        holders = chosen(able, told.against, split.holders)
        if len(holders) < split.needed:
            return NO_HOLDERS
        if sum(1 for each in handlers if each.lent_until(place.ward) is None) < READERS:
            return NO_HANDLER
        trustees = [each.holder.public for each in able if each.person is None]
        with pipelined():
            report = _written(_Sealing(told, place, today, holders, handlers, trustees, split))
        if by.holding.definition.by == "person":
            enter(by, subject=f"sealed:{report.pk}", at=at)
        return report


def fit(candidate: Candidate, against: Against) -> bool:
    """Whether somebody has nothing to do with who is complained about."""
    return candidate.person is not None and not against.excludes(candidate.person, candidate.units)


def closed(by: Grant, at: datetime) -> Refusal | None:
    """Why nothing can be sealed now, whomever it denounces; for saying so before somebody writes it all down."""
    with acting(by):
        able, split = queries.candidates(timezone.localdate(at)), policy()
        if not able and anchor() is None:
            return NOT_NOW
        return CLOSED if len(chosen(able, NOBODY, split.holders)) < split.needed else None


def chosen(able: Sequence[Candidate], against: Against, count: int) -> list[Candidate]:
    """So many holders, by lot: who is not among them says nothing about who is complained about."""
    ready = [each for each in able if HOLDER_ROLE in each.roles and fit(each, against)]
    return random.SystemRandom().sample(ready, min(count, len(ready)))


@dataclass(frozen=True, slots=True)
class _Sealing:
    told: Told = field(repr=False)
    place: Place
    today: date
    holders: Sequence[Candidate]
    handlers: Sequence[Candidate]
    trustees: Sequence[bytes]
    split: Splitting


def _written(sealing: _Sealing) -> Report:
    number, told = uuid.uuid4(), sealing.told
    content, identity, against = aead.new_key(), aead.new_key(), aead.new_key()
    pair = keys.pair_of(followup.seed(told.code))
    report = Report(
        id=number, ticket=ticket_of(told.code), ward=sealing.place.ward, province=settings.HAMRONG_PROVINCE,
        received_on=sealing.today, needed=sealing.split.needed, holders=sealing.split.holders,
        record=reports.seal_identity(identity, number, told.identity),
        against=reports.seal_content(against, number, "against", told.against.written()),
        recovery=reports.hand_recovery(identity + against, number, sealing.trustees[0]) if sealing.trustees else None,
        reporter=reports.hand_content(content, number, shares.Holder(number, 0, pair.public)),
    )  # fmt: skip
    put([report])
    put([part_of(report, content, name, each, sealing.today) for name, each in told.parts.items()])
    everybody = [*sealing.handlers, *sealing.holders]
    hands = [hands_of(report, "content", content, sealing.handlers), hands_of(report, "against", against, everybody)]
    put([hand for some in hands for hand in some])
    deal_from(report, Point(shares.KEY_ITSELF, identity), sealing.holders, needed=sealing.split.needed, epoch=1)
    return report


def part_of(report: Report, content: bytes, name: str, plain: bytes, today: date) -> Part:
    """A part of the content, sealed, not yet written."""
    sealed = reports.seal_content(content, report.pk, name, plain)
    return Part(report=report, name=name, sealed=sealed, added_on=today, **owners(report))


def owners(report: Report) -> dict[str, str]:
    """Whose a row of the report is, as the walls compare them."""
    return {"ticket": report.ticket, "ward": report.ward, "province": report.province}


def give(report: Report, what: str, key: bytes, to: Iterable[Candidate]) -> None:
    """A key of the report into the hands of these people, each once."""
    put(hands_of(report, what, key, to))


def hands_of(report: Report, what: str, key: bytes, to: Iterable[Candidate]) -> list[Hand]:
    """The same, not yet written."""
    people = {each.holder.who: each for each in to}
    return [
        Hand(
            report=report, key_id=who, what=what, wrapped=_handed(report, what, key, each.holder),
            until=each.lent_until(report.ward), **owners(report),
        )
        for who, each in people.items()
    ]  # fmt: skip


def _handed(report: Report, what: str, key: bytes, holder: shares.Holder) -> bytes:
    hand = reports.hand_content if what in ("content", OFFERED["content"]) else reports.hand_against
    return hand(key, report.pk, holder)


def deal_from(report: Report, point: Point, to: Sequence[Candidate], *, needed: int, epoch: int) -> None:
    """Deal a share (or the key itself) to these holders; their places follow their order."""
    holders = [each.holder for each in to]
    dealt = shares.deal(point, report.pk, holders, threshold=needed, epoch=epoch)
    put([
        Share(
            report=report, key_id=holder.who, epoch=epoch, dealer=point.place, place=place,
            wrapped=dealt[holder.who], **owners(report),
        )
        for place, holder in enumerate(holders, 1)
    ])  # fmt: skip


UNCHECKED = Refusal(
    "state",
    "Đơn vị vừa sắp xếp lại: phải kiểm tra lại xung đột trước khi đọc đơn này. Mở trang Đơn niêm phong cần chú ý.",
    "The unit was reorganised: look for conflicts again before this is read (page Sealed reports that need attention).",
)  # fmt: skip


def content_key(report: Report, ring: Ring) -> bytes | Refusal:
    """The content's key, by a handler who may read; not while an order moved it and nobody looked for conflicts."""
    return UNCHECKED if report.moved_on else held_key(report, ring)


def held_key(report: Report, ring: Ring) -> bytes | Refusal:
    """The content's key, by whoever has it, to wrap it for somebody else."""
    wrapped = Hand.objects.filter(report=report, key=ring.key, what="content").values_list("wrapped", flat=True).first()
    return NOT_YOURS if wrapped is None else reports.take_content(bytes(wrapped), report.pk, ring.holder, ring.seed)


def reporters_key(report: Report, code: str) -> bytes:
    """The content's key, by the reporter; `Broken` for another code."""
    pair = keys.pair_of(followup.seed(code))
    if report.reporter is None:
        raise Broken("no reporter comes back to this report")
    return reports.take_content(bytes(report.reporter), report.pk, shares.Holder(report.pk, 0, pair.public), pair.seed)


def change_code(*, by: Grant, report: Report, old: str, new: str) -> None:
    """A reporter's new code: its ticket, and the content's key for its pair; the old code opens nothing any more.

    Raises `Broken` for an old code that is not this report's. As all that a reporter does it leaves no entry.
    """
    with acting(by), connection.cursor() as cursor:
        wrapped = for_reporter(report, reporters_key(report, old), new)
        cursor.execute("select sealed_rotate(%s, %s, %s)", [report.pk, ticket_of(new), wrapped])


def for_reporter(report: Report, key: bytes, code: str) -> bytes:
    """The content's key, wrapped for the pair of a new code of the reporter; nothing is written."""
    pair = keys.pair_of(followup.seed(code))
    return reports.hand_content(key, report.pk, shares.Holder(report.pk, 0, pair.public))


def against_of(report: Report, ring: Ring) -> Against | Refusal:
    """Who is complained about, by a handler or a holder: only to keep them away from keys. Units with their heirs."""
    wrapped = Hand.objects.filter(report=report, key=ring.key, what="against").values_list("wrapped", flat=True).first()
    if wrapped is None:
        return NOT_YOURS
    key = reports.take_against(bytes(wrapped), report.pk, ring.holder, ring.seed)
    told = read_against(reports.open_content(key, report.pk, "against", bytes(report.against)))
    return Against(told.people, told.units | heirs(told.units)) if told.units else told


def read_report(*, by: Grant, report: Report, ring: Ring, at: datetime) -> dict[str, bytes] | Refusal:
    """Every part of the content by name, for a handler; the reading is on record."""
    with acting(by):
        key = content_key(report, ring)
        if isinstance(key, Refusal):
            return key
        enter(by, subject=f"sealed:{report.pk}", at=at)
        return opened_parts(report, key)


def opened_parts(report: Report, key: bytes) -> dict[str, bytes]:
    """Every part of the content by name, in the order of names."""
    return {
        part.name: reports.open_content(key, report.pk, part.name, bytes(part.sealed))
        for part in report.parts.order_by("name")
    }


def add_part(*, by: Grant, report: Report, key: bytes, name: str, plain: bytes, at: datetime) -> Part:
    """Add something to the content (`key` is the content's): an answer to the reporter, or what the reporter adds.

    An officer's addition is on record; a reporter's is not, for it would have a moment.
    """
    with acting(by):
        part = part_of(report, key, name, plain, timezone.localdate(at))
        part.save(force_insert=True)
        if by.holding.definition.by == "person":
            enter(by, subject=f"sealed:{report.pk}", at=at, part=name)
        return part


def stop(requests: QuerySet[Request]) -> int:
    """Requests that were not opened are over, and what was released for them is gone; answers how many."""
    over = list(requests.filter(state__in=WAITING).values_list("pk", flat=True))
    Answer.objects.filter(request__in=over).update(wrapped=None)
    return Request.objects.filter(pk__in=over).update(state="ended")


def close(*, by: Grant, report: Report, at: datetime) -> Report:
    """Settled for good: it is dealt anew no more."""
    with acting(by):
        Report.objects.filter(pk=report.pk).update(closed_on=timezone.localdate(at))
        enter(by, subject=f"sealed:{report.pk}", at=at, closed=True)
        return report
