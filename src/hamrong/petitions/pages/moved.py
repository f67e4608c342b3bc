"""Sealed reports that an order, a change of posts or a conflict left in hands that cannot work with them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import unit_name
from hamrong.petitions.actions.intake import handlers_of
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.register import number_of
from hamrong.petitions.queries import visible
from hamrong.sealed import queries as sealed
from hamrong.sealed import unlocked
from hamrong.sealed.actions import lending, moving, reports
from hamrong.sealed.pages.frame import called, sent
from hamrong.sealed.queries import Astray
from hamrong.sealed.rings import Ring, person_of
from hamrong.ui.answers import private, tell
from hamrong.ui.formats import day
from hamrong.ui.parts import Cell, Column, Row, Table
from hamrong.ui.places import lies_at


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.hand", "own")
def moved_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What waits for a check, readers or other holders; one press looks for conflicts, another gives to colleagues."""
    ring, now = unlocked.find(request, grant), timezone.now()
    found = sealed.astray(grant, timezone.localdate(now))
    if request.method == "POST" and ring is None:
        return redirect(f"{reverse('sealed:unlock')}?next={request.path}")
    if ring is not None and request.method == "POST":
        (_shared if sent(request, "share") else _checked)(request, grant, ring, found)
        return redirect("petitions_desk:moved")
    enter(grant, subject=f"sealed-astray:{grant.scope}", at=now, shown=len(found))
    values = {
        "table": _table(grant, found), "waiting": sum(1 for one in found if one.report.moved_on),
        "mine": sum(1 for one in found if one.lone and person_of(grant) in one.readers and not one.report.moved_on),
    }  # fmt: skip
    lies_at(request, reverse("petitions_desk:register"))
    return private(request, "petitions/desk/moved.html", values)


def _checked(request: HttpRequest, grant: Grant, ring: Ring, found: Sequence[Astray]) -> None:
    now, done, upward, closed = timezone.now(), 0, 0, 0
    for one in (one for one in found if one.report.moved_on):
        answer = moving.check(by=grant, report=one.report, ring=ring, at=now)
        done, upward = done + isinstance(answer, type(one.report)), upward + (answer == moving.UPWARD)
        closed += answer == reports.NOT_YOURS
    if done:
        told = ngettext("Đã kiểm tra %(n)d đơn: đọc lại được.", "Đã kiểm tra %(n)d đơn: đọc lại được.", done)
        tell(request, done, told % {"n": done})
    if upward:
        tell(request, moving.UPWARD, "")
    if closed:
        tell(request, NOT_OPENED, "")


def _shared(request: HttpRequest, grant: Grant, ring: Ring, found: Sequence[Astray]) -> None:
    """Every report that only this person reads, for the colleagues who settle and are free of conflict."""
    now, given = timezone.now(), 0
    mine = [one.report for one in found if one.lone and person_of(grant) in one.readers]
    people = handlers_of(grant.scope, now)
    for report in mine:
        given += bool(lending.lend(by=grant, report=report, ring=ring, people=people, at=now))
    if given:
        told = _("Đã trao khóa của %(n)d đơn cho đồng nghiệp.") % {"n": given}
        tell(request, given, told)
    if given < len(mine):
        tell(request, NO_COLLEAGUE, "")


NO_COLLEAGUE = Refusal(
    "conflict",
    "Còn đơn chưa trao được cho ai: ở đơn vị không có người xử lý nào khác có khóa niêm phong và không bị tố cáo. "
    "Đề nghị một lãnh đạo nữa tạo khóa, hoặc chuyển hồ sơ lên Công an tỉnh.",
    "Some reports could be given to nobody: no other handler of the unit has a sealing key and is not denounced. Have "
    "another leader make a key, or transfer the case to the province's police.",
)
NOT_OPENED = Refusal(
    "other-scope",
    "Có đơn mà bạn không có khóa: người ở cột Người đọc được phải tự kiểm tra.",
    "There are reports of which you have no key: whoever can read them has to look for conflicts.",
)


def _table(by: Grant, found: Sequence[Astray]) -> Table:
    tickets = [one.report.ticket for one in found]
    lines = {one.ticket: one for one in visible.petitions(by).filter(ticket__in=tickets)}
    people = called({who for one in found for who in one.readers | one.elsewhere})
    columns = [Column(_("Đơn")), Column(_("Người đọc được")), Column(_("Người giữ khóa danh tính")),
               Column(_("Việc cần làm"))]  # fmt: skip
    rows = [_row(one, lines[one.report.ticket], people) for one in found if one.report.ticket in lines]
    return Table(
        _("Đơn niêm phong cần chú ý"), columns, rows, empty=_("Không có đơn nào"),
        empty_hint=_("Mọi đơn niêm phong đang mở đều có hai người đọc được và đủ người giữ khóa."),
    )  # fmt: skip


def _row(one: Astray, petition: Petition, people: Mapping[UUID, str]) -> Row:
    held = _("%(ready)d người, cần %(needed)d để mở") % {
        "ready": one.holders, "needed": one.report.needed,
    }  # fmt: skip
    reading = ", ".join(sorted(people[who] for who in one.readers)) or _("Không ai ở đơn vị")
    cells = [
        Cell(number_of(petition), note=unit_name(petition.unit)), Cell(reading, note=_elsewhere(one, people)),
        Cell(held, note=_("có người bị tố cáo") if one.report.redeal else ""), " ".join(_todo(one)),
    ]  # fmt: skip
    return Row(cells, reverse("petitions_desk:sealed", args=[petition.pk]))


def _elsewhere(one: Astray, people: Mapping[UUID, str]) -> str:
    names = ", ".join(sorted(people[who] for who in one.elsewhere))
    return _("còn khóa, ở nơi khác: %(names)s") % {"names": names} if names else ""


def _todo(one: Astray) -> list[str]:
    """What has to be done about it, the first thing first."""
    told = []
    if one.report.moved_on:
        told.append(_("Kiểm tra lại xung đột (chuyển theo lệnh ngày %(day)s).") % {"day": day(one.report.moved_on)})
    if one.unread and one.elsewhere:
        told.append(_("Giao chức trách ở đơn vị này cho người còn khóa, để họ giao lại."))
    elif one.lone and not one.report.moved_on:
        told.append(_("Chỉ một người đọc được: người đó trao khóa cho một đồng nghiệp nữa."))
    elif one.unread:
        told.append(_("Không còn ai có khóa nội dung: chỉ người gửi đọc được. Lập biên bản và báo cấp trên."))
    if one.short:
        told.append(_("Đề nghị người giữ khóa ra lệnh chia lại khóa."))
    return told
