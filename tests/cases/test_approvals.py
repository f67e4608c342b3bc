"""Four eyes: nobody approves their own proposal, what is approved is what was proposed, and it ends after 72 hours."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections

from hamrong.access.actors import Actor, Holding, Refusal, Target
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import VALID, approve, propose, refuse, withdraw
from hamrong.cases.models import Case, Fact, Proposal
from hamrong.cases.queries import desk
from tests.cases.course import an_open_case, by, ready, told
from tests.cases.trial import CHIEF, OFFICER, WARD
from tests.world import NOW, PROVINCE, grant

DOCUMENT = "7/QĐ-CAP ngày 24/11/2026"


def proposed(case=None, *, who=None, at=NOW) -> Proposal:
    case = case or an_open_case()
    answer = propose(
        by=who or by("test.decide"), case=case, revision=case.revision, told=told(document=DOCUMENT), at=at
    )
    assert isinstance(answer, Proposal), answer
    return answer


def chief():
    return by("test.decide.approve", role=CHIEF)


def test_another_person_approves_and_both_stand_in_the_fact():
    proposal, second = proposed(), chief()
    case = approve(by=second, proposal=proposal, at=NOW)
    assert isinstance(case, Case) and case.state == "decided"
    with acting(second):
        fact = Fact.objects.get(case=case, revision=case.revision)
        assert Proposal.objects.get(pk=proposal.pk).state == "approved"
    assert (fact.by, fact.approved_by, fact.document) == (proposal.proposed_by, second.actor.ref, DOCUMENT)
    assert (fact.role, fact.approved_role) == (OFFICER, CHIEF)


def one_person(act):
    """Somebody who holds both posts."""
    ready()
    who = Actor("person:both", "", "session:both", (Holding(OFFICER, WARD), Holding(CHIEF, WARD)), True)
    return grant(who, act, Target(ward=WARD, province=PROVINCE))


def test_nobody_approves_their_own_even_with_both_posts():
    proposal = proposed(who=one_person("test.decide"))
    for answer in (
        approve(by=one_person("test.decide.approve"), proposal=proposal, at=NOW),
        refuse(by=one_person("test.decide.approve"), proposal=proposal, answer="không", at=NOW),
    ):
        assert isinstance(answer, Refusal) and answer.reason == "conflict"
    with pytest.raises(IntegrityError, match="proposal_is_decided_by_another_person"), acting(chief()):
        Proposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by=proposal.proposed_by, decided_at=NOW
        )


def test_what_was_changed_since_is_not_approved():
    proposal = proposed()
    with acting(by("test.decide")) as mine:
        Proposal.objects.filter(pk=proposal.pk).update(told={**proposal.told, "document": "8/QĐ"})
        enter(mine, subject=f"case:{proposal.case_id}", at=NOW)
    answer = approve(by=chief(), proposal=proposal, at=NOW)
    assert isinstance(answer, Refusal) and "bị sửa" in answer.vi


def test_a_proposal_ends_after_72_hours_and_another_may_follow():
    case = an_open_case()
    proposal = proposed(case)
    answer = approve(by=chief(), proposal=proposal, at=NOW + VALID)
    assert isinstance(answer, Refusal) and answer.reason == "state"
    assert proposed(case, at=NOW + VALID).pk != proposal.pk


def test_one_proposal_waits_at_a_time_and_can_be_taken_back_by_its_proposer_alone():
    case, mine = an_open_case(), by("test.decide")
    proposal = proposed(case, who=mine)
    again = propose(by=by("test.decide"), case=case, revision=case.revision, told=told(document="1"), at=NOW)
    assert isinstance(again, Refusal) and again.reason == "conflict"
    assert isinstance(withdraw(by=by("test.decide"), proposal=proposal, at=NOW), Refusal)
    assert isinstance(withdraw(by=mine, proposal=proposal, at=NOW), Proposal)
    assert isinstance(approve(by=chief(), proposal=proposal, at=NOW), Refusal)
    assert isinstance(proposed(case), Proposal)


def test_refusing_says_why():
    proposal = proposed()
    assert isinstance(refuse(by=chief(), proposal=proposal, answer=" ", at=NOW), Refusal)
    answer = refuse(by=chief(), proposal=proposal, answer="Thiếu kết luận xác minh", at=NOW)
    assert isinstance(answer, Proposal) and answer.state == "refused"


def test_a_step_that_needs_no_second_person_is_not_proposed():
    case = an_open_case()
    answer = propose(by=by("test.pause"), case=case, revision=case.revision, told=told(document="1"), at=NOW)
    assert isinstance(answer, Refusal) and answer.reason == "state"


def test_of_two_who_approve_at_once_one_wins():
    proposal, answers, barrier = proposed(), [], threading.Barrier(2)

    def go() -> None:
        second = chief()
        barrier.wait()
        answers.append(approve(by=second, proposal=proposal, at=NOW))
        connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(type(answer).__name__ for answer in answers) == ["Case", "Refusal"]


def test_the_first_page_shows_what_waits_for_somebody_else():
    proposal, mine, officer = proposed(), by("test.decide.approve", role=CHIEF), by("test.decide")
    with acting(mine):
        assert proposal in desk.waiting(mine, at=NOW)
        assert proposal not in desk.waiting(mine, at=NOW + timedelta(days=4))
        assert proposal not in desk.waiting(officer, at=NOW)
    own = proposed(who=replace(officer, actor=replace(officer.actor, ref=mine.actor.ref)))
    with acting(mine):
        assert own not in desk.waiting(mine, at=NOW)


def test_what_is_laid_before_somebody_by_name_is_decided_by_them_or_in_their_place():
    case, one, other = an_open_case(), chief(), chief()
    answer = propose(by=by("test.decide"), case=case, revision=case.revision, told=told(document=DOCUMENT), at=NOW,
                     asked=one.actor.ref)  # fmt: skip
    assert isinstance(answer, Proposal)
    with acting(other):
        assert answer not in desk.waiting(other, at=NOW)
    for said in (approve(by=other, proposal=answer, at=NOW), refuse(by=other, proposal=answer, answer="không", at=NOW)):
        assert isinstance(said, Refusal) and said.reason == "no-post"
    with pytest.raises(IntegrityError, match="proposal_is_decided_by_whom_it_asked"), acting(other):
        Proposal.objects.filter(pk=answer.pk).update(state="approved", decided_by=other.actor.ref, decided_at=NOW)
    with acting(one):
        assert answer in desk.waiting(one, at=NOW)
    lent = replace(other, holding=replace(other.holding, in_place_of=one.actor.ref))
    assert isinstance(approve(by=lent, proposal=answer, at=NOW), Case)


def test_nobody_lays_a_proposal_before_themselves():
    case, mine = an_open_case(), by("test.decide")
    answer = propose(by=mine, case=case, revision=case.revision, told=told(), at=NOW, asked=mine.actor.ref)
    assert isinstance(answer, Refusal) and answer.reason == "conflict"
