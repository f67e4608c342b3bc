"""Steps: what the table allows and nothing else, once, with its clocks, and never without a fact that stays."""

import threading
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import is_done, open_case, take
from hamrong.cases.courses import Deed, Step, Touch
from hamrong.cases.models import Case, Clock, Fact, Number
from hamrong.cases.queries import desk, history, visible
from hamrong.law import VIETNAM, deadline
from tests.cases.course import a_case, an_open_case, by, ready, told
from tests.cases.trial import CHIEF, COURSE, FIRST, OFFICER, OTHER, SECOND, WARD
from tests.world import NOW, PROVINCE

ACTS = sorted({step.act for step in COURSE.steps})
LATER = NOW + timedelta(days=2)


def brought_to(state: str) -> Case:
    """A case in a state, brought there by real steps."""
    case = a_case()
    way = {
        "received": [],
        "open": ["test.accept"],
        "paused": ["test.accept", "test.pause"],
        "returned": ["test.return"],
    }
    if state == "decided":
        case = an_open_case()
        return approved(case)
    for act in way[state]:
        case = take(by=by(act), case=case, revision=case.revision, told=told(reason="x", document="1/QĐ"), at=NOW)
        assert isinstance(case, Case), case
    return case


def approved(case: Case) -> Case:
    told_of = told(document="12/QĐ-CAP ngày 24/11/2026")
    proposal = propose(by=by("test.decide"), case=case, revision=case.revision, told=told_of, at=NOW)
    assert not isinstance(proposal, Refusal), proposal
    done = approve(by=by("test.decide.approve", role=CHIEF), proposal=proposal, at=NOW)
    assert isinstance(done, Case), done
    return done


@pytest.mark.parametrize("state", sorted(COURSE.states))
@pytest.mark.parametrize("act", ACTS)
def test_a_step_is_taken_where_the_table_has_it_and_refused_elsewhere(act, state):
    case = brought_to(state)
    row = COURSE.step(act, state)
    answer = take(by=by(act), case=case, revision=case.revision, told=told(reason="x", document="1/QĐ"), at=LATER)
    if row is None:
        assert isinstance(answer, Refusal) and answer.reason == "state"
    elif row.approvers:
        assert isinstance(answer, Refusal) and "duyệt" in answer.vi
    else:
        assert isinstance(answer, Case) and answer.state == row.target
        with acting(by(act)):
            assert Case.objects.get(pk=case.pk).state == row.target
            fact = Fact.objects.get(case=case, revision=answer.revision)
        assert (fact.source, fact.target, fact.unit) == (state, row.target, WARD)


@pytest.mark.parametrize("row", [step for step in COURSE.steps if not step.approvers], ids=lambda step: step.act)
def test_of_sessions_that_do_the_same_at_once_exactly_one_wins(row):
    case, answers, ready_to_go = brought_to(row.source), [], threading.Barrier(4)

    def go() -> None:
        grant = by(row.act)
        ready_to_go.wait()
        answers.append(
            take(by=grant, case=case, revision=case.revision, told=told(reason="x", document="1/QĐ"), at=LATER)
        )
        connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sum(isinstance(answer, Case) for answer in answers) == 1
    assert {answer.reason for answer in answers if isinstance(answer, Refusal)} == {"conflict"}


@pytest.mark.parametrize(
    ("act", "state", "missing"),
    [("test.return", "received", {"document": "1/QĐ"}), ("test.pause", "open", {"reason": "x"})],
)
def test_what_a_step_needs_is_asked_for(act, state, missing):
    case = brought_to(state)
    answer = take(by=by(act), case=case, revision=case.revision, told=told(**missing), at=NOW)
    assert isinstance(answer, Refusal) and answer.reason == "invalid" and answer.law


def test_what_happened_cannot_have_happened_tomorrow():
    future = told(NOW + timedelta(days=1))
    case = a_case()
    assert isinstance(take(by=by("test.accept"), case=case, revision=1, told=future, at=NOW), Refusal)
    opened = open_case(by=by("test.accept"), course=ready(), unit=WARD, province=PROVINCE, told=future, at=NOW)
    assert isinstance(opened, Refusal)


@pytest.mark.parametrize("days", [1, 40])
def test_nothing_happened_to_a_case_before_the_day_on_which_it_began(days):
    case, early = a_case(), told(NOW - timedelta(days=days))
    answer = take(by=by("test.accept"), case=case, revision=1, told=early, at=LATER)
    began = f"{NOW.astimezone(VIETNAM):%d/%m/%Y}"
    assert isinstance(answer, Refusal) and began in answer.vi and began in answer.en
    that_morning = datetime.combine(NOW.astimezone(VIETNAM), time(), VIETNAM)
    assert isinstance(take(by=by("test.accept"), case=case, revision=1, told=told(that_morning), at=LATER), Case)


def test_whoever_proposes_hears_that_the_case_had_not_begun():
    early = told(NOW - timedelta(days=1), document="12/QĐ-CAP")
    case = an_open_case()
    answer = propose(by=by("test.decide"), case=case, revision=case.revision, told=early, at=NOW)
    assert isinstance(answer, Refusal) and "Hồ sơ bắt đầu ngày" in answer.vi


def test_no_step_is_older_than_what_first_brought_the_case_where_it_is_taken():
    case, soon = a_case(), NOW + timedelta(days=3)
    case = take(by=by("test.accept"), case=case, revision=1, told=told(soon), at=soon)
    early = replace(told(NOW, document="1/QĐ"), effective_at=soon - timedelta(days=1))
    answer = take(by=by("test.pause"), case=case, revision=2, told=early, at=soon)
    assert isinstance(answer, Refusal) and f"{soon:%d/%m/%Y}" in answer.vi
    assert isinstance(take(by=by("test.pause"), case=case, revision=2, told=told(soon, document="1/QĐ"), at=soon), Case)


