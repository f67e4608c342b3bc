"""Taking or proposing a step: the form comes from the row of the course; a refusal says why and loses nothing."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import able_to_decide, named
from hamrong.access.web import Refused, guarded
from hamrong.cases import along
from hamrong.cases.actions.approvals import propose
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.courses import Step, course
from hamrong.cases.models import Case
from hamrong.cases.queries import visible
from hamrong.casework.forms import StepForm
from hamrong.casework.pages.frame import level_of, on_behalf, one, page, posts, result_of, same_post, state_of, title_of
from hamrong.casework.pages.lasting import ended_by
from hamrong.casework.pages.papers import needed, resting
from hamrong.ui.answers import tell, words


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.read", "own")
def step_page(request: HttpRequest, grant: Grant, number: UUID, act: str) -> HttpResponse:
    """The form of a step, and the step."""
    case = one(grant, number)
    step = _step(case, act)
    by = same_post(grant, act)
    if isinstance(by, Refusal):
        raise Refused(by)
    need = needed(grant, case, step)
    lacking = need.label if need and not need.signed and not step.register else ""
    results = [(each, result_of(case, each)) for each in step.results]
    deciders, barred = _deciders(by, case, step)
    form = StepForm(
        step, request.POST or None, papers=resting(grant, case, step), lacking=lacking, results=results,
        deciders=deciders,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.told(timezone.now(), _latest(grant, case))
        answer = _done(by, case, step, told, revision_of(request), form.cleaned_data.get("asked", ""))
        if not isinstance(answer, Refusal):
            done = _("Đã đề xuất, chờ người khác duyệt.") if step.approvers else f"{words(step.words.done)}."
            tell(request, answer, done)
            return redirect("casework:case", number=case.pk)
        form.add_error(None, words(answer))
        case.refresh_from_db()
    values = {
        "case": case, "title": title_of(case), "state": state_of(case), "step": step, "words": words(step.words),
        "target": state_of(case, step.target), "form": form, "here": step.source == case.state,
        "need": need, "approvers": posts(step.approvers, level_of(grant, case)), "stays": step.source == step.target,
        "for_whom": on_behalf(grant, act), "nobody": barred and not deciders, "ending": ended_by(grant, case, step),
        "note": words(of.notes[step.act]) if step.act in (of := course(case.course)).notes else "",
    }  # fmt: skip
    return page(request, "step", values)


def _step(case: Case, act: str) -> Step:
    """The row for where the case stands; where it has moved on, any row of the act, so that what was typed stays."""
    of = course(case.course)
    found = of.step(act, case.state) or next((step for step in of.every_step if step.act == act), None)
    if found is None:
        raise Http404
    return found


def _done(by: Grant, case: Case, step: Step, told: Told, revision: int, asked: str) -> object:
    now = timezone.now()
    if step.approvers:
        return propose(by=by, case=case, revision=revision, told=told, at=now, asked=asked)
    return take(by=by, case=case, revision=revision, told=told, at=now)


def _deciders(by: Grant, case: Case, step: Step) -> tuple[list[tuple[str, str]], bool]:
    """Before whom it can be laid by name; whether others have the post and do not decide in this case."""
    found = able_to_decide(by, timezone.localdate(), step.approvers) if step.approvers else []
    able = along.could_decide(by, case, [one.pk for one in found])
    return [(f"person:{one.pk}", named(one)) for one in found if one.pk in able], len(able) < len(found)


def _latest(by: Grant, case: Case) -> datetime | None:
    last = visible.facts(by).filter(case=case).order_by("-revision").first()
    return last.effective_at if last else None


def revision_of(request: HttpRequest) -> int:
    """The revision that the taker saw; none that a case can have where the form does not say it."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
