"""A proposal as its second person sees it: word for word; approve, refuse, or take one's own back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.cases import along
from hamrong.cases.actions import approvals
from hamrong.cases.courses import course
from hamrong.cases.models import Proposal
from hamrong.cases.queries import visible
from hamrong.casework.forms import AnswerForm
from hamrong.casework.pages.frame import (
    act_words,
    in_place,
    in_post,
    names,
    on_behalf,
    one,
    page,
    result_of,
    same_post,
    state_of,
    title_of,
)
from hamrong.casework.pages.lasting import ended_by
from hamrong.casework.pages.papers import papers_shown
from hamrong.law import rule
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import cited, day, moment
from hamrong.ui.parts import Answer


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.read", "own")
def proposal_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """What is proposed, and the answers to it."""
    proposal = visible.proposals(grant).filter(pk=number).select_related("case").first()
    if proposal is None:
        raise Http404
    case = one(grant, proposal.case_id)
    form = AnswerForm(request.POST if request.POST.get("do") == "refuse" else None)
    if request.method == "POST":
        answer = _answered(request, grant, proposal, form)
        if answer is not None and not isinstance(answer, Refusal):
            return redirect("casework:case", number=case.pk)
    now = timezone.now()
    mine = proposal.proposed_by == grant.actor.ref
    open_still = visible.proposals(grant).filter(pk=number, state="waiting", expires_at__gt=now).exists()
    enter(grant, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=now, proposal=str(number))
    step = course(case.course).step(proposal.act, case.state)
    barred = _barred(grant, proposal) if open_still and not mine else None
    values = {
        "case": case, "title": title_of(case), "words": act_words(case, proposal.act), "facts": _facts(proposal),
        "form": form, "mine": mine, "open": open_still, "proposal": proposal,
        "for_whom": on_behalf(grant, f"{proposal.act}.approve"), "papers": papers_shown(grant, case),
        "can": open_still and not mine and _may_decide(grant, proposal) and not barred,
        "barred": words(barred) if barred else "",
        "ending": ended_by(grant, case, step) if open_still and step else [],
        "outcome": None if open_still else _outcome(proposal),
    }  # fmt: skip
    return page(request, "proposal", values)


def _outcome(proposal: Proposal) -> tuple[str, str]:
    """What became of a proposal, and who decided when: for whoever comes second, or presses a button twice."""
    titles = {
        "approved": _("Đề xuất này đã được duyệt"), "refused": _("Đề xuất này không được duyệt"),
        "withdrawn": _("Đề xuất này đã được rút"),
    }  # fmt: skip
    title = titles.get(proposal.state, _("Đề xuất này hết hạn chờ duyệt"))
    who = names([proposal.decided_by, proposal.decided_in_place_of])
    by = who.get(proposal.decided_by, "") + in_place(who, proposal.decided_in_place_of)
    at = moment(proposal.decided_at or proposal.expires_at)
    return title, " · ".join(part for part in (by, at, proposal.answer) if part)


def _may_decide(grant: Grant, proposal: Proposal) -> bool:
    """By a post that approves it, whom it was laid before, and another authority than the one that proposed it."""
    by = same_post(grant, f"{proposal.act}.approve")
    proposed = (proposal.proposed_by, proposal.proposed_in_place_of)
    return isinstance(by, Grant) and by.authority.isdisjoint(proposed) and visible.asks(proposal, by.authority)


def _barred(grant: Grant, proposal: Proposal) -> Refusal | None:
    """Why somebody whose post approves it does not decide in this case."""
    by = same_post(grant, f"{proposal.act}.approve")
    return along.may_not_act(by, proposal.case) if isinstance(by, Grant) else None


def _answered(request: HttpRequest, grant: Grant, proposal: Proposal, form: AnswerForm) -> object:
    """What became of the button that was pressed; None where there was nothing to do."""
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "refuse" and not form.is_valid():
        return None
    by = same_post(grant, "case.withdraw" if do == "withdraw" else f"{proposal.act}.approve")
    if isinstance(by, Refusal):
        answer: object = by
    elif do == "approve":
        answer = approvals.approve(by=by, proposal=proposal, at=now)
    elif do == "refuse":
        answer = approvals.refuse(by=by, proposal=proposal, answer=form.cleaned_data["answer"], at=now)
    else:
        answer = approvals.withdraw(by=by, proposal=proposal, at=now)
    done = {"approve": _("Đã duyệt."), "refuse": _("Đã ghi lý do không duyệt.")}.get(do, _("Đã rút đề xuất."))
    tell(request, answer, done)
    return answer


def _facts(proposal: Proposal) -> list[Answer]:
    """What was proposed, line by line."""
    told: dict[str, Any] = proposal.told
    who = names([proposal.proposed_by, proposal.proposed_in_place_of, proposal.asked])
    effective = parse_datetime(told["effective_at"])
    step = course(proposal.case.course).step(proposal.act, proposal.case.state)
    proposer = in_post(who, proposal.proposed_by, proposal.proposed_role)
    lines = [
        Answer(_("Người đề xuất"), proposer + in_place(who, proposal.proposed_in_place_of)),
        Answer(_("Đề xuất lúc"), moment(proposal.proposed_at)),
        Answer(_("Duyệt chậm nhất"), moment(proposal.expires_at)),
        Answer(_("Ngày có hiệu lực"), day(effective) if effective else "–"),
    ]
    if proposal.asked:
        lines.insert(1, Answer(_("Trình"), who.get(proposal.asked, "–")))
    if step:
        lines += [Answer(_("Sau bước này"), state_of(proposal.case, step.target)), Answer(_("Căn cứ"), cited(step.law))]
    if told.get("result"):
        lines.append(Answer(_("Kết quả giải quyết"), result_of(proposal.case, told["result"])))
    if step and (ground := step.ground(told.get("ground", ""))):
        lines.append(Answer(_("Căn cứ theo luật"), words(ground)))
    lines += [
        Answer(label, text)
        for label, text in ((pgettext("document", "Văn bản"), told["document"]), (_("Lý do"), told["reason"]))
        if text
    ]
    lines += _branches(told["params"])
    if proposal.answer:
        lines.append(Answer(_("Lý do không duyệt"), proposal.answer))
    return lines


def _branches(params: dict[str, dict[str, str]]) -> list[Answer]:
    """By which facts the clocks will be reckoned; one that several ask for is told once."""
    lang, lines = (get_language() or "vi")[:2], {}
    for rule_id, given in params.items():
        for name, value in given.items():
            parameter = rule(rule_id).params[name]
            lines[name] = Answer(parameter.title.to(lang), parameter.values[value].to(lang))
    return list(lines.values())
