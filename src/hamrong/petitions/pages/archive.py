"""Petitions past their time: keeping or proposing them, ordering, and the register of what was destroyed."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import may, names, same_post, ticked, unit_name
from hamrong.law import retention
from hamrong.petitions.actions import erasing
from hamrong.petitions.forms.archive import AppraiseForm, OrderForm
from hamrong.petitions.models import Erasure, Petition, Reception
from hamrong.petitions.pages.register import kind_words, number_of, outcome_words
from hamrong.petitions.queries import expired, visible
from hamrong.ui.answers import private, tell
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer, Cell, Column, Row, Table
from hamrong.ui.places import lies_at

SHOWN: Final = 50
"""So many of what was destroyed last are shown."""


def _state(erasure: Erasure) -> Cell:
    """How a proposal was answered."""
    if erasure.state == "ordered":
        return Cell(pgettext("erasure", "Đã hủy"), note=erasure.document)
    return Cell(_("Không đồng ý"), note=erasure.reason) if erasure.state == "refused" else Cell(_("Chờ quyết định"))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.appraise", "own")
def archive_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What is past its time, with boxes to choose; proposals; the register of what was destroyed."""
    now, form = timezone.now(), AppraiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _appraised(request, grant, form.cleaned_data["reason"])
        return redirect("petitions_desk:archive")
    due = list(expired.expired(grant, timezone.localdate(now))[: expired.AT_MOST])
    held = list(expired.receptions(grant, timezone.localdate(now))[: expired.AT_MOST])
    done = list(expired.erasures(grant)[:SHOWN])
    enter(grant, subject=f"petitions-expired:{grant.scope}", at=now, shown=len(due) + len(held))
    kept = retention(expired.CONTENT)
    values = {
        "form": form, "due": _due(due), "held": _held(held), "done": _done(done),
        "waiting": any(one.state == "proposed" for one in done),
        "years": kept.months // 12, "counted_from": kept.counted_from.to((get_language() or "vi")[:2]),
    }  # fmt: skip
    lies_at(request, reverse("petitions_desk:register"))
    return private(request, "petitions/desk/archive.html", values)


def _appraised(request: HttpRequest, grant: Grant, reason: str) -> None:
    now, chosen = timezone.now(), {"petitions": ticked(request, "petition"), "receptions": ticked(request, "reception")}
    if request.POST.get("do") == "keep":
        answer = erasing.keep(by=grant, reason=reason, at=now, **chosen)
        tell(request, answer, _("Đã ghi nhận lưu vĩnh viễn."))
    else:
        tell(request, erasing.propose(by=grant, at=now, **chosen), _("Đã đề nghị hủy. Người khác quyết định."))


def _columns() -> list[Column]:
    return [Column(_("Số")), Column(_("Loại")), Column(_("Ngày nhận"), "day"), Column(_("Kết thúc"), "day"),
            Column(_("Xử lý")), Column(_("Đơn vị"))]  # fmt: skip


def _row(one: Petition, ended: object) -> Row:
    cells = [Cell(number_of(one), note=_("Niêm phong") if one.secret else ""), kind_words(one.kind), one.received_on,
             ended, outcome_words(one.outcome), unit_name(one.unit)]  # fmt: skip
    return Row(cells, reverse("petitions_desk:petition", args=[one.pk]), str(one.pk))


def _due(found: list[Any]) -> Table:
    rows = [_row(one, one.ended) for one in found]
    return Table(
        _("Hồ sơ hết hạn lưu"), _columns(), rows, bulk="petition" if rows else "",
        empty=_("Chưa có hồ sơ nào hết hạn lưu"), empty_hint=_("Không hồ sơ nào tự mất đi khi hết hạn."),
    )  # fmt: skip


def _reception(one: Reception, ended: object) -> Row:
    cells = [f"{one.number}/{one.year}", kind_words(one.kind), one.held_on, ended, _("Lượt tiếp công dân"),
             unit_name(one.unit)]  # fmt: skip
    return Row(cells, reverse("petitions_desk:reception", args=[one.pk]), str(one.pk))


