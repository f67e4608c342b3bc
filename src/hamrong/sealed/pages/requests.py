"""Requests that wait for a holder, and the page on which one says yes or no."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.sealed import queries, standing
from hamrong.sealed.actions import opening, vouching
from hamrong.sealed.forms import RefuseForm, UnlockForm
from hamrong.sealed.models import Request
from hamrong.sealed.pages.frame import called, opened, sent
from hamrong.sealed.rings import person_of
from hamrong.ui.answers import private, tell
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer, Cell, Column, Row, Table

SHOWN = 200


def _of_holder(by: Grant) -> QuerySet[Request]:
    """Requests about reports in which this person holds a share, and those that they have answered."""
    me = person_of(by)
    held = queries.requests(by).filter(report__shares__key__person=me)
    return (held | queries.requests(by).filter(answers__holder=me)).distinct()


@require_safe
@guarded("sealed.answer", "province")
def requests_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What waits for me first, then what is over."""
    today, me = timezone.localdate(), person_of(grant)
    found = list(_of_holder(grant).order_by("-asked_on", "id")[:SHOWN])
    mine = set(queries.answers(grant).filter(holder=me).values_list("request_id", flat=True))
    names = called({each.requester for each in found})
    waiting = [each for each in found if each.state in {"waiting", "ready"} and each.until >= today]
    open_for_me = [each for each in waiting if each.pk not in mine and each.requester != me]
    rest = [each for each in found if each not in open_for_me]
    has_key = queries.live_key(me) is not None
    closed = len(vouching.closed(grant, me, today))
    values = {
        "closed": closed,
        "waiting": _table(_("Đang chờ bạn"), open_for_me, names),
        "rest": _table(_("Đã trả lời hoặc đã xong"), rest, names),
        "has_key": has_key,
        "drills": standing.drills(today),
    }
    enter(grant, subject="sealed-requests", at=timezone.now(), shown=len(found))
    return private(request, "sealed/requests.html", values)


def _table(title: str, found: list[Request], names: dict[UUID, str]) -> Table:
    rows = [Row(_cells(each, names), reverse("sealed:request", args=[each.pk])) for each in found]
    columns = [
        Column(_("Người đề nghị")), Column(_("Ngày đề nghị"), "day"), Column(_("Chậm nhất"), "day"),
        Column(_("Tình trạng")),
    ]  # fmt: skip
    return Table(title, columns, rows, empty=_("Không có đề nghị nào"))


def _cells(one: Request, names: dict[UUID, str]) -> list[object]:
    who = Cell(names[one.requester], note=one.ground)
    return [who, day(one.asked_on), day(one.until), Cell("", state=shown(one))]


def shown(one: Request) -> str:
    """The state as people see it: what nobody opened in time is over."""
    return "ended" if one.state in {"waiting", "ready"} and one.until < timezone.localdate() else one.state


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.answer", "province")
def request_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """One request: who asks, what for, on what ground; and the two answers."""
    one = _of_holder(grant).filter(pk=number).first()
    if one is None:
        raise Http404
    release = UnlockForm(request.POST if sent(request, "release") else None, prefix="yes")
    refuse = RefuseForm(request.POST if sent(request, "refuse") else None, prefix="no")
    if _done(request, grant, one, release, refuse):
        return redirect("sealed:requests")
    answered = one.answers.filter(holder=person_of(grant)).first()
    values = {
        "one": one, "facts": facts(one), "release": release, "refuse": refuse, "answered": answered,
        "can_answer": answered is None and shown(one) in {"waiting", "ready"} and one.requester != person_of(grant),
    }  # fmt: skip
    enter(grant, subject=f"sealed-request:{one.pk}", at=timezone.now())
    return private(request, "sealed/request.html", values)


def _done(request: HttpRequest, grant: Grant, one: Request, release: UnlockForm, refuse: RefuseForm) -> bool:
    form = next((form for form in (release, refuse) if form.is_bound), None)
    ring = opened(grant, form) if form is not None and form.is_valid() else None
    if ring is None:
        return False
    now = timezone.now()
    answer = (
        opening.release(by=grant, request=one, ring=ring, at=now)
        if form is release
        else opening.refuse(by=grant, request=one, ring=ring, reason=refuse.cleaned_data["reason"], at=now)
    )
    done = _("Đã trao phần khóa của bạn cho người đề nghị.") if form is release else _("Đã từ chối đề nghị.")
    return tell(request, answer, done) or isinstance(answer, Refusal)


def facts(one: Request) -> list[Answer]:
    """What a request says, line by line."""
    counted = {"agreed": one.answers.filter(released=True).count(), "needed": one.report.needed}
    return [
        Answer(_("Người đề nghị"), called([one.requester])[one.requester]),
        Answer(_("Để làm gì"), one.reason),
        Answer(_("Căn cứ pháp luật"), one.ground),
        Answer(_("Ngày đề nghị"), day(one.asked_on)),
        Answer(_("Mở chậm nhất"), day(one.until)),
        Answer(_("Đã đồng ý"), _("%(agreed)s người; cần %(needed)s") % counted),
    ]  # fmt: skip
