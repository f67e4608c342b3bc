"""Opening an identity: asked for with a reason, released by M holders to one person, seen once, never unnoticed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal import reports, shares
from hamrong.kernel.seal.sharing import Share as Point
from hamrong.kernel.vietnamese import clean
from hamrong.sealed import queries
from hamrong.sealed.actions.keys import NO_KEY
from hamrong.sealed.actions.reports import IN_CONFLICT, WAITING, against_of, content_key, fit, stop
from hamrong.sealed.models import Answer, Report, Request, Share
from hamrong.sealed.rings import Ring, holder_of

NOT_A_HOLDER = Refusal("other-scope", "Bạn không giữ phần khóa của đơn này.", "You hold no share of this report.")
OVER = Refusal("state", "Đề nghị này đã xong hoặc đã hết hạn.", "This request is over.")
WHY = Refusal("invalid", "Hãy ghi rõ lý do, căn cứ và thời hạn.", "Give the reason, the ground and the last day.")
ANSWERED = Refusal("conflict", "Bạn đã trả lời đề nghị này.", "You have answered this request.")
OWN = Refusal("conflict", "Không thể tự trả lời đề nghị của mình; cần người khác.", "Nobody answers their own request.")
ONE_WAITS = Refusal("conflict", "Đề nghị trước của bạn còn đang chờ.", "Your earlier request still waits.")
KEY_WAITS = Refusal(
    "state", "Khóa vừa tạo hoặc vừa thay chưa vào nhật ký đã ký. Thử lại sau ít phút.",
    "A key that was just made or rotated is not in the signed record yet. Try again in a few minutes.",
)  # fmt: skip
TOO_FEW = Refusal("state", "Chưa đủ người giữ khóa đồng ý.", "Not enough holders have agreed yet.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What for, on what ground in law, until when; `told_on` where a court has put off telling the reporter."""

    reason: str
    ground: str
    until: date
    told_on: date | None = None


def ask(*, by: Grant, report: Report, ring: Ring, asked: Asked, at: datetime) -> Request | Refusal:
    """Ask to have the identity opened; only a handler of the report can, and the reporter will see it."""
    today = timezone.localdate(at)
    if not clean(asked.reason) or not clean(asked.ground) or asked.until < today:
        return WHY
    with acting(by):
        if isinstance(refused := content_key(report, ring), Refusal):
            return refused
        end(report.requests.filter(requester=ring.person), today)
        if report.requests.filter(requester=ring.person, state__in=WAITING).exists():
            return ONE_WAITS
        request = Request.objects.create(
            report=report, key=ring.key, requester=ring.person, reason=clean(asked.reason), ground=clean(asked.ground),
            asked_on=today, until=asked.until, told_on=asked.told_on, ticket=report.ticket, ward=report.ward,
            province=report.province,
        )  # fmt: skip
        enter(by, subject=f"sealed-request:{request.pk}", at=at, report=str(report.pk), reason=request.reason,
              ground=request.ground, until=asked.until.isoformat())  # fmt: skip
        return request


def end(requests: QuerySet[Request], today: date) -> int:
    """Requests whose last day is past are over; answers how many."""
    return stop(requests.filter(until__lt=today))


def terms_of(request: Request) -> shares.Terms:
    """The terms that are part of what is sealed."""
    return shares.Terms(request.pk, request.report_id, request.requester, request.until.isoformat())


def own_point(report: Report, ring: Ring) -> Point | Refusal:
    """The holder's share of a report, opened."""
    given = Share.objects.filter(report=report, key=ring.key, epoch=report.epoch)
    dealt = {share.dealer: bytes(share.wrapped) for share in given}
    return shares.take(dealt, report.pk, ring.holder, report.epoch, ring.seed) if dealt else NOT_A_HOLDER


