"""Taking a sorting back that began no case, on the page of its petition; and who waits for an answer to that."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.casework.pages.frame import in_place, may, names, same_post
from hamrong.petitions.actions import taking_back
from hamrong.petitions.forms.taking_back import BackForm, LeaveForm
from hamrong.petitions.models import Petition
from hamrong.petitions.people import SETTLERS
from hamrong.petitions.queries import visible
from hamrong.ui.answers import tell, words
from hamrong.ui.firsts import First
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer

ASK, APPROVE, LEAVE, WITHDRAW = "back", "back-yes", "back-no", "back-own"
"""The buttons."""

ACTS: Final = {ASK: "petition.resort", WITHDRAW: "petition.resort"}


def forms_of(request: HttpRequest) -> dict[str, forms.Form]:
    """Both forms, bound where their button was pressed."""
    do = request.POST.get("do", "")
    return {
        "back_form": BackForm(request.POST if do == ASK else None),
        "leave_form": LeaveForm(request.POST if do == LEAVE else None),
    }


def did(request: HttpRequest, grant: Grant, petition: Petition, given: Mapping[str, forms.Form]) -> bool:
    """Do what one of the buttons asks; a refusal is put on its form, or on the page."""
    do = request.POST.get("do", "")
    form = {ASK: given["back_form"], LEAVE: given["leave_form"]}.get(do)
    if do not in (ASK, APPROVE, LEAVE, WITHDRAW) or (form is not None and not form.is_valid()):
        return False
    by, now = same_post(grant, ACTS.get(do, "petition.resort.approve")), timezone.now()
    answer: object = by
    if isinstance(by, Grant):
        answer = _acted(do, by, petition, form.cleaned_data if form else {}, now)
    if isinstance(answer, Refusal) and form is not None:
        form.add_error(None, words(answer))
        return False
    done = {
        ASK: _("Đã trình. Người khác duyệt thì đơn mới trở lại bước phân loại."),
        APPROVE: _("Đã bỏ phân loại. Đơn chờ phân loại lại."), LEAVE: _("Đã ghi lý do. Phân loại giữ nguyên."),
        WITHDRAW: _("Đã rút đề xuất."),
    }  # fmt: skip
    return tell(request, answer, done[do])


def _acted(do: str, by: Grant, petition: Petition, got: Mapping[str, str], now: Any) -> object:
    if do == ASK:
        return taking_back.propose(by=by, petition=petition, reason=got["reason"], at=now)
    if do == LEAVE:
        return taking_back.refuse(by=by, petition=petition, answer=got["answer"], at=now)
    act = taking_back.approve if do == APPROVE else taking_back.withdraw
    return act(by=by, petition=petition, at=now)


def shown(grant: Grant, petition: Petition) -> dict[str, Any] | None:
    """What the page shows of it; None where there is a case, or nothing was sorted."""
    if not petition.sorting or petition.case_id or petition.erased_on:
        return None
    if not petition.taking_back:
        return {"can_ask": True} if may(grant, "petition.resort") else None
    told = petition.taking_back
    who = names([told["by"], told["in_place_of"]])
    by = same_post(grant, "petition.resort.approve")
    refused = taking_back.may_not_answer(by, petition) if isinstance(by, Grant) else None
    mine = told["by"] == grant.actor.ref
    return {
        "lines": [
            Answer(_("Người đề xuất"), who.get(told["by"], "–") + in_place(who, told["in_place_of"])),
            Answer(_("Ngày"), day(date.fromisoformat(told["on"]))),
            Answer(_("Lý do"), told["reason"]),
        ],
        "mine": mine, "can_answer": isinstance(by, Grant) and refused is None,
        "refused": words(refused) if refused and not mine else "",
    }  # fmt: skip


def waiting(by: Grant) -> list[First]:
    """On the page on which the work of whoever settles begins: that such a proposal of somebody in the unit waits."""
    listing = beside(by, "petition.list")
    if not isinstance(listing, Grant) or listing.holding.role not in SETTLERS:
        return []
    rows = visible.petitions(listing).filter(taking_back__isnull=False, unit=listing.scope)
    many = rows.exclude(taking_back__by=by.actor.ref).count()
    if not many:
        return []
    said = ngettext("%(count)s đơn chờ duyệt bỏ phân loại sai", "%(count)s đơn chờ duyệt bỏ phân loại sai", many)
    title = said % {"count": many}
    return [First("info", title, f"{reverse('petitions_desk:register')}?stands=wrong", _("Xem và trả lời"))]
