"""What anybody may read about lodging: the duty in plain words, deadlines worked out, the ledger of outages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.web import open_to_all
from hamrong.law import Deadline, LawError, deadline
from hamrong.lodging.forms.calculator import DeadlineForm
from hamrong.lodging.nights import coming_deadline
from hamrong.lodging.pages.shown import local
from hamrong.lodging.queries import outages as ledger


@require_safe
@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    """The duty in plain words, with the law under which it stands today."""
    now = timezone.now()
    due = coming_deadline(now)
    return render(request, "lodging/public/about.html", {"due": due, "now": now, "why": due.as_dict(_language())})


@require_safe
@open_to_all
def calculator(request: HttpRequest) -> HttpResponse:
    """From an arrival to the deadline, step by step, article by article."""
    now = timezone.now()
    beginning = {"kind": "citizen", "day": f"{local(now):%d/%m/%Y}", "clock": f"{local(now):%H:%M}", "area": "normal"}
    form = DeadlineForm(request.GET) if "day" in request.GET else DeadlineForm(initial=beginning)
    due = _worked_out(form) if form.is_bound and form.is_valid() else None
    shown = {"form": form, "due": due, "now": now, "why": due.as_dict(_language()) if due else None}
    return render(request, "lodging/public/calculator.html", shown)


def _worked_out(form: DeadlineForm) -> Deadline | None:
    foreign = form.cleaned_data["kind"] == "foreigner"
    try:
        if foreign:
            return deadline("lodging.foreigner", form.arrival, params={"area": form.cleaned_data["area"]})
        return deadline("lodging.notify", form.arrival)
    except LawError:
        form.add_error("day", _("Chưa có quy định được lưu cho ngày này."))
        return None


@require_safe
@open_to_all
def outages(request: HttpRequest) -> HttpResponse:
    """When notifications could not be received: whoever was late then is not to blame."""
    return render(request, "lodging/public/outages.html", {"outages": ledger.published(), "now": timezone.now()})


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
