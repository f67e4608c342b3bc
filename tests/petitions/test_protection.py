"""Protecting a denouncer: the term of the circular, the grounds on which it ends, and that its end falls due."""

from datetime import timedelta

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import propose
from hamrong.cases.actions.steps import Told
from hamrong.cases.models import Case, Clock, Fact
from hamrong.petitions.denunciations import DENUNCIATION
from hamrong.petitions.redenunciations import RE_DENUNCIATION
from tests.petitions.way import brought_to, by, do, moment, told

HERE = "settling"


def clock(case: Case, rule: str) -> Clock | None:
    with acting(by("denunciation.protect", "petition-officer")):
        return Clock.objects.filter(case=case, rule=rule).first()


def step(act: str, state: str = HERE):
    found = DENUNCIATION.step(f"denunciation.{act}", state)
    assert found is not None, (act, state)
    return found


def test_corruption_or_waste_has_a_term_of_three_working_days_and_five_where_it_is_complex():
    case = do(DENUNCIATION, brought_to(DENUNCIATION, HERE), step("protect-ask-corruption"))
    short = clock(case, "tc.protect.decide")
    longer = do(DENUNCIATION, case, step("protect-longer"))
    assert isinstance(longer, Case) and clock(longer, "tc.protect.decide").strict > short.strict
    decided = do(DENUNCIATION, longer, step("protect"))
    assert isinstance(decided, Case) and clock(decided, "tc.protect.decide").state == "stopped"


def test_other_denunciations_have_no_term_for_it_and_are_decided_all_the_same():
    case = do(DENUNCIATION, brought_to(DENUNCIATION, HERE), step("protect-ask"))
    assert clock(case, "tc.protect.decide") is None
    assert isinstance(do(DENUNCIATION, case, step("protect")), Case)


@pytest.mark.parametrize(("ending", "state"), [("conclude", "concluded"), ("end", "ending")])
def test_when_it_is_settled_the_end_of_protection_is_due_at_once(ending, state):
    case = do(DENUNCIATION, brought_to(DENUNCIATION, HERE), step("protect"))
    if ending == "end":
        case = do(DENUNCIATION, case, step("withdraw"))
    settled = do(DENUNCIATION, case, step(ending, case.state))
    assert isinstance(settled, Case) and settled.state == state
    due = clock(settled, "tc.protect.end")
    assert due.state == "running" and due.legal - moment(DENUNCIATION) < timedelta(days=1)
    ended = do(DENUNCIATION, settled, step("protect-end", state))
    assert isinstance(ended, Case) and clock(ended, "tc.protect.end").state == "stopped"


def test_where_nobody_is_protected_nothing_falls_due():
    assert clock(brought_to(DENUNCIATION, "concluded"), "tc.protect.end") is None
    over = do(DENUNCIATION, brought_to(DENUNCIATION, HERE, before="denunciation.protect-end"), step("protect-end"))
    assert clock(do(DENUNCIATION, over, step("conclude")), "tc.protect.end") is None


def test_it_ends_on_a_ground_that_the_law_names():
    case, at = brought_to(DENUNCIATION, HERE, before="denunciation.protect-end"), moment(DENUNCIATION)
    asked = by("denunciation.protect-end", "ward-duty")
    for ground in ("", "concluded", "nonsense"):
        said = Told(at, "vì lý do này", ground=ground)
        answer = propose(by=asked, case=case, revision=case.revision, told=said, at=at)
        assert isinstance(answer, Refusal) and "căn cứ" in answer.vi
    ended = do(DENUNCIATION, case, step("protect-end"))
    with acting(asked):
        assert Fact.objects.get(case=ended, revision=ended.revision).ground == told(at).ground


def test_a_re_denunciation_has_the_same_rows():
    case = brought_to(RE_DENUNCIATION, "concluded", before="re-denunciation.protect-end")
    with acting(by("re-denunciation.protect", "petition-officer")):
        assert Clock.objects.get(case=case, rule="tc.protect.end").state == "running"
