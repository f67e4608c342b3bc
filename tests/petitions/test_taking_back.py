"""A sorting that began no case goes back by two people, with its past; the notice of it is recalled."""

import pytest
from django.db import IntegrityError, transaction

from hamrong.access.actors import Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import OWN
from hamrong.papers.actions import drafting
from hamrong.papers.catalog import form
from hamrong.papers.models import Paper, Recall
from hamrong.petitions import deciding
from hamrong.petitions.actions import taking_back
from hamrong.petitions.actions.resorting import EMPTY
from hamrong.petitions.actions.sorting import NO_REASON, NOT_SORTED
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from hamrong.petitions.subjects import subject_of
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import WARD, entered, now, officer, sent
from tests.petitions.test_desk_pages import now_as
from tests.petitions.test_erasing import destroyed, long_ago
from tests.petitions.test_kinds import saying, sorting
from tests.petitions.test_subjects import by as papers_grant
from tests.petitions.test_subjects import filled_in, noticed, sorted_in
from tests.sealed.room import an_officer, chief

WHY = "Đơn có chữ ký ở trang sau, bị quét thiếu"
UNSIGNED = Facts("unsigned", "ours")


def filed(**changes) -> Petition:
    """A complaint that was filed because nobody signed it."""
    row = sorting(entered(**changes), facts=UNSIGNED)
    assert (row.sorting, row.case_id) == ("complaint_unsigned", None)
    return row


def proposed(row: Petition, by=None) -> Petition:
    done = taking_back.propose(by=by or officer("petition.resort"), petition=row, reason=WHY, at=now())
    assert isinstance(done, Petition), done
    return done


def approved(row: Petition, by=None) -> Petition | Refusal:
    by = by or officer("petition.resort.approve", role="ward-chief")
    return taking_back.approve(by=by, petition=row, at=now())


def test_a_complaint_that_was_filed_goes_back_with_its_number_and_day_and_is_accepted():
    row = filed()
    assert now_as(proposed(row)).sorting == "complaint_unsigned"
    assert isinstance(approved(row), Petition)
    back = now_as(row)
    assert (back.sorting, back.taking_back, back.rule) == ("", None, "kn.accept")
    assert (back.number, back.received_on) == (row.number, row.received_on)
    (was,) = back.sorted_before
    assert (was["sorting"], was["why"]) == ("complaint_unsigned", WHY) and was["proposed_by"] != was["approved_by"]
    assert sorting(back).case_id is not None
    page = browser_of(a_person("ward-duty", WARD)).get(f"/don/{row.pk}/").content.decode()
    assert "Đã bỏ lần phân loại trước" in page and WHY in page and "Hồ sơ đã dừng" not in page


def test_the_page_asks_another_person_who_approves_or_says_why_not():
    row, clerk, leader = filed(), browser_of(a_person("ward-duty", WARD)), browser_of(a_person("ward-chief", WARD))
    there = f"/don/{row.pk}/"
    assert "Phân loại sai?" in clerk.get(there).content.decode()
    assert "Hãy ghi vì sao phân loại này sai." in clerk.post(there, {"do": "back", "reason": ""}).content.decode()
    assert clerk.post(there, {"do": "back", "reason": WHY}).status_code == 302
    mine = clerk.get(there).content.decode()
    assert WHY in mine and "Rút đề xuất" in mine and "Duyệt bỏ phân loại" not in mine
    assert "Chức trách của bạn" in clerk.post(there, {"do": "back-yes"}).content.decode()
    assert "chờ duyệt bỏ phân loại sai" in leader.get("/desk/", follow=True).content.decode()
    assert str(row.pk) in leader.get("/don/?stands=wrong").content.decode()
    assert "Duyệt bỏ phân loại" in leader.get(there).content.decode()
    assert leader.post(there, {"do": "back-no", "answer": "Trang sau cũng không ký"}).status_code == 302
    assert (now_as(row).taking_back, now_as(row).sorting) == (None, "complaint_unsigned")
    clerk.post(there, {"do": "back", "reason": WHY})
    assert clerk.post(there, {"do": "back-own"}).status_code == 302 and now_as(row).taking_back is None
    clerk.post(there, {"do": "back", "reason": WHY})
    assert leader.post(there, {"do": "back-yes"}).status_code == 302 and now_as(row).sorting == ""


