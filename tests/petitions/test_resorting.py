"""A petition that was sorted wrongly and whose course has begun goes back to sorting, by two people, with its past."""

import pytest
from django.db import IntegrityError, transaction

from hamrong.access.actors import Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions import joining
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.models import Case, Clock, Fact, Proposal
from hamrong.petitions.actions import resorting
from hamrong.petitions.actions.intake import enter_register
from hamrong.petitions.actions.sorting import tell_sender
from hamrong.petitions.courses import COURSES
from hamrong.petitions.deciding import barred
from hamrong.petitions.models import Petition
from hamrong.petitions.resorting import DECIDED, RESORTED, act_of
from hamrong.petitions.rules import endings
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import WARD, entered, now, officer, sent
from tests.petitions.test_desk_pages import FOUND, now_as
from tests.petitions.test_erasing import ELSEWHERE, destroyed, long_ago
from tests.petitions.test_kinds import WHY, saying, sorting
from tests.petitions.way import PARAMS
from tests.sealed.room import an_officer, chief

MISTAKE = "Nội dung là kiến nghị, không khiếu nại quyết định nào"


def case_of(row: Petition) -> Case:
    with acting(officer("petition.read")):
        return Case.objects.get(pk=row.case_id)


def stopping(case: Case, act: str = "complaint.resort", reason: str = MISTAKE):
    """Propose that a case is stopped so that its petition is sorted anew."""
    return propose(by=officer(act), case=case, revision=case.revision, told=Told(now(), reason), at=now())


def stopped(row: Petition, act: str = "complaint.resort", approver=None) -> Case | Refusal:
    """A case that two people stopped."""
    proposal = stopping(case_of(row), act)
    assert not isinstance(proposal, Refusal), proposal
    return approve(by=approver or officer(f"{act}.approve", role="ward-chief"), proposal=proposal, at=now())


def begun(**changes) -> Petition:
    """A complaint that was sorted and accepted, and whose sender was told."""
    row = sorting(entered(**changes))
    case = case_of(row)
    said = Told(now(), "", "7/TB", PARAMS)
    accepted = take(by=officer("complaint.accept"), case=case, revision=case.revision, told=said, at=now())
    assert isinstance(accepted, Case), accepted
    told = tell_sender(by=officer("petition.tell"), petition=row, document="7/TB, 01/01/2026", at=now())
    assert isinstance(told, Petition)
    return told


def test_a_complaint_that_is_a_reflection_goes_back_and_is_sorted_as_one_with_the_dates_of_one():
    row = begun()
    case = stopped(row)
    assert isinstance(case, Case) and case.state == RESORTED and case.closed_at
    back = now_as(row)
    assert (back.sorting, back.case_id, back.told_on) == ("", None, None)
    assert (back.kind, back.rule) == ("complaint", "kn.accept")
    (was,) = back.sorted_before
    assert (was["case"], was["sorting"], was["told_by"]) == (str(case.pk), "complaint_ours", "7/TB, 01/01/2026")
    done = sorting(back, kind="reflection", kind_why=WHY)
    assert (done.kind, done.came_as, done.rule, done.sorted_before) == ("reflection", "complaint", "tcd.answer", [was])
    with acting(officer("petition.read")):
        assert case_of(done).course.startswith("phan-anh") and done.case_id != case.pk
        facts = list(Fact.objects.filter(case=case).order_by("revision").values_list("act", flat=True))
        assert facts == ["open", "complaint.accept", "complaint.resort"]
        assert set(Clock.objects.filter(case=case).values_list("state", flat=True)) == {"stopped"}
        assert Clock.objects.get(case=done.case_id, rule="tcd.answer").legal == done.legal


def test_it_takes_a_reason_and_a_second_person_and_nothing_is_owed_in_what_should_not_have_begun():
    row = begun()
    case = case_of(row)
    assert isinstance(stopping(case, reason=" "), Refusal)
    alone = take(by=officer("complaint.resort"), case=case, revision=case.revision, told=Told(now(), WHY), at=now())
    assert isinstance(alone, Refusal) and "người khác duyệt" in alone.vi
    assert now_as(row).sorting == "complaint_ours"
    assert isinstance(stopped(row), Case)
    clerk = browser_of(a_person("ward-duty", WARD))
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Không được làm" not in page and "Đơn được phân loại lại" in page and "chưa phân loại lại" in page
    assert case.code not in clerk.get("/ho-so/danh-sach/?stands=undone").content.decode()


def test_what_is_sealed_stays_sealed_and_only_a_leader_with_its_key_sends_it_back():
    row = sorting(entered(kind="denunciation"))
    keyless = an_officer(key=False)
    answer = stopped(row, "denunciation.resort", keyless.may("denunciation.resort.approve"))
    assert isinstance(answer, Refusal) and answer.reason == "conflict"
    with acting(officer("denunciation.resort")):
        waiting = Proposal.objects.get(case=row.case_id, state="waiting")
    case = approve(by=chief().may("denunciation.resort.approve"), proposal=waiting, at=now())
    assert isinstance(case, Case) and case.state == RESORTED
    back = now_as(row)
    assert (back.secret, back.kind, back.sorting, back.content) == (True, "denunciation", "", None)
    kind = saying(back, chief())
    assert (kind.kind, kind.secret) == ("complaint", True)
    done = sorting(kind)
    assert (done.sorting, done.secret, done.case_id is not None) == ("complaint_ours", True, True)
    with acting(keyless.may("denunciation.protect-end.approve")) as by:
        assert barred(by, case) is not None