def _held(found: list[Any]) -> Table:
    rows = [_reception(one, one.ended) for one in found]
    return Table(_("Lượt tiếp công dân hết hạn lưu"), _columns(), rows, bulk="reception", name="receptions")


def _done(found: list[Erasure]) -> Table:
    who = names({one.answered_by or one.proposed_by for one in found})
    rows = [
        Row([Cell(day(one.answered_on or one.proposed_on)), _state(one), one.count, unit_name(one.unit),
             who.get(one.answered_by or one.proposed_by, "")],
            reverse("petitions_desk:erasure", args=[one.pk]))
        for one in found
    ]  # fmt: skip
    columns = [Column(_("Ngày")), Column(_("Kết quả")), Column(pgettext("erasure", "Số hồ sơ"), "number"),
               Column(_("Đơn vị")), Column(_("Người"))]  # fmt: skip
    return Table(_("Sổ hủy hồ sơ"), columns, rows, empty=_("Chưa hủy hồ sơ nào"), name="done")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.appraise", "own")
def erasure_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """One proposal: what would go, and the decision of somebody else."""
    erasure = expired.erasures(grant).filter(pk=number).first()
    if erasure is None:
        raise Http404
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, grant, erasure, form.cleaned_data):
        return redirect("petitions_desk:erasure", number=number)
    held = list(erasure.petitions.order_by("received_on", "id")[: expired.AT_MOST])
    visits = list(visible.receptions(grant).filter(erasure=erasure).order_by("held_on", "id")[: expired.AT_MOST])
    who = names({erasure.proposed_by, erasure.answered_by})
    facts = [
        Answer(pgettext("erasure", "Người đề nghị"), who.get(erasure.proposed_by, "")),
        Answer(pgettext("erasure", "Ngày đề nghị"), day(erasure.proposed_on)),
        Answer(_("Kết thúc trước ngày"), day(erasure.before)),
        Answer(pgettext("erasure", "Số hồ sơ"), str(erasure.count)),
    ]  # fmt: skip
    if erasure.answered_on:
        state = _state(erasure)
        facts += [Answer(_("Kết quả"), f"{state.text}: {state.note}"), Answer(_("Ngày"), day(erasure.answered_on)),
                  Answer(_("Người quyết định"), who.get(erasure.answered_by, ""))]  # fmt: skip
    enter(grant, subject=f"erasure:{erasure.pk}", at=timezone.now(), shown=len(held))
    table = Table(
        _("Hồ sơ trong đề nghị"), _columns(),
        [*(_row(one, None) for one in held), *(_reception(one, None) for one in visits)],
        empty=_("Không còn hồ sơ nào"),
    )  # fmt: skip
    values = {
        "erasure": erasure, "facts": facts, "table": table, "form": form,
        "can_order": erasure.state == "proposed" and may(grant, "petition.erase"),
        "own": erasure.proposed_by == grant.actor.ref,
    }  # fmt: skip
    lies_at(request, reverse("petitions_desk:register"))
    return private(request, "petitions/desk/erasure.html", values)


DOING: Final[dict[str, Callable[..., Any]]] = {
    "order": lambda by, erasure, got, at: erasing.order(by=by, erasure=erasure, document=got["document"], at=at),
    "refuse": lambda by, erasure, got, at: erasing.refuse(by=by, erasure=erasure, reason=got["reason"], at=at),
}


def _decided(request: HttpRequest, grant: Grant, erasure: Erasure, got: dict[str, str]) -> bool:
    by, do = same_post(grant, "petition.erase"), request.POST.get("do", "")
    if do not in DOING:
        return False
    answer = by if isinstance(by, Refusal) else DOING[do](by, erasure, got, timezone.now())
    return tell(request, answer, _("Đã hủy nội dung các hồ sơ.") if do == "order" else _("Đã trả lời đề nghị."))