def test_its_sender_reads_that_the_notice_was_taken_back_with_the_sorting():
    petition, code = sent(kind="crime_report")
    row = sorted_in(of=petition, reason="Tin báo về tội phạm")
    paper = noticed(row, "xu-ly-don")
    told = now_as(row).told_by
    to, values, writer = subject_of(row), filled_in(row), papers_grant("paper.draft", "petition")
    draft = drafting.draft(by=writer, to=to, form=form("xu-ly-don"), values=values, at=now())
    assert told and isinstance(draft, Paper)
    proposed(row)
    assert isinstance(approved(row), Petition)
    with acting(papers_grant("paper.read", "petition")):
        assert [one.paper_id for one in Recall.objects.filter(paper__ref=to.ref)] == [paper.pk]
        assert Paper.objects.get(pk=draft.pk).state == "discarded"
    (was,) = now_as(row).sorted_before
    assert (was["told_by"], was["outcome"]) == (told, "transfer")
    page = browser().post("/theo-doi/", {"code": code, "lang": "vi"}).content.decode()
    assert "Việc phân loại trước đó được bỏ" in page and "Đã bị thu hồi ngày" in page and WHY not in page
    assert told in page


def test_nobody_approves_what_they_proposed_and_of_what_is_sealed_only_who_has_its_key():
    row = sorting(saying(entered(kind="denunciation"), chief()), facts=UNSIGNED)
    assert (row.secret, row.case_id) == (True, None)
    proposed(row)
    assert approved(row, an_officer(key=False).may("petition.resort.approve")) == deciding.NO_SEALING_KEY
    assert isinstance(approved(row, chief().may("petition.resort.approve")), Petition)
    assert (now_as(row).secret, now_as(row).kind, now_as(row).sorting) == (True, "complaint", "")
    leader = officer("petition.resort.approve", role="ward-chief")
    own = filed()
    own.taking_back = {"by": leader.actor.ref, "in_place_of": "", "reason": WHY, "on": "2026-01-01"}
    assert taking_back.may_not_answer(leader, own) == OWN


def test_what_began_a_case_or_is_unsorted_is_not_taken_back_here_and_it_takes_a_reason():
    by = officer("petition.resort")
    assert taking_back.propose(by=by, petition=sorting(entered()), reason=WHY, at=now()) == taking_back.BY_ITS_CASE
    assert taking_back.propose(by=by, petition=entered(), reason=WHY, at=now()) == NOT_SORTED
    row = filed()
    assert taking_back.propose(by=by, petition=row, reason=" ", at=now()) == NO_REASON
    assert approved(row) == taking_back.NOT_WAITING
    assert taking_back.propose(by=by, petition=proposed(row), reason=WHY, at=now()) == taking_back.WAITS


@pytest.mark.parametrize("approver", ["", "self", None])
def test_the_database_takes_it_back_only_with_a_second_person(approver):
    row = proposed(filed())
    second = {} if approver is None else {"approved_by": row.taking_back["by"] if approver else ""}
    was = [{"sorting": row.sorting, "proposed_by": row.taking_back["by"], **second}]
    change = {name: value for name, value in EMPTY.items() if name != "case"} | {"sorted_before": was}
    with (
        pytest.raises(IntegrityError, match="two people"),
        acting(officer("petition.sort")) as by,
        transaction.atomic(),
    ):
        Petition.objects.filter(pk=row.pk).update(**change)
        enter(by, subject=f"petition:{row.pk}", at=now())


def test_what_is_erased_keeps_that_it_was_taken_back_and_no_reason(admin_connection):
    row = filed()
    approved(proposed(row))
    destroyed(long_ago(admin_connection, sorting(now_as(row), facts=UNSIGNED)))
    (was,) = now_as(row).sorted_before
    assert (was["sorting"], was["why"]) == ("complaint_unsigned", "")