def test_what_was_not_sealed_becomes_no_denunciation_and_the_page_says_so_before():
    row = begun()
    clerk = browser_of(a_person("ward-duty", WARD))
    page = clerk.get(f"/ho-so/{row.case_id}/buoc/complaint.resort").content.decode()
    assert "Đơn không niêm phong khi nhận không thành tố cáo" in page and "cần hai người" in page
    assert isinstance(stopped(row), Case)
    page = clerk.get(f"/don/{row.pk}/").content.decode()
    assert "Vì sao không chọn được Tố cáo" in page and "Đã bỏ lần phân loại trước" in page and MISTAKE in page
    answer = sorting(now_as(row), kind="denunciation", kind_why=WHY)
    assert isinstance(answer, Refusal) and answer.reason == "conflict"
    assert (
        clerk.post(f"/don/{row.pk}/", {"do": "sort", **FOUND, "kind": "reflection", "kind_why": WHY}).status_code == 302
    )


def test_a_case_that_goes_together_with_another_or_was_decided_is_not_stopped():
    first, second = begun(), begun()
    by = officer("case.join", role="ward-chief")
    case = case_of(second)
    joined = joining.join(
        by=by, case=case, revision=case.revision, into=case_of(first), told=Told(now(), WHY), at=now()
    )
    assert not isinstance(joined, Refusal)
    assert stopping(case_of(first)) == resorting.KIN
    for course in COURSES:
        over = {step.target for step in course.steps if step.act in endings()}
        assert all(course.step(act_of(course), state) is None for state in DECIDED | (course.ends - over))
        assert all(course.step(act_of(course), state) for state in {course.begin, *over})


def test_a_case_that_ended_because_it_was_guided_elsewhere_is_stopped_and_its_petition_sorted_anew():
    row = sorting(entered(), facts=ELSEWHERE)
    case = case_of(row)
    why = Told(now(), WHY, "9/HD")
    guided = take(by=officer("complaint.guide"), case=case, revision=case.revision, told=why, at=now())
    assert isinstance(guided, Case) and guided.closed_at
    clerk = browser_of(a_person("ward-duty", WARD))
    page = clerk.get(f"/ho-so/{case.pk}/").content.decode()
    assert f"/ho-so/{case.pk}/buoc/complaint.resort" in page
    back = stopped(row)
    assert isinstance(back, Case) and (back.state, back.closed_at) == (RESORTED, guided.closed_at)
    assert (now_as(row).sorting, now_as(row).rule) == ("", "kn.accept")
    assert "chưa phân loại lại" in clerk.get(f"/ho-so/{case.pk}/").content.decode()


def test_its_sender_reads_that_it_was_sorted_before_and_is_sorted_anew():
    petition, code = sent()
    row = sorting(enter_register(by=officer("petition.enter"), petition=petition, at=now()))
    assert isinstance(stopped(row), Case)
    told = browser().post("/theo-doi/", {"code": code, "lang": "vi"}).content.decode()
    assert "Việc phân loại trước đó được bỏ" in told and "Đã nhận, chưa phân loại" in told and MISTAKE not in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sorting": "", "outcome": "", "sorted_on": None, "sorted_by": "", "case": None}, "two people"),
        ({"sorting": "reflection_ours"}, "two people"),
        ({"sorted_before": [{"case": "x"}]}, "what it was not"),
    ],
)
def test_the_database_takes_no_sorting_back_without_two_people(change, said):
    row = sorting(entered())
    with pytest.raises(IntegrityError, match=said), acting(officer("petition.sort")) as by, transaction.atomic():
        Petition.objects.filter(pk=row.pk).update(**change)
        enter(by, subject=f"petition:{row.pk}", at=now())


def test_the_database_keeps_what_it_was_sorted_as_before():
    row = begun()
    stopped(row)
    with pytest.raises(IntegrityError, match="is kept"), acting(officer("petition.sort")) as by, transaction.atomic():
        Petition.objects.filter(pk=row.pk).update(sorted_before=[])
        enter(by, subject=f"petition:{row.pk}", at=now())


def test_of_a_petition_that_was_sorted_anew_the_case_that_was_stopped_is_erased_too(admin_connection):
    row = sorting(entered())
    case = stopped(row)
    assert isinstance(case, Case)
    again = long_ago(admin_connection, sorting(now_as(row), facts=ELSEWHERE))
    destroyed(again)
    with acting(officer("petition.read")):
        assert set(Fact.objects.filter(case=case).values_list("reason", flat=True)) == {""}
    assert [told["code"] for told in now_as(row).sorted_before] == [case.code]
