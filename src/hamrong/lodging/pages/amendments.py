"""What may be done to a stay: extend, leave early, depart, cancel, correct; each asks once and gives a new receipt."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.lodging.actions.amendments import Amended, Change, amend
from hamrong.lodging.forms.amendments import CorrectionForm, ReasonForm, WhenForm, moment_before, typed_of
from hamrong.lodging.forms.guest import said, stay_in
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.pages.shown import answers_of_form, local, moment
from hamrong.lodging.pages.stays import acts_of, address_of
from hamrong.lodging.queries import hosts
from hamrong.lodging.queries.hosts import Stay
from hamrong.lodging.rules import StayIn, check
from hamrong.ui.answers import words

TITLES: Final[Mapping[str, str | Promise]] = {
    "extend": _("Khách ở thêm"),
    "leave_early": _("Khách sẽ đi sớm hơn"),
    "depart": _("Khách đã đi"),
    "cancel": _("Hủy thông báo"),
    "correct": _("Sửa thông báo"),
}
AGAIN: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "depart": (_("Sửa giờ đi"), _("Chọn lúc khách thật sự đã trả phòng. Giờ đã báo trước vẫn được lưu.")),
    "extend": (
        _("Khách chưa đi"),
        _("Chọn lúc khách dự kiến đi. Lần đã báo khách đi vẫn được lưu."),
    ),
}
"""Title and lead where the guest was said to have left: what mends that."""

LEADS: Final[Mapping[str, str | Promise]] = {
    "extend": _("Chọn lúc khách dự kiến đi. Từ 30 ngày trở lên thì phải đăng ký tạm trú."),
    "leave_early": _("Chọn lúc khách dự kiến đi, sớm hơn dự kiến cũ."),
    "depart": _("Chọn lúc khách đã trả phòng."),
    "cancel": _("Chỉ hủy khi khách không lưu trú. Bản đã gửi và lý do hủy vẫn được lưu."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("stay.amend", "establishment")
def act(request: HttpRequest, grant: Grant, establishment: str, night: date, stay: UUID, act: str) -> HttpResponse:
    """One of the small acts: its form, and what it does."""
    now, row = timezone.now(), _stay(grant, night, stay)
    if act not in acts_of(row):
        messages.error(request, _("Lượt lưu trú không còn ở trạng thái cho phép việc này."))
        return redirect(address_of(row, establishment))
    shape = ReasonForm if act == "cancel" else WhenForm
    if request.method != "POST":
        enter(grant, subject=f"stay:{row.pk}", at=now, opened=act)
        return _form(request, grant, row, shape(initial=moment_before(act, row, now)), act, now)
    form = shape(request.POST)
    if not form.is_valid():
        return _form(request, grant, row, form, act, now)
    change = (
        Change(act, when=form.when) if isinstance(form, WhenForm) else Change(act, reason=form.cleaned_data["reason"])
    )
    answer = amend(by=grant, stay=row.pk, night=row.night, change=change, at=now, version=form.cleaned_data["version"])
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return _form(request, grant, row, form, act, now)
    if act == "depart":
        messages.success(request, _("Đã ghi khách đi lúc %(time)s.") % {"time": moment(answer.stay.departed_at)})
    elif row.state == "departed":
        messages.success(request, _("Đã ghi khách chưa đi."))
    return _done(establishment, answer)


def _stay(grant: Grant, night: date, identifier: UUID) -> Stay:
    row = hosts.stay(grant, night, identifier)
    if row is None:
        raise Http404
    return row


def _form(
    request: HttpRequest, grant: Grant, row: Stay, form: WhenForm | ReasonForm, act: str, now: datetime
) -> HttpResponse:
    title, lead = (AGAIN if row.state == "departed" else {}).get(act, (TITLES[act], LEADS.get(act, "")))
    return host_page(
        request,
        grant,
        hosts.own(grant),
        "amend",
        here="guests",
        stay=row,
        form=form,
        act=act,
        title=title,
        lead=lead,
        now=now,
    )


def _done(establishment: str, answer: Amended) -> HttpResponse:
    return redirect("lodging:host_receipt", establishment=establishment, code=answer.facts.code)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("stay.amend", "establishment")
def correct(request: HttpRequest, grant: Grant, establishment: str, night: date, stay: UUID) -> HttpResponse:
    """Correct what was notified: the whole form again, checked again, with a reason."""
    now, row, place = timezone.now(), _stay(grant, night, stay), hosts.own(grant)
    today = local(now).date()
    if "correct" not in acts_of(row):
        messages.error(request, _("Lượt lưu trú không còn ở trạng thái cho phép việc này."))
        return redirect(address_of(row, establishment))
    if request.method != "POST":
        enter(grant, subject=f"stay:{row.pk}", at=now, opened="correct", document=True)
        return _correction(
            request, grant, row, CorrectionForm(initial=typed_of(row, hosts.number_of(row)), today=today)
        )
    form = CorrectionForm(request.POST, today=today)
    if request.POST.get("do") == "edit":
        again = {**form.typed(), "token": "-"}
        return _correction(request, grant, row, CorrectionForm(initial=again, today=today))
    checked = check(_bound(form, place.code), now=now, establishment_kind=place.kind, area=place.area)
    if not form.is_valid() or checked.stay is None:
        form.refuse(checked.issues)
        return _correction(request, grant, row, form)
    if request.POST.get("do") != "send":
        warnings = [said(one) for one in checked.issues if one.severity == "warning" and one.code != "stay.late"]
        return host_page(
            request,
            grant,
            place,
            "correct_check",
            here="guests",
            stay=row,
            answers=answers_of_form(form),
            warnings=warnings,
            carried=[*form.typed().items(), ("token", "-")],
            why=form.cleaned_data["why"],
        )
    change = Change("correct", corrected=checked, reason=form.cleaned_data["why"])
    answer = amend(by=grant, stay=row.pk, night=row.night, change=change, at=now, version=form.cleaned_data["version"])
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return _correction(request, grant, row, form)
    return _done(establishment, answer)


def _bound(form: CorrectionForm, establishment: str) -> StayIn:
    form.is_valid()
    return stay_in(form, establishment)


def _correction(request: HttpRequest, grant: Grant, row: Stay, form: CorrectionForm) -> HttpResponse:
    rooms = [room.name for room in hosts.rooms(grant)]
    return host_page(
        request,
        grant,
        hosts.own(grant),
        "correct",
        here="guests",
        stay=row,
        form=form,
        rooms=rooms,
        title=TITLES["correct"],
    )