def release(*, by: Grant, request: Request, ring: Ring, at: datetime) -> Answer | Refusal:
    """A holder releases the own share to the requester alone; with M of them the request is ready."""
    with acting(by):
        request = _locked(by, request)
        if problem := _unanswerable(request, ring, at):
            return problem
        if problem := _conflict(request, ring, at):
            return problem
        point = own_point(request.report, ring)
        if isinstance(point, Refusal):
            return point
        wrapped = shares.release(point, terms_of(request), ring.person, bytes(request.key.public))
        answer = _answered(by, request, ring, at, released=True, wrapped=wrapped)
        if request.answers.filter(released=True).count() >= request.report.needed:
            Request.objects.filter(pk=request.pk).update(state="ready")
        return answer


def refuse(*, by: Grant, request: Request, ring: Ring, reason: str, at: datetime) -> Answer | Refusal:
    """A holder says no, and why; the requester sees the reason. Where too few are left to agree, it is over."""
    if not clean(reason):
        return WHY
    with acting(by):
        request = _locked(by, request)
        if problem := _unanswerable(request, ring, at):
            return problem
        if not Share.objects.filter(report=request.report, key=ring.key, epoch=request.report.epoch).exists():
            return NOT_A_HOLDER
        answer = _answered(by, request, ring, at, released=False, reason=clean(reason))
        if _able(request) < request.report.needed:
            Request.objects.filter(pk=request.pk).update(state="refused")
        return answer


def _locked(by: Grant, request: Request) -> Request:
    return queries.requests(by).select_for_update(of=("self",)).get(pk=request.pk)


def _able(request: Request) -> int:
    """How many holders have not said no."""
    held = Share.objects.filter(report=request.report, epoch=request.report.epoch)
    people = set(held.values_list("key__person_id", flat=True))
    return len(
        people - {request.requester} - set(request.answers.filter(released=False).values_list("holder", flat=True))
    )


def _unanswerable(request: Request, ring: Ring, at: datetime) -> Refusal | None:
    if request.requester == ring.person:
        return OWN
    if request.state not in WAITING or request.until < timezone.localdate(at):
        return OVER
    return ANSWERED if request.answers.filter(holder=ring.person).exists() else None


def _conflict(request: Request, ring: Ring, at: datetime) -> Refusal | None:
    """Nobody complained about asks or releases, by the posts of today; and no swapped key receives."""
    against = against_of(request.report, ring)
    if isinstance(against, Refusal):
        return against
    known = {each.holder: each for each in queries.candidates(timezone.localdate(at))}
    requester, holder = known.get(holder_of(request.key)), known.get(ring.holder)
    if requester is None or holder is None:
        waits = "waits" in (queries.state_of(request.key), queries.state_of(ring.key))
        return KEY_WAITS if waits else NO_KEY
    return None if fit(requester, against) and fit(holder, against) else IN_CONFLICT


def _answered(by: Grant, request: Request, ring: Ring, at: datetime, **told: Any) -> Answer:
    answer = Answer.objects.create(
        request=request, holder=ring.person, requester=request.requester, answered_on=timezone.localdate(at),
        ward=request.ward, province=request.province, **told,
    )  # fmt: skip
    enter(by, subject=f"sealed-request:{request.pk}", at=at, released=answer.released, reason=answer.reason)
    return answer


def open_identity(*, by: Grant, request: Request, ring: Ring, at: datetime) -> bytes | Refusal:
    """The identity, for the requester, once: what was released is gone afterwards."""
    with acting(by):
        request = _locked(by, request)
        if request.requester != ring.person or request.key_id != ring.key.pk:
            return NOT_A_HOLDER
        if request.state == "waiting":
            return TOO_FEW
        if request.state != "ready" or request.until < timezone.localdate(at):
            return OVER
        plain = _opened(request, ring)
        request.answers.update(wrapped=None)
        Request.objects.filter(pk=request.pk).update(state="opened", opened_on=timezone.localdate(at))
        enter(by, subject=f"sealed-request:{request.pk}", at=at, opened=True, report=str(request.report_id))
        return plain


def _opened(request: Request, ring: Ring) -> bytes:
    given = request.answers.filter(released=True, wrapped__isnull=False)
    released = {each.holder: bytes(each.wrapped or b"") for each in given}
    key = shares.key_of(released, terms_of(request), ring.seed)
    return reports.open_identity(key, request.report_id, bytes(request.report.record))
