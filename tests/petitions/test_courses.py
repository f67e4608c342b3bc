"""Courses: what the tables say and nothing else, by the people that they name, once, with the clocks of the law."""

import re
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connections

from hamrong.access.actors import Refusal, Target
from hamrong.access.decisions import decide, registered
from hamrong.access.roles import roles, words_of_acts
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.courses import Flawed, Touch, course_on, declare, declared, flaws
from hamrong.cases.models import Case, Clock, Fact, Number, Proposal
from hamrong.law import VIETNAM, Event, citation, deadline, rules
from hamrong.petitions.courses import COURSES
from hamrong.petitions.denunciations import DENUNCIATION, DENUNCIATION_BEFORE
from hamrong.petitions.redenunciations import RE_DENUNCIATION
from tests.petitions.way import ALIKE, PARAMS, ROWS, WARD, a_case, brought_to, by, do, moment, morning_of, name, told
from tests.world import PROVINCE, actor

KNOWN = {one.id: one for one in rules()}
NOT_OF_A_LEAF = {"156/2026/NĐ-CP", "129/2020/TT-BCA"}


def everybody(act: str) -> dict[str, object]:
    """What each role is answered that asks for an act in the case's unit."""
    asked = {}
    for code, role in roles().items():
        ward = role.scope == "ward"
        target = Target(ward=WARD, province=PROVINCE)
        asked[code] = decide(actor(code, WARD if ward else PROVINCE), act, target)
    return asked


@pytest.mark.parametrize(("course", "step"), [*ROWS, *ALIKE], ids=name)
def test_a_row_is_granted_to_its_roles_and_to_nobody_else(course, step):
    for act, allowed in ((step.act, step.roles), (f"{step.act}.approve", step.approvers)):
        if allowed:
            assert {code for code, answer in everybody(act).items() if not isinstance(answer, Refusal)} == set(allowed)
        else:
            assert act not in registered()


@pytest.mark.parametrize(
    ("course", "state"), [(course, state) for course in COURSES for state in course.states], ids=name
)
def test_in_a_state_each_act_is_answered_as_the_table_says(course, state):
    still, at = brought_to(course, state), moment(course)
    for act in sorted({step.act for step in course.steps}):
        step = course.step(act, state)
        role = next(each.roles[0] for each in course.steps if each.act == act)
        if step is None:  # a refusal changes nothing: one case for all of them
            answer = take(by=by(act, role), case=still, revision=still.revision, told=told(at), at=at)
            assert isinstance(answer, Refusal) and answer.reason == "state", (act, answer)
            continue
        answer = do(course, brought_to(course, state, before=act), step)
        assert isinstance(answer, Case) and answer.state == step.target, (act, answer)
        assert bool(answer.closed_at) == (step.target in course.ends)
        with acting(by(act, role)):
            fact = Fact.objects.get(case=answer, revision=answer.revision)
            assert (fact.source, fact.target, bool(fact.approved_by)) == (state, step.target, bool(step.approvers))
            assert Number.objects.filter(fact=fact).exists() == bool(step.register)


@pytest.mark.parametrize(("course", "step"), [*ROWS, *ALIKE], ids=name)
def test_of_two_sessions_that_take_a_step_at_once_one_wins(course, step):
    case, at = brought_to(course, step.source, before=step.act), moment(course, step)
    said = told(at, step=step)
    if step.approvers:
        proposal = propose(by=by(step.act, step.roles[0]), case=case, revision=case.revision, told=said, at=at)
        grants = [by(f"{step.act}.approve", step.approvers[0]) for _ in range(2)]
        answers = at_once(lambda grant: approve(by=grant, proposal=proposal, at=at), grants)
    else:
        grants = [by(step.act, step.roles[0]) for _ in range(2)]
        answers = at_once(lambda grant: take(by=grant, case=case, revision=case.revision, told=said, at=at), grants)
    assert sum(isinstance(answer, Case) for answer in answers) == 1, answers
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1, answers


def at_once(act, grants) -> list:
    answers, ready = [], threading.Barrier(len(grants))

    def go(grant) -> None:
        ready.wait()
        answers.append(act(grant))
        connections.close_all()

    threads = [threading.Thread(target=go, args=(grant,)) for grant in grants]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return answers


