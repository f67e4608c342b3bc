"""Giving a report to somebody else of the own unit."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import colleagues
from hamrong.access.roles import roles
from hamrong.access.web import guarded
from hamrong.sealed import queries
from hamrong.sealed.actions import handing
from hamrong.sealed.actions.lending import readers
from hamrong.sealed.actions.reports import Place
from hamrong.sealed.apart import apart
from hamrong.sealed.forms import HandForm
from hamrong.sealed.models import Report
from hamrong.sealed.pages.frame import called, next_place, opened
from hamrong.sealed.policy import HANDLERS
from hamrong.sealed.rings import person_of
from hamrong.ui.answers import private, tell, words


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.hand", "own")
def hand_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Choose who gets the content's key, and who goes on having it."""
    report = queries.reports(grant).filter(pk=number).first()
    if report is None:
        raise Http404
    people = _colleagues(grant, report)
    reading = readers(report)
    labels = [(str(who), _("%(who)s, đang đọc được") % {"who": name} if who in reading else name)
              for who, name in people.items()]  # fmt: skip
    form = HandForm(labels, request.POST or None)
    ring = opened(grant, form) if request.method == "POST" and form.is_valid() else None
    if ring is not None:
        given = form.cleaned_data
        who = frozenset(map(UUID, given["person"]))
        answer = handing.hand_over(
            by=grant, report=report, ring=ring, to=Place(report.ward, who), at=timezone.now(),
            adding=given["way"] == "adding",
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            names = ", ".join(people[each] for each in people if each in who)
            tell(request, answer, _("Đã giao cho %(who)s.") % {"who": names})
            return redirect(next_place(request, request.path))
        form.add_error("person", words(answer))
    lacking = _without_keys(grant, report) if not people else []
    return private(request, "sealed/hand.html", {"form": form, "people": people, "lacking": lacking, "posts": _posts()})


def _without_keys(by: Grant, report: Report) -> list[str]:
    """Colleagues whose post reads such reports and who have made no key yet, by name."""
    today = timezone.localdate()
    fitting = {who for who, held in colleagues(by, today).items() if not held.isdisjoint(HANDLERS)}
    keyless = fitting - {each.person for each in queries.candidates(today)} - {person_of(by)} - apart(by, report)
    return sorted(called(keyless).values())


def _posts() -> str:
    """The posts that read such reports, in words."""
    return ", ".join(words(roles()[each]) for each in HANDLERS)


def _colleagues(by: Grant, report: Report) -> dict[UUID, str]:
    """Handlers of the report's unit with a key, without whoever asks and who keeps away from it, by their names."""
    able = queries.candidates(timezone.localdate())
    fitting = queries.settling(report.ward, able) - {person_of(by)} - apart(by, report)
    return dict(sorted(called(fitting).items(), key=lambda one: one[1]))
