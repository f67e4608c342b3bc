"""Recalling a signed paper at the desk."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.papers import queries
from hamrong.papers.actions.recalling import recall
from hamrong.papers.catalog import form
from hamrong.papers.forms import RecallForm, label
from hamrong.papers.known import document
from hamrong.papers.pages.desk import for_its_purpose
from hamrong.papers.tables import address
from hamrong.ui.answers import private, tell, words


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("paper.recall", "own")
def recall_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Why, and what takes its place; a paper that does not stand is not there."""
    paper = queries.for_any_purpose(grant).filter(pk=number, state="signed", recall__isnull=True).first()
    if paper is None:
        raise Http404
    for_its_purpose(grant, paper)
    others = {str(each.pk): each for each in queries.signed(grant, paper.ref).exclude(pk=number)}
    choices = [(key, f"{label(form(each.form))}: {document(each)}") for key, each in others.items()]
    asked, here = RecallForm(choices, request.POST or None), address("paper", paper.purpose, number)
    if request.method == "POST" and asked.is_valid():
        got, now = asked.cleaned_data, timezone.now()
        instead = others.get(got["replacement"])
        answer = recall(by=grant, paper=paper, reason=got["reason"], replacement=instead, at=now)
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã thu hồi văn bản."))
            return redirect(here)
        asked.add_error(None, words(answer))
    values = {"paper": paper, "title": label(form(paper.form)), "document": document(paper)}
    values |= {"form": asked, "back": here}
    return private(request, "papers/recall.html", values)
