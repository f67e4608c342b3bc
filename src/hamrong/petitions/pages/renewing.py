"""A new code for a sender who lost theirs and shows who they are; of a sealed petition once its identity was opened."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import same_post
from hamrong.kernel.seal import followup
from hamrong.petitions.actions import codes
from hamrong.petitions.forms.renewing import RenewForm
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.register import number_of
from hamrong.petitions.queries import visible
from hamrong.sealed import unlocked
from hamrong.sealed.pages.frame import closed
from hamrong.ui.answers import private, words
from hamrong.ui.places import lies_at
from hamrong.ui.qr import qr_of


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.renew", "own")
def renew_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A new code for the sender of a petition that is not sealed, by the document that they show."""
    petition = _one(grant, number)
    if petition.content is None:
        raise Http404
    form = _form(request, sealed=False)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        answer = codes.reissue(
            by=grant, petition=petition, document=told["document"], new=told["code"], at=timezone.now()
        )
        if answer is None:
            return _given(request, petition, told["code"], reverse("petitions_desk:petition", args=[number]))
        form.add_error(None, words(answer))
    else:
        enter(grant, subject=f"petition:{petition.pk}", at=timezone.now())
    return _page(request, petition, {"form": form, "back": reverse("petitions_desk:petition", args=[number])})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.read", "own")
def sealed_renew_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The same for a sealed petition: by a reader for whom its identity was opened today."""
    petition, ring = _one(grant, number), unlocked.find(request, grant)
    report = visible.sealed_report(grant, petition)
    if report is None:
        raise Http404
    if ring is None:
        return closed(request, grant)
    form, now, back = _form(request, sealed=True), timezone.now(), reverse("petitions_desk:sealed", args=[number])
    if form.is_bound and form.is_valid():
        by, new = same_post(grant, "petition.renew"), form.cleaned_data["code"]
        answer = by if isinstance(by, Refusal) else codes.reissue_sealed(
            by=by, petition=petition, report=report, ring=ring, new=new, at=now
        )  # fmt: skip
        if answer is None:
            return _given(request, petition, new, back)
        form.add_error(None, words(answer))
    opened = codes.is_opened(report, ring, now)
    enter(grant, subject=f"sealed:{report.pk}", at=now)
    return _page(request, petition, {"form": form, "back": back, "report": report, "opened": opened})


def _one(by: Grant, number: UUID) -> Petition:
    found = visible.petitions(by).filter(pk=number, erased_on=None).first()
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, *, sealed: bool) -> RenewForm:
    """The form of a new code; one that was changed by hand on its way is made anew."""
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None:
        sent["code"] = followup.read(sent.get("code", "")) or followup.new_code()
    return RenewForm(sent, sealed=sealed, initial={"code": followup.new_code()})


def _page(request: HttpRequest, petition: Petition, values: dict[str, Any]) -> HttpResponse:
    lies_at(request, reverse("petitions_desk:register"))
    told = {"petition": petition, "number": number_of(petition), **values}
    return private(request, "petitions/desk/renew.html", told)


def _given(request: HttpRequest, petition: Petition, code: str, back: str) -> HttpResponse:
    """The new code, shown this once; a page without a form, so that it is not kept (`site/unsent.py`)."""
    lies_at(request, reverse("petitions_desk:register"))
    told = {"number": number_of(petition), "code": code, "qr": qr_of(code, error="q"), "back": back}
    return private(request, "petitions/desk/renewed.html", told)
