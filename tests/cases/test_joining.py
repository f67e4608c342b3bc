"""Cases settled as one, taken apart again, split in two: no date moves, and the database keeps them together."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from hamrong.access.actors import Refusal
from hamrong.access.decisions import Allow, register
from hamrong.access.walls import acting
from hamrong.cases.actions import joining, transfers
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import FUTURE, JOINED, take
from hamrong.cases.models import Case, Clock, Fact
from tests.cases.course import a_case, an_open_case, by, of_province, told
from tests.cases.trial import CHIEF, LAW, OFFICER, OTHER
from tests.world import NOW

ACTS = ("test.join", "test.part", "test.split")


@pytest.fixture(autouse=True)
def officers_join():
    register([Allow(act, (OFFICER,), ("night-control",), LAW) for act in ACTS])


def dates(case: Case, unit: str = "14797") -> dict[str, tuple]:
    with acting(by("test.accept", unit=unit)):
        return {clock.rule: (clock.state, clock.strict, clock.legal) for clock in Clock.objects.filter(case=case)}


def now_is(case: Case, unit: str = "14797") -> Case:
    with acting(by("test.accept", unit=unit)):
        return Case.objects.get(pk=case.pk)


def joined() -> tuple[Case, Case]:
    """A case that was joined, and the one that it was joined to."""
    case, main = an_open_case(), an_open_case()
    answer = joining.join(
        by=by("test.join"), case=case, revision=2, into=main, told=told(reason="Cùng nội dung"), at=NOW
    )
    assert isinstance(answer, Case), answer
    return answer, now_is(main)


def decided(case: Case) -> Case:
    proposal = propose(by=by("test.decide"), case=case, revision=case.revision, told=told(document="3/QĐ"), at=NOW)
    assert not isinstance(proposal, Refusal), proposal
    done = approve(by=by("test.decide.approve", role=CHIEF), proposal=proposal, at=NOW)
    assert isinstance(done, Case), done
    return done


def test_joining_moves_no_date_and_stands_in_the_history_of_both():
    case, main = an_open_case(), an_open_case()
    before = dates(case), dates(main)
    joining.join(by=by("test.join"), case=case, revision=2, into=main, told=told(reason="Cùng nội dung"), at=NOW)
    assert (dates(case), dates(main)) == before
    with acting(by("test.accept")):
        acts = [Fact.objects.filter(case=one).latest("revision").act for one in (case, main)]
    assert acts == ["test.join", "test.join"]


def test_a_joined_case_takes_no_step_of_its_own_and_ends_with_the_other():
    case, main = joined()
    alone = take(by=by("test.pause"), case=case, revision=3, told=told(document="1/QĐ"), at=NOW)
    offered = transfers.offer(by=by("test.accept"), case=case, revision=3, receiver=OTHER, reason="x", at=NOW)
    assert alone == JOINED and offered == JOINED
    decided(main)
    case = now_is(case)
    assert (case.state, case.closed_at) == ("decided", NOW)
    assert {state for state, _, _ in dates(case).values()} == {"stopped"}


def test_joined_cases_go_to_another_unit_together():
    case, main = joined()
    sender, receiver = by("test.accept"), by("test.accept", unit=OTHER)
    offer = transfers.offer(by=sender, case=main, revision=3, receiver=OTHER, reason="Thẩm quyền", at=NOW)
    assert not isinstance(offer, Refusal), offer
    transfers.accept(by=receiver, transfer=offer, at=NOW)
    assert (now_is(case, OTHER).unit, now_is(main, OTHER).unit) == (OTHER, OTHER)
    assert len(dates(case, OTHER)) == 2
    with acting(sender):
        assert not Case.objects.filter(pk__in=[case.pk, main.pk]).exists()


def test_what_was_joined_is_taken_apart_again_and_goes_on_from_where_it_stood():
    case, _ = joined()
    assert joining.part(by=by("test.part"), case=case, revision=3, told=told(), at=NOW) == joining.WHY
    apart = joining.part(by=by("test.part"), case=case, revision=3, told=told(reason="Khác nội dung"), at=NOW)
    assert isinstance(apart, Case) and apart.joined is None
    goes_on = take(by=by("test.pause"), case=apart, revision=4, told=told(document="1/QĐ"), at=NOW)
    assert isinstance(goes_on, Case)


def test_a_split_off_case_has_the_same_past_and_the_same_dates_under_a_code_of_its_own():
    case = an_open_case()
    new = joining.split(by=by("test.split"), case=case, revision=2, told=told(reason="Hai nội dung"), at=NOW)
    assert isinstance(new, Case) and new.code != case.code and new.parted.pk == case.pk
    assert dates(new) == dates(case)
    with acting(by("test.accept")):
        acts = list(Fact.objects.filter(case=new).order_by("revision").values_list("act", flat=True))
    assert acts == ["open", "test.accept", "test.split"]
    assert isinstance(decided(new), Case) and now_is(case).closed_at is None


@pytest.mark.parametrize("what", ["stale", "itself", "closed", "joined", "elsewhere", "leading", "no reason"])
def test_what_cannot_be_joined_is_refused_with_the_reason(what):
    case, main = an_open_case(), an_open_case()
    reason, revision = "Cùng nội dung", 2
    if what == "stale":
        revision = 1
    if what == "itself":
        main = case
    if what == "closed":
        main = decided(main)
    if what == "joined":
        main, _ = joined()
    if what == "elsewhere":
        main = a_case(unit=OTHER)
    if what == "leading":
        other, case = case, main
        joining.join(by=by("test.join"), case=other, revision=2, into=case, told=told(reason="x"), at=NOW)
        main, revision = an_open_case(), 3
    if what == "no reason":
        reason = " "
    answer = joining.join(by=by("test.join"), case=case, revision=revision, into=main, told=told(reason=reason), at=NOW)
    assert isinstance(answer, Refusal) and answer.vi and now_is(case).joined_id is None
    named = {"itself": joining.ITSELF, "leading": joining.LEADS}
    assert answer == named.get(what, answer) and answer not in (joining.BUSY, joining.UNLIKE)


LATER, EARLY = NOW + timedelta(days=5), NOW + timedelta(days=2)
"""Cases began on the day of NOW; what is dated EARLY comes before what happened at LATER."""


def test_nothing_is_joined_before_the_other_case_began_and_the_refusal_names_it():
    case, main = an_open_case(), an_open_case(at=EARLY)
    grant = by("test.join")
    early = joining.join(by=grant, case=case, revision=2, into=main, told=told(NOW, reason="x"), at=LATER)
    assert isinstance(early, Refusal) and early.reason == "invalid"
    assert early.vi.startswith(f"{main.code}: ") and early.en.startswith(f"{main.code}: ")
    on_the_day = joining.join(by=grant, case=case, revision=2, into=main, told=told(EARLY, reason="x"), at=LATER)
    assert isinstance(on_the_day, Case)


def test_a_case_is_not_joined_before_its_own_last_step():
    case, main = an_open_case(), an_open_case()
    case = take(by=by("test.pause"), case=case, revision=2, told=told(LATER, document="1/QĐ"), at=LATER)
    early = joining.join(by=by("test.join"), case=case, revision=3, into=main, told=told(EARLY, reason="x"), at=LATER)
    assert isinstance(early, Refusal) and f"{LATER:%d/%m/%Y}" in early.vi
    turned = joining.join(by=by("test.join"), case=main, revision=2, into=case, told=told(EARLY, reason="x"), at=LATER)
    assert isinstance(turned, Case)  # the case that goes on may have gone on since


def test_nothing_is_taken_apart_before_the_day_on_which_it_was_joined():
    case, main = an_open_case(), an_open_case()
    at = {"by": by("test.join"), "case": case, "revision": 2, "into": main}
    case = joining.join(**at, told=told(LATER, reason="x"), at=LATER)
    early = joining.part(by=by("test.part"), case=case, revision=3, told=told(EARLY, reason="x"), at=LATER)
    assert isinstance(early, Refusal) and f"{LATER:%d/%m/%Y}" in early.vi
    future = told(LATER + timedelta(days=1), reason="x")
    assert joining.part(by=by("test.part"), case=case, revision=3, told=future, at=LATER) == FUTURE
    assert isinstance(
        joining.part(by=by("test.part"), case=case, revision=3, told=told(LATER, reason="x"), at=LATER), Case
    )


@pytest.mark.parametrize("days", [-1, 2])
def test_a_case_is_split_on_the_day_of_its_last_step_or_later(days):
    case = take(by=by("test.pause"), case=an_open_case(), revision=2, told=told(LATER, document="1/QĐ"), at=LATER)
    early, grant = told(NOW + timedelta(days=days), reason="x"), by("test.split")
    answer = joining.split(by=grant, case=case, revision=3, told=early, at=LATER)
    assert isinstance(answer, Refusal) and answer.reason == "invalid"
    assert isinstance(joining.split(by=grant, case=case, revision=3, told=told(LATER, reason="x"), at=LATER), Case)


def test_a_case_that_waits_for_a_second_person_is_not_joined():
    case, main = an_open_case(), an_open_case()
    propose(by=by("test.decide"), case=case, revision=2, told=told(document="3/QĐ"), at=NOW)
    answer = joining.join(by=by("test.join"), case=case, revision=2, into=main, told=told(reason="x"), at=NOW)
    assert answer == joining.BUSY


@pytest.mark.parametrize(
    "statement",
    [
        "update cases_case set joined_id = %(joined)s where id = %(free)s",
        "update cases_case set joined_id = %(free)s where id = %(main)s",
        "update cases_case set unit = '14812' where id = %(joined)s",
    ],
    ids=["to a joined one", "one that others are joined to", "away from the other"],
)
def test_the_database_keeps_joined_cases_plain(statement):
    (case, main), free = joined(), an_open_case()
    order = of_province("test.reorganise")
    with pytest.raises(IntegrityError, match="joined"), acting(order), connection.cursor() as cursor:
        cursor.execute("select set_config('hamrong.audited', '', true)")
        cursor.execute(statement, {"joined": case.pk, "main": main.pk, "free": free.pk})


def test_a_case_that_was_split_off_began_with_the_first_one():
    case, later = an_open_case(), NOW + timedelta(days=2)
    new = joining.split(by=by("test.split"), case=case, revision=2, told=told(later, reason="x"), at=later)
    assert isinstance(new, Case), new
    grant = by("test.pause")
    early = told(NOW - timedelta(days=1), document="1/QĐ")
    answer = take(by=grant, case=new, revision=new.revision, told=early, at=later)
    assert isinstance(answer, Refusal) and answer.reason == "invalid"
    assert isinstance(
        take(by=grant, case=new, revision=new.revision, told=replace(early, effective_at=NOW), at=later), Case
    )
