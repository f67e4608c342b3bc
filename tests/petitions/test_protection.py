"""Protecting a denouncer: the term of the circular, the grounds on which it ends, and that its end falls due."""

from datetime import timedelta

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.actions.approvals import propose
from hamrong.cases.actions.steps import Told
from hamrong.cases.models import Case, Clock, Fact
from hamrong.petitions.denunciations import DENUNCIATION
from hamrong.petitions.redenunciations import RE_DENUNCIATION
from tests.entrances import a_person, browser_of
from tests.petitions.senders import now
from tests.petitions.way import WARD, brought_to, by, do, moment, told

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


def ended(*, protected: bool = True, notified: bool = False) -> Case:
    """A denunciation that was withdrawn and ended, with or without protection and the notice of its acceptance."""
    case = brought_to(DENUNCIATION, HERE)
    for act in [*(["protect"] if protected else []), "withdraw", *(["notify"] if notified else []), "end", "tell-end"]:
        case = do(DENUNCIATION, case, step(act, case.state))
        assert isinstance(case, Case), (act, case)
    assert case.closed_at and case.state == "ended"
    return case


def test_protection_outlasts_its_case_on_the_desk_until_it_is_ended():
    case, chief = ended(), browser_of(a_person("ward-chief", WARD))
    assert clock(case, "tc.protect.end").state == "running"
    at = f"/ho-so/{case.pk}/"
    page, desk = chief.get(at).content.decode(), chief.get("/ho-so/").content.decode()
    assert "Biện pháp bảo vệ vẫn có hiệu lực" in page and "Hồ sơ đã kết thúc, quyết định còn hiệu lực" in desk
    assert case.code in desk.split('id="lasting"')[1].split("</section>")[0]
    closed = case.closed_at
    over = do(DENUNCIATION, case, step("protect-end", "ended"))
    assert isinstance(over, Case) and (over.state, over.closed_at) == ("ended", closed)
    assert clock(over, "tc.protect.end").state == "stopped"
    page, desk = chief.get(at).content.decode(), chief.get("/ho-so/").content.decode()
    assert "Biện pháp bảo vệ vẫn có hiệu lực" not in page and case.code not in desk.partition('id="lasting"')[2]


def test_the_page_that_ends_a_case_tells_what_stays_in_force_and_what_is_not_done():
    case = do(DENUNCIATION, brought_to(DENUNCIATION, HERE), step("protect"))
    for act in ("withdraw", "end"):
        case = do(DENUNCIATION, case, step(act, case.state))
    page = browser_of(a_person("ward-duty", WARD)).get(f"/ho-so/{case.pk}/buoc/denunciation.tell-end").content.decode()
    assert "Biện pháp bảo vệ đang có hiệu lực, không kết thúc cùng hồ sơ" in page
    assert "Hồ sơ sẽ kết thúc khi còn việc chưa làm" in page and "Điều 54 Luật Tố cáo" in page


def test_a_notice_that_was_not_given_is_not_done_when_its_case_ends():
    clerk = browser_of(a_person("ward-duty", WARD))
    lacking, given = ended(protected=False), ended(protected=False, notified=True)
    page = clerk.get(f"/ho-so/{lacking.pk}/").content.decode()
    assert "Không được làm" in page and "chưa được ghi nhận là đã làm" in page
    assert "Không được làm" not in clerk.get(f"/ho-so/{given.pk}/").content.decode()
    undone = clerk.get(f"/ho-so/danh-sach/?stands=undone&q={lacking.code}").content.decode()
    assert lacking.code in undone.partition("<tbody")[2]
    undone = clerk.get(f"/ho-so/danh-sach/?stands=undone&q={given.code}").content.decode()
    assert given.code not in undone.partition("<tbody")[2]


def test_while_a_withdrawal_is_weighed_the_page_says_what_is_owed_and_protection_can_be_ordered():
    case = do(DENUNCIATION, brought_to(DENUNCIATION, HERE), step("withdraw"))
    page = browser_of(a_person("ward-duty", WARD)).get(f"/ho-so/{case.pk}/").content.decode()
    assert "Việc rút tố cáo chưa kết thúc vụ việc" in page and "buoc/denunciation.notify" in page
    assert clock(case, "tc.settle").state == clock(case, "tc.accept.notify").state == "running"
    assert isinstance(do(DENUNCIATION, case, step("protect", "withdrawal")), Case)


def test_a_unit_that_ceases_hands_over_what_is_in_force_in_cases_that_ended():
    case, plain = ended(), ended(protected=False)
    order = by("case.reorganise", "province-leader")
    assert isinstance(transfers.reorganise(by=order, successors={WARD: "14812"}, document="1/QĐ", at=now()), int)
    with acting(order):
        units = dict(Case.objects.filter(pk__in=[case.pk, plain.pk]).values_list("pk", "unit"))
    assert (units[case.pk], units[plain.pk]) == ("14812", WARD)


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