@pytest.mark.parametrize(("course", "step"), [row for row in ROWS if row[1].needs], ids=name)
def test_what_a_step_needs_is_asked_for(course, step):
    case, at = brought_to(course, step.source, before=step.act), moment(course, step)
    nothing = Told(at, params=PARAMS)
    role = step.roles[0]
    if step.approvers:
        answer = propose(by=by(step.act, role), case=case, revision=case.revision, told=nothing, at=at)
    else:
        answer = take(by=by(step.act, role), case=case, revision=case.revision, told=nothing, at=at)
    assert isinstance(answer, Refusal) and answer.reason == "invalid" and answer.law == step.law


FINDING = [row for row in ROWS if row[1].results]


@pytest.mark.parametrize(("course", "step"), FINDING, ids=name)
def test_what_was_found_has_to_be_said_and_is_kept(course, step):
    case, at = brought_to(course, step.source, before=step.act), moment(course)
    grant = by(step.act, step.roles[0])
    for none_of_it in ("", "perhaps"):
        answer = propose(by=grant, case=case, revision=case.revision, told=told(at, none_of_it), at=at)
        assert isinstance(answer, Refusal) and (answer.reason, answer.law) == ("invalid", step.law)
    result = step.results[-1]
    proposal = propose(by=grant, case=case, revision=case.revision, told=told(at, result), at=at)
    assert isinstance(proposal, Proposal) and proposal.told["result"] == result
    case = approve(by=by(f"{step.act}.approve", step.approvers[0]), proposal=proposal, at=at)
    assert isinstance(case, Case) and case.result == result
    with acting(by("case.read", step.roles[0])):
        assert case.facts.get(revision=case.revision).result == result


def test_every_course_that_decides_on_the_matter_says_what_it_may_find():
    found = {(course.code, step.results) for course, step in FINDING}
    three = ("right", "partly", "wrong")
    four = (*three, "malicious")
    assert found == {
        ("khieu-nai-lan-dau", three), ("khieu-nai-lan-hai", three), ("to-cao", four), ("to-cao-tiep", four),
    }  # fmt: skip


@pytest.mark.parametrize(("course", "step"), [row for row in ROWS if row[1].awaits], ids=name)
def test_what_awaits_a_clock_is_done_only_once_its_time_has_passed(course, step):
    case, grant = brought_to(course, step.source), by(step.act, step.roles[0])
    with acting(grant):
        ends = Clock.objects.get(case=case, rule=step.awaits).legal
    answers = [
        take(by=grant, case=case, revision=case.revision, told=told(at), at=at)
        for at in (ends - timedelta(seconds=1), ends)
    ]
    last = (ends - timedelta(seconds=1)).astimezone(VIETNAM)
    assert isinstance(answers[0], Refusal) and f"{last:%d/%m/%Y}" in answers[0].vi, answers[0]
    assert isinstance(answers[1], Case) and answers[1].state == step.target


@pytest.mark.parametrize(("course", "step"), [row for row in ROWS if row[1].after], ids=name)
def test_what_comes_after_a_decision_is_refused_before_it_and_once_it_was_ended(course, step):
    never, decided = brought_to(course, step.source), brought_to(course, step.source, before=step.act)
    ended = do(course, decided, course.step(step.unless, step.source))
    for case in (never, ended):
        answer = tried(course, case, step)
        assert isinstance(answer, Refusal) and (answer.reason, answer.law) == ("state", step.law)


def tried(course, case, step):
    """Taking a step, or proposing it where it takes two people."""
    asked, at = by(step.act, step.roles[0]), moment(course)
    return (propose if step.approvers else take)(by=asked, case=case, revision=case.revision, told=told(at), at=at)


@pytest.mark.parametrize("act", sorted({step.act for _, step in ROWS}))
def test_an_act_is_for_the_same_people_wherever_it_stands(act):
    rows = [step for _, step in ROWS if step.act == act]
    assert len({(step.roles, step.approvers, step.register) for step in rows}) == 1
    wanted = {act, f"{act}.approve"} if rows[0].approvers else {act}
    assert wanted <= words_of_acts().keys()


