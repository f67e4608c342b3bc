"""What petitions are called, and taking one in at the counter, by post, by telephone or from the page of the unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.walls import for_a_while
from hamrong.access.web import guarded
from hamrong.kernel.seal import followup
from hamrong.papers.forms import FilesForm
from hamrong.petitions.actions.files import Outcome, add_files, hand_in_files
from hamrong.petitions.actions.intake import Handed, hand_in, hand_up
from hamrong.petitions.forms.officers import EVERY_DOOR, KINDS, OUTCOMES, UNKNOWN, TakeForm
from hamrong.petitions.models import Petition, Reception
from hamrong.petitions.pages.files import kept_names, refused_names
from hamrong.petitions.queries.conflicts import against
from hamrong.petitions.queries.receptions import recent
from hamrong.petitions.rules import Kind
from hamrong.sealed.actions.reports import NO_HANDLER
from hamrong.sealed.reporters import reporter
from hamrong.ui.answers import private, words
from hamrong.ui.formats import day
from hamrong.ui.places import lies_at
from hamrong.ui.qr import qr_of


def kind_words(code: str) -> str:
    """What a kind of petition is called."""
    return str(dict(KINDS)[code])


def door_words(code: str) -> str:
    """How a petition came in."""
    return str(dict(EVERY_DOOR)[code])


def outcome_words(code: str) -> str:
    """What a petition was sorted to."""
    return str(dict(OUTCOMES)[code]) if code else _("Chưa phân loại")


def number_of(petition: Petition) -> str:
    """Its line in the register: number/year; a dash before that."""
    return f"{petition.number}/{petition.year}" if petition.number else _("Chưa vào sổ")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.hand-in", "own")
def take_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Take a petition in; its sender's code is shown once, to be printed and handed out."""
    now = timezone.now()
    form = take_form(grant, request.POST or None, {"reception": request.GET.get("reception", "")})
    if request.method == "POST" and form.is_valid():
        answer = _taken(grant, form, now)
        if not isinstance(answer, Refusal):
            code = form.cleaned_data["code"]
            return taken_page(request, answer, code, _files(request, grant, answer, code))
        form.add_error(None, words(answer))
    return _page(request, "take", {"form": form, "picker": FilesForm()})


def _taken(by: Grant, form: TakeForm, at: datetime) -> Petition | Refusal:
    """Taken in for the own unit; by the province where nobody here may have it, or nobody knows who is denounced."""
    handed, below = _handed(by, form), by.scope_kind == "ward"
    if below and handed.is_sealed and form.cleaned_data["away"] == UNKNOWN:
        return hand_up(by=by, handed=handed, at=at)
    answer = hand_in(by=by, handed=handed, at=at)
    return hand_up(by=by, handed=handed, at=at) if below and answer == NO_HANDLER else answer


def _files(request: HttpRequest, grant: Grant, petition: Petition, code: str) -> list[Outcome]:
    """What came with it, kept as its sender's; where it is sealed, the code at hand opens it for this once."""
    by, files = beside(grant, "attachment.add", "petition"), request.FILES.getlist("attached")
    sender = reporter(code, "attachment.hand-in")
    if petition.unit != grant.scope and isinstance(sender, Grant):  # it was handed up
        with for_a_while(sender):
            return hand_in_files(code=code, files=files, at=timezone.now()) or []
    if isinstance(by, Refusal):
        return [Outcome(one.name or "", by) for one in files]
    return add_files(by=by, petition=petition, code=code, files=files, at=timezone.now())


def take_form(by: Grant, sent: Mapping[str, Any] | None, first: Mapping[str, Any]) -> TakeForm:
    """The form by which a petition is taken in, with the latest receptions of the unit to choose from."""
    today = timezone.localdate()
    held = {str(one.pk): (_held(one), one.held_on) for one in recent(by, by.scope)}
    at_one = {"door": "reception", "received_on": held[first["reception"]][1]} if first.get("reception") in held else {}
    initial = {"code": followup.new_code(), "received_on": today, **at_one, **first}
    return TakeForm(sent, today=today, held=held, initial=initial)


def _held(one: Reception) -> str:
    return _("Số %(number)s, ngày %(day)s") % {"number": f"{one.number}/{one.year}", "day": day(one.held_on)}


def _handed(by: Grant, form: TakeForm) -> Handed:
    got = form.cleaned_data
    sealed = got["kind"] == "denunciation"
    return Handed(
        code=got["code"], kind=cast("Kind", got["kind"]), door=got["door"], unit=by.scope,
        received_on=got["received_on"], content=form.told(), origin="" if sealed else got["origin"],
        against=against(got["against"], {got["away"]} - {"", UNKNOWN}),
        reception=UUID(got["reception"]) if got["reception"] else None,
    )  # fmt: skip


def taken_page(request: HttpRequest, petition: Petition, code: str, files: Sequence[Outcome] = ()) -> HttpResponse:
    """The number and the code of a petition that was taken in: the code is shown this once; its files.

    The page has no form, so that it is not kept with what was typed (`site/unsent.py`).
    """
    told: dict[str, object] = {"petition": petition, "up": petition.number is None, "number": number_of(petition)}
    told |= {"code": code, "qr": qr_of(code, error="q")}
    return _page(request, "taken", {**told, "refused": refused_names(files), "kept": kept_names(files)})


def _page(request: HttpRequest, name: str, values: dict[str, object]) -> HttpResponse:
    lies_at(request, reverse("petitions_desk:take"))
    return private(request, f"petitions/desk/{name}.html", values)
