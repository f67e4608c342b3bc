"""What rested on a recalled paper rests on another one from a day on, or is owed again; what was known stays known."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions.footing import outcome, rest
from hamrong.cases.actions.joining import join
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.courses import Course
from hamrong.cases.models import Case, Fact
from hamrong.cases.queries.history import known
from hamrong.cases.queries.standing import in_force
from hamrong.petitions.complaints import FIRST
from hamrong.petitions.denunciations import DENUNCIATION
from tests.petitions.way import a_case, brought_to, do, moment, morning_of, told
from tests.petitions.way import by as somebody

WHY = "Ghi sai ngày"


def by(act: str = "case.footing", role: str = "ward-duty"):
    return somebody(act, role)


def fact_of(case: Case, act: str) -> Fact:
    with acting(by()):
        return Fact.objects.filter(case=case, act=act).latest("revision")


def put_right(case: Case, act: str, *, days: int = 3, document: str = "", course: Course = FIRST) -> Case | Refusal:
    at = moment(course) + timedelta(days=days)
    fact = fact_of(case, act)
    return rest(by=by(), case=case, revision=case.revision, fact=fact, told=Told(at, WHY, document), at=at)


def clock(case: Case, rule: str):
    with acting(by()):
        return case.clocks.get(rule=rule)


def test_a_notice_that_was_recalled_is_owed_again_by_the_day_that_the_law_says():
    never, case = a_case(FIRST), brought_to(FIRST, "settling")
    assert clock(case, "kn.accept").state == "stopped"
    with acting(by()):
        assert outcome(case, fact_of(case, "complaint.accept")).state == "received"
    back = put_right(case, "complaint.accept")
    assert isinstance(back, Case) and back.state == "received"
    owed, own = clock(back, "kn.accept"), clock(never, "kn.accept")
    assert (owed.state, owed.strict, owed.legal) == ("running", own.strict, own.legal)
    assert clock(back, "kn.first").state == "stopped"
    again = take(
        by=somebody("complaint.accept", "ward-duty"), case=back, revision=back.revision,
        told=told(moment(FIRST) + timedelta(days=4)), at=moment(FIRST) + timedelta(days=4),
    )  # fmt: skip
    assert isinstance(again, Case) and clock(again, "kn.first").started_at.day == (moment(FIRST).day + 4)
    assert clock(again, "kn.accept").state == "stopped"


def test_what_was_known_before_the_recall_stays_known():
    case = brought_to(FIRST, "settling")
    before = moment(FIRST) + timedelta(days=1)
    back = put_right(case, "complaint.accept")
    with acting(by()):
        then, now = known(by(), back, on_record_at=before), known(by(), back, on_record_at=before + timedelta(days=9))
    assert then.state == "settling" and now.state == "received"
    assert {one.rule: one.state for one in then.clocks} == {"kn.accept": "stopped", "kn.first": "running"}
    assert {one.rule: one.state for one in now.clocks} == {"kn.accept": "running", "kn.first": "stopped"}
    assert len(now.facts) == len(then.facts) + 1


def test_another_paper_in_its_place_counts_from_its_own_day():
    case = brought_to(FIRST, "settling")
    on = put_right(case, "complaint.accept", document="13/TB, 23/08/2026")
    assert isinstance(on, Case) and on.state == "settling"
    assert clock(on, "kn.accept").stopped_at == moment(FIRST) + timedelta(days=3)
    assert clock(on, "kn.first").state == "running"


def test_a_pause_ends_on_the_day_of_the_recall():
    paused, ran = brought_to(FIRST, "suspended"), brought_to(FIRST, "settling")
    going = put_right(paused, "complaint.suspend", days=5)
    assert isinstance(going, Case) and going.state == "settling"
    assert clock(going, "kn.first").state == "running"
    late = clock(going, "kn.first").strict - clock(ran, "kn.first").strict
    assert timedelta(days=4) <= late <= timedelta(days=6)


def test_an_extension_by_a_recalled_decision_does_not_count():
    plain = brought_to(DENUNCIATION, "settling")
    longer = do(DENUNCIATION, plain, DENUNCIATION.step("denunciation.extend", "settling"))
    before = clock(longer, "tc.settle").strict
    short = put_right(longer, "denunciation.extend", course=DENUNCIATION)
    assert isinstance(short, Case) and short.state == "settling"
    assert clock(short, "tc.settle").strict < before
    again = put_right(short, "denunciation.extend", course=DENUNCIATION, document="9/QĐ", days=4)
    assert isinstance(again, Case) and clock(again, "tc.settle").strict == before


def test_where_more_was_built_on_it_the_case_stays_and_the_notice_is_still_owed():
    case = brought_to(FIRST, "decided")
    stays = put_right(case, "complaint.accept")
    assert isinstance(stays, Case) and stays.state == "decided"
    assert clock(stays, "kn.accept").state == "running" and clock(stays, "kn.first").state == "stopped"
    given = put_right(stays, "complaint.accept", days=6, document="15/TB")
    assert isinstance(given, Case) and clock(given, "kn.accept").stopped_at == moment(FIRST) + timedelta(days=6)


def test_a_decision_that_was_recalled_leaves_nothing_found():
    case = brought_to(FIRST, "decided")
    assert case.result == "right"
    back = put_right(case, "complaint.decide")
    assert isinstance(back, Case) and (back.state, back.result) == ("settling", "")
    assert clock(back, "kn.first").state == "running" and clock(back, "kn.first.send").state == "stopped"


def test_a_case_that_a_recalled_paper_ended_is_open_again_with_those_that_ended_with_it():
    main, other = a_case(FIRST), a_case(FIRST)
    leader, at = by("case.join", "ward-chief"), moment(FIRST)
    joined = join(by=leader, case=other, revision=other.revision, into=main, told=told(at), at=at)
    assert isinstance(joined, Case)
    with acting(by()):
        main.refresh_from_db()
    ended = do(FIRST, main, FIRST.step("complaint.return", "received"))
    assert isinstance(ended, Case) and ended.closed_at
    back = put_right(ended, "complaint.return")
    assert isinstance(back, Case) and (back.state, back.closed_at) == ("received", None)
    with acting(by()):
        other.refresh_from_db()
    assert (other.state, other.closed_at) == ("received", None)
    assert clock(other, "kn.accept").state == clock(back, "kn.accept").state == "running"


def test_protection_by_a_recalled_decision_is_not_in_force():
    case = brought_to(DENUNCIATION, "settling", before="denunciation.protect-end")
    with acting(by()):
        assert in_force(case, "denunciation.protect", "denunciation.protect-end")
    back = put_right(case, "denunciation.protect", course=DENUNCIATION)
    with acting(by()):
        assert not in_force(back, "denunciation.protect", "denunciation.protect-end")


@pytest.mark.parametrize("wrong", ["early", "stale", "no reason", "future"])
def test_what_cannot_be_is_refused(wrong):
    case = brought_to(FIRST, "settling")
    at, fact = moment(FIRST) + timedelta(days=3), fact_of(case, "complaint.accept")
    said = {
        "early": Told(morning_of(FIRST), WHY),
        "no reason": Told(at, " "),
        "future": Told(at + timedelta(days=1), WHY),
    }
    seen = 1 if wrong == "stale" else case.revision
    answer = rest(by=by(), case=case, revision=seen, fact=fact, told=said.get(wrong, Told(at, WHY)), at=at)
    assert isinstance(answer, Refusal)
    assert clock(case, "kn.accept").state == "stopped"


def test_what_was_undone_is_taken_anew_and_not_corrected_twice():
    back = put_right(brought_to(FIRST, "settling"), "complaint.accept")
    assert isinstance(put_right(back, "complaint.accept", document="14/TB"), Refusal)


def test_the_database_lets_no_other_fact_correct_one():
    case = brought_to(FIRST, "settling")
    first = fact_of(case, "complaint.accept")
    with (
        acting(by()),
        pytest.raises(IntegrityError, match="fact_corrects_another_by_its_own_act"),
        transaction.atomic(),
    ):
        first.pk, first.revision, first.corrects = None, 3, fact_of(case, "open")
        first.save(force_insert=True)
