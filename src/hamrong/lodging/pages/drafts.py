"""Drafts: saving what was typed, opening it again, throwing it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.law import VIETNAM, Deadline
from hamrong.lodging.actions import drafts as acts
from hamrong.lodging.forms.guest import GuestForm, stay_in
from hamrong.lodging.nights import night_of
from hamrong.lodging.pages.guests import form_page, new_token
from hamrong.lodging.queries import drafts, hosts
from hamrong.lodging.queries.drafts import Opened
from hamrong.lodging.queries.hosts import Establishment
from hamrong.lodging.rules import check
from hamrong.lodging.shapes import Checked


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list: who, from when, and the clock that the law has for them."""

    id: UUID
    name: str
    foreign: bool
    room: str
    due: Deadline
    saved_at: datetime


def draft_lines(opened: Sequence[Opened], place: Establishment, now: datetime) -> list[DraftLine]:
    """Drafts with their own deadlines, the most urgent first."""
    lines = [_line(one, place, now) for one in opened]
    return sorted(lines, key=lambda line: line.due.legal)


def _line(one: Opened, place: Establishment, now: datetime) -> DraftLine:
    checked = _checked(GuestForm(dict(one.typed), today=now.astimezone(VIETNAM).date()), place, now)
    name, foreign = one.typed.get("full_name", "").strip(), one.typed.get("kind") == "foreigner"
    return DraftLine(one.id, name, foreign, one.typed.get("room", ""), checked.deadline, one.saved_at)


def _checked(form: GuestForm, place: Establishment, now: datetime) -> Checked:
    form.is_valid()
    stay = stay_in(form, place.code)
    return check(stay, now=now, establishment_kind=place.kind, area=place.area, draft=True)


@require_POST
@guarded("stay.draft", "establishment")
def save(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Keep what was typed, however little it is."""
    now, place = timezone.now(), hosts.own(grant)
    form = GuestForm(request.POST, today=now.astimezone(VIETNAM).date())
    checked = _checked(form, place, now)
    night = checked.night if form.cleaned_data.get("arrival_day") else night_of(now)
    acts.save_draft(by=grant, typed=form.typed(), night=night, at=now, draft=form.cleaned_data.get("draft"))
    messages.success(request, _("Đã lưu nháp. Nháp chưa phải là thông báo: hãy gửi trước khi hết hạn."))
    return redirect("lodging:tonight", establishment=establishment)


@require_safe
@guarded("stay.draft", "establishment")
def open_draft(request: HttpRequest, grant: Grant, establishment: str, draft: UUID) -> HttpResponse:
    """The form with what was typed before."""
    now, opened = timezone.now(), drafts.draft(grant, draft)
    if opened is None:
        raise Http404
    enter(grant, subject=f"draft:{draft}", at=now, opened=True)
    initial = {**opened.typed, "draft": str(draft), "token": new_token()}
    form = GuestForm(initial=initial, today=now.astimezone(VIETNAM).date())
    return form_page(request, grant, hosts.own(grant), form, now)


@require_POST
@guarded("stay.draft", "establishment")
def delete(request: HttpRequest, grant: Grant, establishment: str, draft: UUID) -> HttpResponse:
    """Throw a draft away."""
    if acts.delete_draft(by=grant, draft=draft, at=timezone.now()):
        messages.success(request, _("Đã xóa bản nháp."))
    return redirect("lodging:tonight", establishment=establishment)
