"""Covering words of what was told: choose, look, keep; of a sealed petition with its handler's open key."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import same_post
from hamrong.papers.printing import can_print
from hamrong.petitions.actions.covering import cover
from hamrong.petitions.actions.intake import TEXT
from hamrong.petitions.covering import COVER, covered, suggested
from hamrong.petitions.forms.covering import CoverForm
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.register import number_of
from hamrong.petitions.queries import reading, visible
from hamrong.petitions.told import Content, content_of
from hamrong.sealed import drafts, unlocked
from hamrong.sealed.actions.reports import content_key, read_report
from hamrong.sealed.pages.frame import closed, typed_before
from hamrong.sealed.rings import person_of
from hamrong.ui.answers import private, tell
from hamrong.ui.places import lies_at

NO_PRINTER: Final = Refusal(
    "state", "Máy chủ thiếu thư viện Pango nên chưa lập được PDF. Báo người quản trị.",
    "The server lacks the library Pango, so no PDF can be made. Tell whoever runs it.",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.read", "own")
def cover_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A covered copy of a petition that is not sealed."""
    petition = _one(grant, number)
    if petition.content is None:
        raise Http404
    enter(grant, subject=f"petition:{petition.pk}", at=timezone.now())
    return _covering(request, grant, petition, reading.opened(petition))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.read", "own")
def sealed_cover_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A covered copy of a sealed petition, for colleagues who hold no key of it."""
    petition, ring = _one(grant, number), unlocked.find(request, grant)
    report = visible.sealed_report(grant, petition)
    if report is None:
        raise Http404
    if ring is None:
        return closed(request, grant)
    parts, key = read_report(by=grant, report=report, ring=ring, at=timezone.now()), content_key(report, ring)
    if isinstance(parts, Refusal) or isinstance(key, Refusal):
        raise Http404
    typed = typed_before(request, ring)
    return _covering(request, grant, petition, content_of(parts[TEXT]), key, typed.get("phrases", ""))


def _one(by: Grant, number: UUID) -> Petition:
    found = visible.petitions(by).filter(pk=number, number__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _covering(
    request: HttpRequest, grant: Grant, petition: Petition, original: Content, key: bytes | None = None,
    typed: str = "",
) -> HttpResponse:  # fmt: skip
    form = CoverForm(request.POST or None, initial={"phrases": typed or "\n".join(_first(original))})
    phrases = form.chosen() if form.is_bound and form.is_valid() else _first(original)
    if request.POST.get("do") == "keep" and form.is_valid():
        by = same_post(grant, "petition.cover")
        answer: object = by if isinstance(by, Refusal) else NO_PRINTER
        if not isinstance(by, Refusal) and can_print():
            answer = cover(by=by, petition=petition, original=original, phrases=phrases, at=timezone.now(), key=key)
        if tell(request, answer, _("Đã lưu bản che vào tệp của đơn.")):
            drafts.forget(person_of(grant), request.path)
            return redirect("petitions_desk:petition", number=petition.pk)
    lies_at(request, reverse("petitions_desk:register"))
    text = covered("\n\n".join(each for each in (original.subject, original.text, original.against) if each), phrases)
    back = "petitions_desk:sealed" if key else "petitions_desk:petition"
    values = {
        "petition": petition, "number": number_of(petition), "form": form, "text": text, "count": text.count(COVER),
        "back": reverse(back, args=[petition.pk]),
    }  # fmt: skip
    return private(request, "petitions/desk/cover.html", values)


def _first(original: Content) -> list[str]:
    """What is covered unless the officer says otherwise."""
    known = [part for one in original.senders for part in (one.name, one.document, one.phone, one.address)]
    return suggested(f"{original.subject}\n{original.text}\n{original.against}", known)
