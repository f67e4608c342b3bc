"""A case with something sealed goes to another unit: whoever reads it wraps its key for the handlers there."""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.models import Case, Transfer
from hamrong.petitions.actions.intake import handlers_of
from hamrong.petitions.queries import visible
from hamrong.sealed import queries as sealed
from hamrong.sealed.actions import handing
from hamrong.sealed.actions.reports import Place
from hamrong.sealed.models import Report
from hamrong.sealed.rings import Ring

NO_KEYS: Final = Refusal(
    "state", "Chưa ai ở đơn vị bạn có khóa để đọc phần niêm phong. Hãy trả lại để bên chuyển trao khóa rồi chuyển lại.",
    "Nobody in your unit has been given the key of what is sealed. Send it back, to be offered again with its key.",
)  # fmt: skip


ONLY_UP: Final = Refusal(
    "state", "Không ai ở đơn vị còn khóa của phần niêm phong: hồ sơ chỉ chuyển được lên Công an tỉnh.",
    "Nobody in the unit has a key of what is sealed: the case can only go up to the province's police.",
)  # fmt: skip


def is_closed(by: Grant, case: Case) -> bool:
    """Whether nobody of the unit reads anything that is sealed in a case: it goes up without keys."""
    return all(sealed.unread(report) for report in sealed_in(by, case))


def sealed_in(by: Grant, case: Case) -> list[Report]:
    """Sealed reports of a case and of those that were joined to it, within the grant."""
    going = [case.pk, *case.members.values_list("pk", flat=True)]
    tickets = visible.petitions(by).filter(case__in=going, secret=True).values_list("ticket", flat=True)
    return list(sealed.reports(by).filter(ticket__in=list(tickets)).order_by("pk"))


def offer(
    *, by: Grant, case: Case, revision: int, receiver: str, reason: str, document: str, ring: Ring | None, at: datetime
) -> Transfer | Refusal:
    """Offer a case and prepare all that is sealed in it for handlers there who are free of conflict, or do nothing.

    What nobody of the unit reads any more goes up to the province closed: there is no key to prepare (`ring` is None).
    """
    hand = beside(by, "sealed.hand")
    if isinstance(hand, Refusal):
        return hand
    with acting(by), transaction.atomic():
        answer: Transfer | Refusal = transfers.offer(
            by=by, case=case, revision=revision, receiver=receiver, reason=reason, document=document, at=at
        )
        if not isinstance(answer, Refusal):
            answer = _prepared(hand, case, ring, receiver, at) or answer
        if isinstance(answer, Refusal):
            transaction.set_rollback(True)
    return answer


def _prepared(hand: Grant, case: Case, ring: Ring | None, receiver: str, at: datetime) -> Refusal | None:
    to = Place(receiver, handlers_of(receiver, at))
    for report in sealed_in(hand, case):
        if receiver == report.province and sealed.unread(report):
            enter(hand, subject=f"sealed:{report.pk}", at=at, offered_to=receiver, closed=True)
            continue
        if ring is None:
            return ONLY_UP
        given = handing.offer(by=hand, report=report, ring=ring, to=to, at=at)
        if isinstance(given, Refusal):
            return given
    return None


def ready(by: Grant, transfer: Transfer) -> Refusal | None:
    """Why a unit cannot take over a case: nobody there was given the keys of what is sealed in it."""
    with connection.cursor() as cursor:
        cursor.execute("select petitions_sealed_ready(%s)", [transfer.pk])
        return None if cursor.fetchone()[0] else NO_KEYS


def received(by: Grant, case: Case, transfer: Transfer, at: datetime) -> None:
    """Put on record which sealed reports came along with a case."""
    for report in sealed_in(by, case):
        enter(by, subject=f"sealed:{report.pk}", at=at, came_from=transfer.unit)