@pytest.mark.parametrize("course", COURSES, ids=name)
def test_every_clock_event_and_article_of_a_course_is_in_the_law(course):
    touches = [*course.starts, *(touch for step in course.steps for touch in step.touches)]
    for touch in touches:
        versions = KNOWN[touch.rule].versions
        events = {each for version in versions for pause in version.suspends for each in (pause.event, pause.resume)}
        steps = {extension.step: extension.by for version in versions for extension in version.extensions}
        named = {"suspend": events, "resume": events, "extend": steps}.get(touch.what, {""})
        assert touch.name in named, touch
        assert touch.what != "extend" or touch.by == (steps[touch.name] or ""), touch
    for law, article in (re.fullmatch(r"(\S+) Đ(\d+)(?: k\d+)?", step.law).groups() for step in course.steps):
        assert law in NOT_OF_A_LEAF or citation(law, article).vi


@pytest.mark.parametrize("course", COURSES, ids=name)
def test_a_course_has_no_flaw_and_is_declared(course):
    assert not list(flaws(course)) and course in declared()


@pytest.mark.parametrize(("course", "step"), ROWS, ids=name)
def test_a_row_made_wrong_is_refused_with_its_flaw_named(course, step):
    others = tuple(each for each in course.steps if each != step)
    for wrong, flaw in (
        (replace(step, target="moon"), "not named"),
        (replace(step, source=sorted(course.ends)[0], target=course.begin), "which is an end"),
        (replace(step, roles=()), "no role or no article"),
        (replace(step, law=""), "no role or no article"),
        (replace(step, touches=(Touch("stop", "doc.number"),)), "which no step starts"),
        (replace(step, after="moon.rise"), "waits for an act that no step has"),
    ):
        with pytest.raises(Flawed, match=flaw):
            declare([replace(course, code="wrong", steps=(*others, wrong))])
    with pytest.raises(Flawed, match="stands twice"):
        declare([replace(course, code="wrong", steps=(*course.steps, step))])


@pytest.mark.parametrize("code", sorted({course.code for course in COURSES if course.last}))
def test_the_day_on_which_it_came_in_chooses_the_version(code):
    old, new = course_on(code, date(2026, 6, 30)), course_on(code, date(2026, 7, 1))
    assert old is not None and new is not None and old.last == new.first == date(2026, 7, 1)
    assert course_on(code, old.first) == old and course_on(code, old.first - timedelta(days=1)) is None
    assert {step.law for step in old.steps} != {step.law for step in new.steps}


@pytest.mark.parametrize("course", [one for one in COURSES if one.code.startswith("khieu-nai")], ids=name)
def test_acceptance_has_the_term_of_its_legal_state(course):
    clocks = clocks_of(a_case(course))
    found = deadline("kn.accept", [Event("start", morning_of(course))])
    assert (clocks["kn.accept"].legal, clocks["kn.accept"].law_version) == (found.legal, found.law_version)
    since = next(each for each in KNOWN["kn.accept"].versions if each.start == date(2026, 7, 1))
    assert (since.term.unit == "working_day") and (course.first == since.start) == (course.last is None)


@pytest.mark.parametrize("course", [DENUNCIATION_BEFORE, DENUNCIATION, RE_DENUNCIATION], ids=name)
def test_an_extension_that_whoever_settles_approved_makes_the_date_later(course):
    case = brought_to(course, "settling")
    at = moment(course)
    dates = [clocks_of(case)["tc.settle"].legal]
    for act in ("extend", "extend-again"):
        case = do(course, case, next(step for step in course.steps_from("settling") if step.act.endswith(f".{act}")))
        dates.append(clocks_of(case)["tc.settle"].legal)
    events = [Event("start", at)]
    for step, legal in zip(("", "complex", "specially_complex"), dates, strict=True):
        events += [Event("extend", at, step, "settler")] if step else []
        assert deadline("tc.settle", events).legal == legal
    assert dates == sorted(set(dates))


def test_a_second_extension_before_the_first_is_refused_by_the_law():
    case = brought_to(DENUNCIATION, "settling")
    answer = do(DENUNCIATION, case, DENUNCIATION.step("denunciation.extend-again", "settling"))
    assert isinstance(answer, Refusal) and answer.en == "The extension that comes before this one was not decided yet."


