"""Cases of other units that were opened in an emergency: opening one, reading it, reviewing what others opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.walls import for_a_while
from hamrong.access.web import Refused, guarded
from hamrong.cases import along
from hamrong.cases.actions import emergencies as acts
from hamrong.cases.models import REVIEWED_IN, Case, Emergency
from hamrong.cases.queries import emergencies, visible
from hamrong.cases.queries.history import known
from hamrong.casework.forms import GROUNDS, EmergencyForm, ReviewForm
from hamrong.casework.pages.case import shown
from hamrong.casework.pages.frame import in_post, may, names, page, unit_name
from hamrong.org.queries import names as unit_names
from hamrong.ui.answers import tell, words
from hamrong.ui.firsts import First
from hamrong.ui.formats import moment
from hamrong.ui.parts import Answer, Cell, Column, Row, Table

HERE = "casework:emergencies"


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("emergency.list", "own")
def list_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What waits to be reviewed, what was reviewed, and the form by which a case is opened."""
    now, form = timezone.now(), EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        by = beside(grant, "emergency.open", "emergency", got["code"])
        answer = by if isinstance(by, Refusal) else acts.open_case(
            by=by, code=got["code"], ground=got["ground"], reason=got["reason"], at=now
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã mở. Bạn đọc được hồ sơ đến %(until)s.") % {"until": moment(answer.until)})
            return redirect("casework:emergency", number=answer.pk)
        form.add_error(None, words(answer))
    open_, over = emergencies.unreviewed(grant), emergencies.reviewed(grant)
    if request.method != "POST":
        enter(grant, subject=f"emergencies:{grant.scope}", at=now, shown=len(open_) + len(over))
    values = {
        "form": form, "can_open": may_open(grant), "waiting": _table(_("Chờ xem xét"), open_, now, "waiting"),
        "over": _table(_("Đã xem xét"), over, now, "over"), "late": sum(emergencies.is_late(one, now) for one in open_),
    }  # fmt: skip
    return page(request, "emergencies", values, HERE)


def broken(by: Grant) -> list[First]:
    """Openings that nobody has reviewed: of the unit's cases, or by its officers; for leaders, duty, inspectors."""
    listing = beside(by, "emergency.list")
    found = emergencies.waiting(listing, timezone.now()) if isinstance(listing, Grant) else None
    if not found or not found.count:
        return []
    said = _("%(count)s lần mở khẩn cấp chờ xem xét") % {"count": found.count}
    late = _("%(count)s lần đã quá hạn") % {"count": found.late} if found.late else ""
    title = " · ".join(part for part in (said, late) if part)
    return [First("bad" if late else "warn", title, reverse(HERE), _("Xem các lần mở khẩn cấp"))]


def may_open(by: Grant) -> bool:
    """Whether somebody's post may open a case in an emergency at all."""
    return isinstance(beside(by, "emergency.open", "emergency", "-"), Grant)


def _table(title: str, found: Sequence[Emergency], now: datetime, name: str) -> Table:
    who = names(one.opened_by for one in found)
    columns = [Column(_("Hồ sơ")), Column(_("Người mở")), Column(_("Đơn vị có hồ sơ")), Column(_("Lúc mở"), "day"),
               Column(_("Tình trạng"))]  # fmt: skip
    units = unit_names(unit for one in found for unit in (one.unit, one.opener_unit))
    rows = [
        Row([Cell(one.code, note=words_of_ground(one)),
             Cell(who.get(one.opened_by, one.opened_by), note=units[one.opener_unit]), units[one.unit],
             moment(one.opened_at), _state(one, now)], reverse("casework:emergency", args=[one.pk]))
        for one in found
    ]  # fmt: skip
    empty = _("Không có lần mở nào chờ xem xét")
    return Table(title, columns, rows, empty=empty, name=name)


def _state(one: Emergency, now: datetime) -> Cell:
    if one.found:
        return Cell(_finding(one), state="done" if one.found == "justified" else "rejected")
    late = emergencies.is_late(one, now)
    return Cell(_("Quá hạn xem xét"), state="overdue") if late else Cell(_("Chờ xem xét"), state="waiting")


def _finding(one: Emergency) -> str:
    return _("Có căn cứ") if one.found == "justified" else _("Không có căn cứ")


def words_of_ground(one: Emergency) -> str:
    """What the ground is called."""
    return str(GROUNDS[one.ground])


def _one(by: Grant, number: UUID) -> Emergency:
    found = visible.emergencies(by).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@require_safe
@guarded("emergency.list", "own")
def emergency_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """One opening: who, why, until when, and what came of it."""
    one, now = _one(grant, number), timezone.now()
    enter(grant, subject=f"case:{one.case_id}", stream=f"case:{one.case_id}", at=now, emergency=str(number))
    values = {
        "one": one, "facts": _facts(one), "late": emergencies.is_late(one, now),
        "mine": one.opened_by == grant.actor.ref, "live": emergencies.is_live(one, now),
        "can_review": not one.found and may(grant, "emergency.review") and acts.may_review(grant, one),
    }  # fmt: skip
    return page(request, "emergency", values, HERE)


def _facts(one: Emergency) -> list[Answer]:
    who = names([one.opened_by, one.in_place_of, one.reviewed_by])
    opener = in_post(who, one.opened_by, one.opened_role)
    lines = [
        Answer(_("Hồ sơ"), one.code), Answer(_("Đơn vị có hồ sơ"), unit_name(one.unit)),
        Answer(_("Người mở"), opener), Answer(_("Đơn vị của người mở"), unit_name(one.opener_unit)),
        Answer(_("Lý do khẩn cấp"), words_of_ground(one)), Answer(_("Cụ thể"), one.reason),
        Answer(_("Đọc được"), _("từ %(since)s đến %(until)s") % {
            "since": moment(one.opened_at), "until": moment(one.until)}),
        Answer(_("Phải xem xét trước"), moment(one.opened_at + REVIEWED_IN)),
    ]  # fmt: skip
    if one.reviewed_at:
        reviewer = in_post(who, one.reviewed_by, one.reviewed_role)
        lines += [
            Answer(_("Kết quả xem xét"), _finding(one)), Answer(_("Nhận xét"), one.answer),
            Answer(_("Xem xét lúc"), moment(one.reviewed_at)), Answer(_("Người xem xét"), reviewer),
        ]  # fmt: skip
    return lines


@require_safe
@guarded("emergency.list", "own")
def reading_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The case, for whoever opened it and while the time lasts; the database shows this one and nothing else."""
    one, now = _one(grant, number), timezone.now()
    by, narrow = beside(grant, "emergency.read", "emergency", one.code), emergencies.reading(grant, one, now)
    if isinstance(by, Refusal):
        raise Refused(by)
    if isinstance(narrow, Refusal):
        raise Refused(narrow)
    enter(by, subject=f"case:{one.case_id}", stream=f"case:{one.case_id}", at=now, emergency=str(number))
    with for_a_while(narrow):
        case = visible.cases(narrow).filter(pk=one.case_id).first()
        if case is None:
            raise Refused(emergencies.OVER)
        return page(request, "emergency_case", {"one": one, **_told(narrow, case, now)}, HERE)


def _told(by: Grant, case: Case, now: datetime) -> dict[str, Any]:
    told = [(heading, list(answers)) for heading, answers in along.told(by, case)]
    return {**shown(by, case, known(by, case, on_record_at=now), now), "told": told}


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("emergency.review", "own")
def review_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Judge an opening; one that was judged shows its finding; who may not is told before writing."""
    one, form = _one(grant, number), ReviewForm(request.POST or None)
    if one.found and request.method != "POST":  # an old link or the way back: the finding, not a form that is refused
        return redirect("casework:emergency", number=number)
    if not one.found and not acts.may_review(grant, one):
        raise Refused(acts.OWN)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        answer = acts.review(by=grant, emergency=one, found=got["found"], answer=got["answer"], at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã ghi kết quả xem xét."))
            return redirect("casework:emergency", number=number)
        form.add_error(None, words(answer))
    return page(request, "emergency_review", {"one": one, "facts": _facts(one), "form": form}, HERE)
