"""Reporting a guest: scan or type, check the answers, send, get the receipt."""

import secrets
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.law import VIETNAM
from hamrong.lodging.actions.drafts import notify_typed
from hamrong.lodging.actions.intake import place_to_notify
from hamrong.lodging.forms.guest import KEPT, GuestForm, beginning, said, stay_in
from hamrong.lodging.forms.scans import Scan, scanned
from hamrong.lodging.pages.cursors import read_cursor
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.pages.shown import answers_of_form, local
from hamrong.lodging.queries import hosts
from hamrong.lodging.queries.hosts import Establishment, Stay
from hamrong.lodging.rules import check
from hamrong.lodging.shapes import Checked
from hamrong.ui.answers import words
from hamrong.ui.errors import forbidden

ROOMS_SHOWN: Final = 500


def new_token() -> str:
    """What tells one sending of the form from another."""
    return secrets.token_urlsafe(18)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("stay.notify", "establishment")
def new_guest(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """The form and what its buttons do: `read` a scan, `check` the answers, `edit` again, `notify`."""
    now = timezone.now()
    place = place_to_notify(grant, establishment)
    if isinstance(place, Refusal):
        return _refused(request, grant, place)
    if request.method != "POST":
        form = GuestForm(initial=_initial(request, grant, now), today=local(now).date())
        return form_page(request, grant, place, form, now)
    form = GuestForm(request.POST, today=local(now).date())
    do = request.POST.get("do", "read")
    if do == "read" and (request.POST.get("scan", "").strip() or request.POST.get("scan_before", "").strip()):
        return _read(request, grant, place, now)
    if do == "edit":
        return form_page(request, grant, place, _again(form, now), now)
    return _judge(request, grant, place, form, now, send=do == "notify")


def _refused(request: HttpRequest, grant: Grant, refusal: Refusal) -> HttpResponse:
    if refusal.reason == "state":
        messages.error(request, words(refusal))
        return redirect("lodging:tonight", establishment=grant.scope)
    return forbidden(request)


def _initial(request: HttpRequest, grant: Grant, now: datetime) -> dict[str, Any]:
    """A new form, or one for somebody who came along with a guest reported before."""
    initial = beginning(now, new_token())
    first = _companion_of(request, grant)
    if first is None:
        return initial
    enter(grant, subject=f"stay:{first.pk}", at=now, companion=True)
    arrival, departure = local(first.arrival_at), first.planned_departure_at and local(first.planned_departure_at)
    shared = {
        "residence": first.residence,
        "room": first.room,
        "reason": first.reason,
        "reason_text": first.reason_text,
        "arrival_day": f"{arrival:%d/%m/%Y}",
        "arrival_clock": f"{arrival:%H:%M}",
        # of two children the second has the same guardian, not the first child
        "guardian": first.guardian or first.full_name,
        "companion": request.GET["with"],
    }
    if departure:
        shared |= {"departure_day": f"{departure:%d/%m/%Y}", "departure_clock": f"{departure:%H:%M}"}
    return {**initial, **shared}


def _companion_of(request: HttpRequest, grant: Grant) -> Stay | None:
    """The stay that `?with=<night>.<id>` names, where it is the establishment's own."""
    named = read_cursor(request.GET.get("with", ""))
    return hosts.stay(grant, *named) if named else None


def _again(form: GuestForm, now: datetime, changed: dict[str, str] | None = None) -> GuestForm:
    """The same form unbound, with everything that was typed and some of it changed."""
    hidden = {name: form.data.get(name, "") for name in ("token", "draft")}
    return GuestForm(initial={**form.typed(), **hidden, **(changed or {})}, today=local(now).date())


def _read(request: HttpRequest, grant: Grant, place: Establishment, now: datetime) -> HttpResponse:
    """Fill the form from a scan; what was typed stays where the document says nothing."""
    posted = GuestForm(request.POST, today=local(now).date())
    scan = scanned(request.POST.get("scan", ""), request.POST.get("scan_before", ""), local(now).date(), now)
    changed = {**scan.values, "scan_before": scan.waiting}
    if scan.problem:
        changed["scan"] = request.POST.get("scan", "")
    return form_page(request, grant, place, _again(posted, now, changed), now, scan=scan)


def form_page(
    request: HttpRequest,
    grant: Grant,
    place: Establishment,
    form: GuestForm,
    now: datetime,
    *,
    scan: Scan | None = None,
) -> HttpResponse:
    """The form, with the deadline that a guest who arrives now has."""
    rooms = [room.name for room in hosts.rooms(grant)[:ROOMS_SHOWN]]
    focus = "room" if scan and scan.values else "scan"
    return host_page(
        request,
        grant,
        place,
        "guest_form",
        here="new_guest",
        form=form,
        rooms=rooms,
        scan=scan,
        focus=focus,
        companion=bool(form["companion"].value()),
        now=now,
    )


def _judge(
    request: HttpRequest, grant: Grant, place: Establishment, form: GuestForm, now: datetime, *, send: bool
) -> HttpResponse:
    """The rules' verdict: back to the form, on to the answers, or sent."""
    valid = form.is_valid()
    checked = check(stay_in(form, place.code), now=now, establishment_kind=place.kind, area=place.area)
    if not valid or checked.stay is None:
        form.refuse(checked.issues)
        return form_page(request, grant, place, form, now)
    if not send:
        return _answers(request, grant, place, form, checked, now)
    taken = notify_typed(
        by=grant,
        place=place,
        checked=checked,
        token=form.cleaned_data["token"],
        at=now,
        draft=form.cleaned_data["draft"],
    )
    if taken.facts is None:
        return form_page(request, grant, place, form, now)
    if taken.outcome == "duplicate":
        messages.info(
            request, _("Khách này đã được thông báo cho đêm nay rồi. Đây là biên nhận đã cấp, không có thông báo mới.")
        )
    return redirect("lodging:host_receipt", establishment=place.code, code=taken.facts.code)


def _answers(
    request: HttpRequest, grant: Grant, place: Establishment, form: GuestForm, checked: Checked, now: datetime
) -> HttpResponse:
    """Everything once more before it is sent; warnings are shown here, once, and do not stop anybody."""
    warnings = [said(issue) for issue in checked.issues if issue.severity == "warning"]
    notes = [said(issue) for issue in checked.issues if issue.severity == "info"]
    carried = [*form.typed().items(), ("token", form.data.get("token", "")), ("draft", form.data.get("draft", ""))]
    return host_page(
        request,
        grant,
        place,
        "guest_check",
        here="new_guest",
        answers=answers_of_form(form),
        warnings=warnings,
        notes=notes,
        carried=carried,
        due=checked.deadline,
        on_time=checked.on_time,
        now=now,
    )


__all__ = ["KEPT", "VIETNAM", "form_page", "new_guest", "new_token"]