def test_clocks_start_and_stop_with_the_steps_and_their_dates_are_those_of_the_law():
    case = a_case()
    grant = by("test.accept")
    with acting(grant):
        (first,) = visible.clocks(grant).filter(case=case)
    assert (first.rule, first.state, first.legal) == (FIRST, "running", deadline(FIRST, NOW).legal)
    take(by=grant, case=case, revision=1, told=told(), at=LATER)
    with acting(grant):
        clocks = {clock.rule: clock for clock in Clock.objects.filter(case=case)}
    assert clocks[FIRST].state == "stopped" and clocks[FIRST].stopped_at == NOW
    assert clocks[SECOND].state == "running" and clocks[SECOND].strict == deadline(SECOND, NOW).strict


def test_the_end_of_a_course_stops_every_clock():
    case = brought_to("decided")
    with acting(by("test.accept")):
        assert set(Clock.objects.filter(case=case).values_list("state", flat=True)) == {"stopped"}
        assert Case.objects.get(pk=case.pk).closed_at == NOW


def test_another_unit_neither_sees_nor_acts():
    case = a_case()
    answer = take(by=by("test.accept", unit=OTHER), case=case, revision=1, told=told(), at=NOW)
    assert isinstance(answer, Refusal)
    with acting(by("test.accept", unit=OTHER)):
        assert not Case.objects.filter(pk=case.pk).exists() and not Fact.objects.filter(case=case).exists()


BREAKS = {
    "a state without a fact": "update cases_case set state = 'decided' where id = %s",
    "a revision without a fact": "update cases_case set revision = revision + 1 where id = %s",
    "a fact rewritten": "update cases_fact set reason = 'khác' where case_id = %s",
    "a fact taken away": "delete from cases_fact where case_id = %s",
    "a clock's fact taken away": "delete from cases_clockfact where case_id = %s",
    "one who approves what they did": "update cases_fact set approved_by = by where case_id = %s",
}


@pytest.mark.parametrize("statement", BREAKS.values(), ids=BREAKS)
def test_the_database_itself_refuses(statement):
    case, grant = a_case(), by("test.accept")
    with pytest.raises(IntegrityError), acting(grant), connection.cursor() as cursor:
        cursor.execute("select set_config('hamrong.audited', '', true)")
        cursor.execute(statement, [case.pk])


def test_numbers_of_a_register_have_no_gap_even_where_acts_fail():
    before = numbers()
    first = approved(an_open_case())
    with pytest.raises(RuntimeError), transaction.atomic():
        approved_inside(an_open_case())
    second = approved(an_open_case())
    given = [number for number in numbers() if number not in before]
    assert len(given) == 2 and given[1] == given[0] + 1
    with acting(by("test.accept")):
        assert [Number.objects.get(case=each).number for each in (first, second)] == given


def approved_inside(case: Case) -> None:
    approved(case)
    raise RuntimeError("the act fails after all")


def numbers() -> list[int]:
    grant = by("test.accept")
    with acting(grant):
        found = visible.numbers(grant).filter(register="quyet-dinh", unit=WARD, year=2026)
        return list(found.order_by("number").values_list("number", flat=True))


def test_what_was_known_on_a_day_leaves_out_what_was_written_down_later():
    case = a_case()
    backdated = told(NOW + timedelta(hours=1))
    take(by=by("test.accept"), case=case, revision=1, told=backdated, at=NOW + timedelta(days=5))
    grant = by("test.accept")
    with acting(grant):
        then = history.known(grant, case, on_record_at=NOW + timedelta(days=1))
        now = history.known(grant, case, on_record_at=NOW + timedelta(days=6))
        never = history.known(grant, case, on_record_at=NOW - timedelta(days=1))
    assert then and now and never is None
    assert (then.state, [reading.state for reading in then.clocks]) == ("received", ["running"])
    assert now.state == "open" and {r.rule: r.state for r in now.clocks} == {FIRST: "stopped", SECOND: "running"}


def test_the_first_page_has_what_is_due_the_earliest_first_and_late_only_after_the_legal_date():
    case = a_case(unit="16540")
    grant = by("test.accept", unit="16540")
    legal = deadline(FIRST, NOW).legal
    with acting(grant):
        (soon,) = [one for one in desk.due(grant, at=NOW, until=legal + timedelta(days=1)) if one.case == case]
        (late,) = [one for one in desk.due(grant, at=legal, until=legal + timedelta(days=1)) if one.case == case]
        assert not desk.due(grant, at=NOW, until=NOW)
    assert not soon.is_late and not soon.is_urgent and late.is_late and late.is_urgent


def test_roles_of_the_table_alone_are_granted():
    assert by("test.accept").holding.role == OFFICER
    with pytest.raises(AssertionError):
        by("test.accept", role=CHIEF)


def test_a_step_that_only_stops_a_clock_is_done_when_that_does_not_run():
    once = Step("x", Deed("x", "x"), "open", "open", (), "", touches=(Touch("stop", "kn.accept"),))
    assert is_done(once, []) and not is_done(once, ["kn.accept"])
    assert not is_done(replace(once, target="closed"), []) and not is_done(replace(once, touches=()), [])
    assert not is_done(replace(once, touches=(*once.touches, Touch("start", "kn.first"))), [])
