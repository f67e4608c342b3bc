"""Protecting a denouncer: the term of the circular, the grounds on which it ends, and that its end falls due."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.actions.approvals import propose
from hamrong.cases.actions.reviewing import NOTHING, reviewed
from hamrong.cases.actions.steps import STALE, Told
from hamrong.cases.models import Case, Clock, Fact, Number
from hamrong.cases.queries.ending import lasting
from hamrong.papers.subjects import Subject
from hamrong.petitions.actions.sorting import ended_by
from hamrong.petitions.denunciations import DENUNCIATION
from hamrong.petitions.models import Petition
from hamrong.petitions.protecting import END_PROTECTION, ON_PAPER, PROTECT, PROTECT_END
from hamrong.petitions.redenunciations import RE_DENUNCIATION
from tests.entrances import a_person, browser_of
from tests.papers.forms import a_draft, found, officer
from tests.papers.test_drafting import signed
from tests.petitions.senders import now
from tests.petitions.way import WARD, brought_to, by, do, moment
from tests.world import PROVINCE

HERE = "settling"


def clock(case: Case, rule: str) -> Clock | None:
    with acting(by("denunciation.protect", "petition-officer")):
        return Clock.objects.filter(case=case, rule=rule).first()


def subject_of(case: Case) -> Subject:
    """A case as an object that has papers."""
    to = found(officer("paper.read", purpose="denunciation"), f"case:{case.code}")
    assert to is not None
    return to


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


def test_who_is_threatened_after_the_end_asks_again_and_it_is_decided_changed_reviewed_and_ended():
    case, clerk = ended(protected=False), browser_of(a_person("ward-duty", WARD))
    over = case.closed_at
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "buoc/denunciation.protect-change" not in page and "đề nghị bảo vệ lại" in page
    asked = do(DENUNCIATION, case, step("protect-ask-corruption", "ended"))
    due = clock(asked, "tc.protect.decide")
    assert due.state == "running" and case.code in clerk.get("/ho-so/").content.decode()
    longer = do(DENUNCIATION, asked, step("protect-longer", "ended"))
    assert isinstance(longer, Case) and clock(longer, "tc.protect.decide").strict > due.strict
    ordered = do(DENUNCIATION, longer, step("protect", "ended"))
    assert clock(ordered, "tc.protect.decide").state == "stopped" and on_desk(clerk, ordered)
    changed = do(DENUNCIATION, reviewing(ordered), step("protect-change", "ended"))
    assert isinstance(changed, Case) and (changed.state, changed.closed_at) == ("ended", over)
    assert "Biện pháp bảo vệ vẫn có hiệu lực" in clerk.get(f"/ho-so/{case.pk}/").content.decode()
    last = do(DENUNCIATION, changed, step("protect-end", "ended"))
    assert isinstance(last, Case) and not on_desk(clerk, last)
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "soan/tc-cham-dut-bao-ve" in page and "chưa có văn bản ký ở đây" in page


def test_a_request_that_waits_outlasts_the_case_and_is_answered_after_it():
    case = brought_to(DENUNCIATION, HERE)
    for act in ("protect-ask-corruption", "withdraw", "notify", "end"):
        case = do(DENUNCIATION, case, step(act, case.state))
    page = browser_of(a_person("ward-duty", WARD)).get(f"/ho-so/{case.pk}/buoc/denunciation.tell-end").content.decode()
    assert "còn việc chưa làm" not in page
    case = do(DENUNCIATION, case, step("tell-end", case.state))
    assert case.closed_at and clock(case, "tc.protect.decide").state == "running"
    assert clock(do(DENUNCIATION, case, step("protect-not", "ended")), "tc.protect.decide").state == "stopped"


def test_what_is_asked_after_the_end_goes_along_and_what_was_not_accepted_is_only_changed_and_ended():
    case = do(DENUNCIATION, ended(protected=False), step("protect-ask-corruption", "ended"))
    order, form = (
        by("case.reorganise", "province-leader"),
        {"old": WARD, "new": "14812", "document": "1/QĐ", "do": "look"},
    )
    looked = browser_of(a_person("province-leader", PROVINCE)).post("/ho-so/sap-xep/", form).text
    moved = transfers.reorganise(by=order, successors={WARD: "14812"}, document="1/QĐ", at=now())
    assert isinstance(moved, int) and f": {moved} hồ sơ" in looked  # as many as were told before
    with acting(order):
        assert Case.objects.get(pk=case.pk).unit == "14812"
    refused = do(DENUNCIATION, brought_to(DENUNCIATION, "checking"), step("protect", "checking"))
    refused = do(DENUNCIATION, do(DENUNCIATION, refused, step("refuse", "checking")), step("protect-change", "refused"))
    with acting(by("case.read", "ward-duty")):
        assert ended_by(Petition(case=refused))[1].outcome == "return"
    kept = {one.act for one in DENUNCIATION.steps_from("refused")}
    assert {PROTECT_END, "denunciation.protect-change"} <= kept and PROTECT not in kept
    assert DENUNCIATION.steps_from("filed") == (DENUNCIATION.step("denunciation.resort", "filed"),)


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
        assert Fact.objects.get(case=ended, revision=ended.revision).ground == "asked"


def test_a_re_denunciation_has_the_same_rows():
    case = brought_to(RE_DENUNCIATION, "concluded", before="re-denunciation.protect-end")
    with acting(by("re-denunciation.protect", "petition-officer")):
        assert Clock.objects.get(case=case, rule="tc.protect.end").state == "running"


def reviewing(case: Case, who=None, *, days: int = 10, reason: str = "Vẫn còn tin nhắn đe dọa", **changes):
    """Put a review down as somebody sees the case; `days` until the next one."""
    at = changes.pop("at", now())
    return reviewed(
        by=who or by("case.review", "ward-chief"), case=case, revision=case.revision, act=PROTECT,
        told=Told(changes.pop("on", at), reason), again=(at + timedelta(days=days)).date(), at=at,
    )  # fmt: skip


def on_desk(client, case: Case) -> bool:
    """Whether the desk asks to look at what is in force in a case that ended."""
    return case.code in client.get("/ho-so/").content.decode().partition('id="lasting"')[2].partition("</section>")[0]


def test_a_review_is_on_record_and_the_desk_asks_again_on_the_day_that_was_said():
    case, clerk = ended(), browser_of(a_person("ward-duty", WARD))
    due, at = clock(case, END_PROTECTION), f"/ho-so/{case.pk}/xem-lai/{PROTECT}"
    assert on_desk(clerk, case) and "Chưa ai xem lại" in clerk.get(f"/ho-so/{case.pk}/").content.decode()
    page = clerk.get(at).content.decode()
    assert "Xem lại: biện pháp bảo vệ" in page and "Luật buộc làm" in page and "quay lại, đề xuất chấm dứt" in page
    form = {"revision": case.revision, "effective_on": f"{now():%d/%m/%Y}", "reason": "Vẫn bị theo dõi"}
    late = clerk.post(at, {**form, "again": f"{now() + timedelta(days=40):%d/%m/%Y}"}).content.decode()
    assert "chậm nhất là" in late and "Vẫn bị theo dõi" in late
    again = f"{now() + timedelta(days=20):%d/%m/%Y}"
    assert clerk.post(at, {**form, "again": again}).status_code == 302
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Xem lại gần nhất ngày" in page and f"Xem lại lần sau chậm nhất ngày {again}" in page
    assert not on_desk(clerk, case) and "đã được xem lại" in clerk.get("/ho-so/").content.decode()
    with acting(by("case.list", "ward-duty")) as grant:
        (one,) = [each for each in lasting(grant) if each.case == case]
        assert not one.is_due(now().date() + timedelta(days=19)) and one.is_due(now().date() + timedelta(days=20))
    assert clock(case, END_PROTECTION).legal == due.legal and clock(case, END_PROTECTION).state == "running"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"days": 0}, "sau hôm nay"), ({"days": 31}, "chậm nhất"), ({"reason": " "}, "thấy gì"),
     ({"on": moment(DENUNCIATION) - timedelta(days=5)}, "Ghi ngày đó hoặc một ngày sau")],
)  # fmt: skip
def test_a_review_says_what_was_found_on_which_day_and_when_it_is_looked_at_again(changes, said):
    answer = reviewing(ended(), **changes)
    assert isinstance(answer, Refusal) and said in answer.vi


def test_what_is_not_in_force_or_belongs_to_the_other_level_is_not_reviewed():
    case = ended()
    answer = reviewing(case, by("case.review", "province-leader"))
    assert isinstance(answer, Refusal) and answer.reason == "other-scope"
    assert reviewing(ended(protected=False)) == NOTHING
    once = reviewing(case)
    assert reviewing(case) == STALE and isinstance(once, Case)
    over = do(DENUNCIATION, once, step("protect-end", "ended"))
    assert isinstance(over, Case) and reviewing(over) == NOTHING


def test_the_database_keeps_a_review_whole(admin_connection):
    case = reviewing(ended())
    for wrong in ("again_on = null", "ground = ''", "source = 'settling'"):
        change = f"update cases_fact set {wrong} where case_id = %s and act = 'case.review'"
        with (
            pytest.raises(psycopg.errors.CheckViolation, match="says_of_what_and_when_again"),
            admin_connection.transaction(),  # the triggers come back with its end
        ):
            admin_connection.execute("alter table cases_fact disable trigger user")
            admin_connection.execute(change, [case.pk])


def test_what_outlasts_cases_takes_as_many_questions_for_many_as_for_one():
    def asked() -> int:
        with acting(by("case.list", "ward-duty")) as grant, CaptureQueriesContext(connection) as questions:
            assert lasting(grant)
        return len(questions)

    ended()
    few = asked()
    ended(), ended()
    assert asked() == few


def test_the_end_of_protection_has_a_paper_of_its_own_with_its_ground_and_number():
    case, clerk = ended(), browser_of(a_person("ward-duty", WARD))
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "chưa có văn bản ký ở đây" in page and "soan/tc-bao-ve" in page
    order = signed(a_draft(subject_of(case), "tc-bao-ve", at=now()), at=now())
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "chưa có văn bản ký ở đây" not in page
    assert "soan/tc-cham-dut-bao-ve" in clerk.get(f"/ho-so/{case.pk}/buoc/{PROTECT_END}").content.decode()
    over = do(DENUNCIATION, case, step("protect-end", "ended"))
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "chưa có văn bản ký ở đây" in page and "soan/tc-cham-dut-bao-ve" in page
    new = clerk.get(f"/giay-to/case:{case.code}/soan/tc-cham-dut-bao-ve?purpose=denunciation").content.decode()
    assert f"số {order.number:02d}/{order.symbol}" in new
    end = signed(a_draft(subject_of(case), "tc-cham-dut-bao-ve", at=now()), at=now())
    with acting(by("case.read", "ward-duty")):
        given = Number.objects.filter(case=over, register="quyet-dinh-bao-ve").order_by("fact__revision")
        assert [each.number for each in given] == [order.number, end.number]
    assert "chưa có văn bản ký ở đây" not in clerk.get(f"/ho-so/{case.pk}/").content.decode()


def test_every_ground_on_which_protection_ends_has_words_for_its_paper():
    grounds = {code for row in DENUNCIATION.steps if row.act == PROTECT_END for code, _words in row.grounds}
    assert grounds == set(ON_PAPER) == {"gone", "asked", "concluded", "ended"}


def test_a_paper_bears_the_number_of_its_own_step_although_a_later_one_has_none_yet():
    case = do(DENUNCIATION, ended(), step("protect-end", "ended"))
    order = signed(a_draft(subject_of(case), "tc-bao-ve", at=now()), at=now())
    with acting(by("case.read", "ward-duty")):
        assert Number.objects.get(case=case, fact__act=PROTECT).number == order.number