@pytest.mark.parametrize("course", [one for one in COURSES if one.code.startswith("khieu-nai")], ids=name)
def test_a_complaint_is_suspended_from_the_first_day_of_the_decree_only(course):
    case = brought_to(course, "settling")
    step = next(each for each in course.steps if each.act.endswith(".suspend"))
    suspended = do(course, case, step)
    assert isinstance(suspended, Case) and clocks_of(suspended)[step.touches[0].rule].state == "paused"
    if course.last is None:
        return
    early = Told(morning_of(course) + timedelta(days=5), "vì lý do này", "12/QĐ", PARAMS)
    old = early_case(course, early)
    answer = propose(by=by(step.act, step.roles[0]), case=old, revision=old.revision, told=early, at=early.effective_at)
    assert isinstance(answer, Refusal) and answer.reason == "invalid"


def early_case(course, early: Told) -> Case:
    """A complaint accepted before the decree was in force."""
    case = a_case(course)
    act = next(each for each in course.steps if each.act.endswith(".accept"))
    taken = take(by=by(act.act, act.roles[0]), case=case, revision=1, told=early, at=early.effective_at)
    assert isinstance(taken, Case), taken
    return taken


def clocks_of(case: Case) -> dict[str, Clock]:
    with acting(by("second-complaint.accept", "petition-officer")):
        return {clock.rule: clock for clock in Clock.objects.filter(case=case)}


@pytest.mark.parametrize("course", [each for each in COURSES if "denunciation" in each.purposes], ids=name)
def test_nobody_ends_a_denunciation_alone(course):
    alone, waiting = {course.begin}, [course.begin]
    while waiting:
        reached = {step.target for step in course.steps_from(waiting.pop()) if not step.approvers} - alone
        alone |= reached
        waiting += reached
    assert not alone & course.ends


def test_whoever_sorted_a_denunciation_does_not_file_it_alone():
    case, at = a_case(DENUNCIATION), moment(DENUNCIATION)
    clerk = by("denunciation.file", "ward-duty")
    answer = take(by=clerk, case=case, revision=case.revision, told=told(at), at=at)
    assert isinstance(answer, Refusal) and "người khác duyệt" in answer.vi


@pytest.mark.parametrize("course", COURSES, ids=name)
def test_whatever_officers_owe_can_be_done_as_long_as_the_case_is_open(course):
    """No clock of theirs runs where nothing further on stops it: it would stand as overdue, with nothing to do."""
    begin = (course.begin, frozenset(touch.rule for touch in course.starts))
    steps, waiting = {}, [begin]
    while waiting:
        state, run = here = waiting.pop()
        if here not in steps:
            steps[here] = [(step, (step.target, running(run, step))) for step in course.steps_from(state)]
            waiting += [there for _step, there in steps[here]]
    for rule in sorted({rule for _state, run in steps for rule in run if KNOWN[rule].side == "agency"}):
        able = {here for here, ways in steps.items() if any(Touch("stop", rule) in step.touches for step, _ in ways)}
        for _ in course.states:
            able |= {
                here for here, ways in steps.items() if any(there in able and rule in there[1] for _, there in ways)
            }
        stuck = {state for state, run in steps if rule in run and state not in course.ends and (state, run) not in able}
        assert not stuck, (rule, stuck)


def running(run: frozenset[str], step) -> frozenset[str]:
    stopped = {touch.rule for touch in step.touches if touch.what == "stop"}
    return (run - stopped) | {touch.rule for touch in step.touches if touch.what == "start"}


def test_a_withdrawal_of_a_part_moves_nothing_and_what_keeps_a_case_going_is_said():
    for code in ("denunciation", "re-denunciation"):
        course = DENUNCIATION if code == "denunciation" else RE_DENUNCIATION
        case = brought_to(course, "settling")
        part = do(course, case, course.step(f"{code}.withdraw-part", "settling"))
        assert isinstance(part, Case) and part.state == "settling" and clocks_of(part)["tc.settle"].state == "running"
        weighed, at = do(course, part, course.step(f"{code}.withdraw", "settling")), moment(course)
        goes_on = by(f"{code}.go-on", course.step(f"{code}.go-on", "withdrawal").roles[0])
        answer = take(by=goes_on, case=weighed, revision=weighed.revision, told=told(at), at=at)
        assert isinstance(answer, Refusal) and answer.reason == "invalid"  # on which of the law's grounds?
