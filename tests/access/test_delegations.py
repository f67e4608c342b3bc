"""Acting in a leader's place for some days: who may, until when, and that two authorities decide."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from hamrong.access import actions, delegations, queries
from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.people import actor_of_person, holdings_of
from hamrong.access.walls import acting
from hamrong.accounts.models import Delegation, Person
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told
from hamrong.cases.models import Case, Fact, Proposal
from hamrong.cases.queries import desk
from tests.casework.test_pages import settling
from tests.entrances import a_person, as_operator, browser_of
from tests.world import PROVINCE

WARD, OTHER = "14797", "14812"
TODAY = timezone.localdate()


def now() -> datetime:
    return datetime.now(UTC)


def granted(person: Person, act: str, *, on: date = TODAY) -> Grant:
    who = actor_of_person(person, session="session:test", today=on, province=PROVINCE, strong=True)
    answer = decide(who, act, Target(ward=WARD, province=PROVINCE))
    assert isinstance(answer, Grant), answer
    return answer


def lent(lender: Person, borrower: Person, **changes: object) -> Delegation | Refusal:
    facts = {
        "borrower": borrower, "starts_on": TODAY, "ends_on": TODAY + timedelta(days=3), "ordered_by": "15/GUQ-CAP",
        "today": TODAY, "at": now(),
    }  # fmt: skip
    return delegations.delegate(by=granted(lender, "post.delegate"), **{**facts, **changes})


def chief(unit: str = WARD) -> Person:
    return a_person("ward-chief", unit, name="Hoàng Thị Duyệt")


def duty(unit: str = WARD) -> Person:
    return a_person("ward-duty", unit, name="Lê Văn Trực")


def roles_on(person: Person, on: date) -> list[Holding]:
    return list(holdings_of(person, on, PROVINCE))


def test_it_begins_and_ends_by_itself_and_names_whose_authority_it_is():
    one, other = chief(), duty()
    made = lent(one, other, starts_on=TODAY + timedelta(days=1))
    assert isinstance(made, Delegation)
    own, borrowed = Holding("ward-duty", WARD), Holding("ward-chief", WARD, f"person:{one.pk}")
    assert roles_on(other, TODAY) == [own]
    assert roles_on(other, TODAY + timedelta(days=1)) == [own, borrowed]
    assert roles_on(other, TODAY + timedelta(days=2)) == [own, borrowed]
    assert roles_on(other, TODAY + timedelta(days=3)) == [own]


def test_it_ends_with_the_post_of_whoever_delegated():
    one, other = chief(), duty()
    lent(one, other)
    actions.end_post(by=as_operator("post.end"), post=one.posts.get(), ends_on=TODAY, at=now())
    assert roles_on(other, TODAY) == [Holding("ward-duty", WARD)]


def test_it_is_ended_early_and_everybody_of_the_unit_sees_that():
    one, other = chief(), duty()
    made = lent(one, other)
    recalled = delegations.recall(by=granted(one, "post.recall"), delegation=made, today=TODAY, at=now())
    assert isinstance(recalled, Delegation) and recalled.ended_by == f"person:{one.pk}"
    assert roles_on(other, TODAY) == [Holding("ward-duty", WARD)]
    again = delegations.recall(by=granted(one, "post.recall"), delegation=made, today=TODAY, at=now())
    assert isinstance(again, Refusal)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ordered_by": " "},
        {"starts_on": TODAY - timedelta(days=1)},
        {"ends_on": TODAY},
        {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=91)},
    ],
    ids=["without order", "of yesterday", "for no day", "for longer than the setting says"],
)
def test_what_cannot_be_delegated(wrong):
    assert isinstance(lent(chief(), duty(), **wrong), Refusal)


def test_only_a_colleague_without_the_post_acts_in_ones_place():
    one = chief()
    assert isinstance(lent(one, duty(OTHER)), Refusal)
    assert isinstance(lent(one, a_person()), Refusal)
    assert isinstance(lent(one, chief()), Refusal)
    assert isinstance(lent(one, one), Refusal)
    other = duty()
    assert isinstance(lent(one, other), Delegation) and isinstance(lent(one, other), Refusal)


def test_the_province_delegates_to_its_offices_alone():
    leader = a_person("province-leader", PROVINCE)
    petitions = a_person("petition-officer", PROVINCE)
    who = actor_of_person(leader, session="s", today=TODAY, province=PROVINCE, strong=True)
    by = decide(who, "post.delegate", Target(province=PROVINCE))
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=1), "ordered_by": "1", "today": TODAY, "at": now()}
    assert isinstance(delegations.delegate(by=by, borrower=duty(), **days), Refusal)
    assert isinstance(delegations.delegate(by=by, borrower=petitions, **days), Delegation)
    assert Holding("province-leader", PROVINCE, f"person:{leader.pk}") in roles_on(petitions, TODAY)


def test_what_was_delegated_is_not_delegated_on():
    one, other, third = chief(), duty(), duty()
    lent(one, other)
    answer = lent(other, third)
    assert isinstance(answer, Refusal) and "ủy quyền lại" in answer.vi


def test_no_circle_even_in_sql():
    one, other = chief(), duty()
    lent(one, other)
    with pytest.raises(IntegrityError, match="in a circle"), acting(granted(one, "post.delegate")) as by:
        Delegation.objects.create(
            lender=other, borrower=one, role="ward-duty", unit=WARD, province=PROVINCE, starts_on=TODAY,
            ends_on=TODAY + timedelta(days=1), ordered_by="1", made_at=now(),
        )  # fmt: skip
        enter(by, subject="x", at=now())


def test_another_unit_sees_no_colleague_and_no_delegation_of_ours():
    made = lent(chief(), duty())
    theirs = Actor("person:x", "", "session:x", (Holding("ward-chief", OTHER),), True)
    by = decide(theirs, "post.delegate", Target(ward=OTHER, province=PROVINCE))
    with acting(by):
        assert not Delegation.objects.filter(pk=made.pk).exists()
        assert made.borrower_id not in queries.colleagues(by, TODAY)


# two authorities decide


def proposal(by: Grant, case: Case) -> Proposal:
    made = propose(by=by, case=case, revision=case.revision, told=Told(now(), "Lý do", "1/TB"), at=now())
    assert isinstance(made, Proposal), made
    return made


def test_a_delegate_approves_and_the_fact_says_in_whose_place():
    one, other = chief(), duty()
    lent(one, other)
    case = settling()
    waiting = proposal(granted(duty(), "complaint.suspend"), case)
    by = granted(other, "complaint.suspend.approve")
    with acting(granted(other, "case.list")) as reading:
        assert waiting in desk.waiting(reading, at=now())
    assert isinstance(approve(by=by, proposal=waiting, at=now()), Case)
    with acting(by):
        fact = Fact.objects.get(case=case, revision=3)
    assert (fact.approved_by, fact.approved_in_place_of) == (f"person:{other.pk}", f"person:{one.pk}")
    page = browser_of(one).get(f"/ho-so/{case.pk}/").content.decode()
    assert "thay Hoàng Thị Duyệt" in page


def test_nobody_approves_their_own_by_a_delegation():
    one, other = chief(), duty()
    lent(one, other)
    mine = proposal(granted(other, "complaint.suspend"), settling())
    by = granted(other, "complaint.suspend.approve")
    assert isinstance(approve(by=by, proposal=mine, at=now()), Refusal)
    with acting(granted(other, "case.list")) as reading:
        assert mine not in desk.waiting(reading, at=now())


def with_both(person: Person) -> None:
    post = actions.appoint(
        by=as_operator("post.appoint"), person=person, role="ward-duty", scope=WARD, starts_on=date(TODAY.year, 1, 1),
        ordered_by="2/QĐ", at=now(),
    )  # fmt: skip
    assert not isinstance(post, Refusal)


def test_a_delegate_does_not_approve_in_the_place_of_the_proposer():
    one, other = chief(), duty()
    with_both(one)
    lent(one, other)
    theirs = proposal(granted(one, "complaint.suspend"), settling())
    by = granted(other, "complaint.suspend.approve")
    answer = approve(by=by, proposal=theirs, at=now())
    assert isinstance(answer, Refusal) and "hai thẩm quyền" in answer.vi
    with pytest.raises(IntegrityError, match="proposal_is_decided_by_another_authority"), acting(by):
        Proposal.objects.filter(pk=theirs.pk).update(
            state="approved", decided_by=f"person:{other.pk}", decided_in_place_of=f"person:{one.pk}", decided_at=now()
        )


def test_nobody_approves_what_was_proposed_in_their_own_place():
    one = chief()
    delegate = Actor(
        "person:delegate", "", "session:d", (Holding("ward-duty", WARD, f"person:{one.pk}"),), True
    )  # fmt: skip
    by = decide(delegate, "complaint.suspend", Target(ward=WARD, province=PROVINCE))
    theirs = proposal(by, settling())
    mine = granted(one, "complaint.suspend.approve")
    assert isinstance(approve(by=mine, proposal=theirs, at=now()), Refusal)
    with pytest.raises(IntegrityError, match="proposal_is_decided_by_another_authority"), acting(mine):
        Proposal.objects.filter(pk=theirs.pk).update(state="approved", decided_by=mine.actor.ref, decided_at=now())


# the page


def filled(borrower: Person, **changes: str) -> dict[str, str]:
    facts = {
        "borrower": str(borrower.pk), "starts_on": f"{TODAY:%d/%m/%Y}", "last_day": f"{TODAY:%d/%m/%Y}",
        "ordered_by": "15/GUQ-CAP, 24/11/2026",
    }  # fmt: skip
    return {**facts, **changes}


def test_a_chief_delegates_and_ends_it_and_both_see_it_on_their_first_page():
    one, other = chief(), duty()
    client = browser_of(one)
    assert client.post("/ho-so/uy-quyen/", filled(other)).status_code == 302
    assert "Bạn đang ủy quyền cho Lê Văn Trực" in client.get("/ho-so/").content.decode()
    theirs = browser_of(other)
    assert "Bạn được ủy quyền thay Hoàng Thị Duyệt" in theirs.get("/ho-so/").content.decode()
    assert "không ủy quyền lại" in theirs.get("/ho-so/uy-quyen/").content.decode()
    made = Delegation.objects.filter(lender=one).get()
    assert client.post(f"/ho-so/uy-quyen/{made.pk}/ket-thuc").status_code == 302
    assert "Chấm dứt trước hạn" in client.get("/ho-so/uy-quyen/").content.decode()
    assert "được ủy quyền" not in theirs.get("/ho-so/").content.decode()


def test_what_was_typed_stays_where_it_is_refused():
    one, other = chief(), duty()
    page = browser_of(one).post("/ho-so/uy-quyen/", filled(other, starts_on="01/01/2020")).content.decode()
    assert "Ủy quyền từ hôm nay trở đi" in page and "15/GUQ-CAP" in page
