"""Sorting by the table, the case that begins with it, notices, links, and petitions that may be the same."""

from datetime import date, timedelta

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.courses import course_on
from hamrong.cases.models import Case, Clock
from hamrong.petitions.actions.settling import settle
from hamrong.petitions.actions.sorting import (
    COURSES,
    Sorted,
    link,
    morning,
    row_of,
    sort_petition,
    tell_sender,
)  # fmt: skip
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import stands
from hamrong.petitions.queries import reading, visible
from hamrong.petitions.rules import Facts, table
from hamrong.petitions.told import Content, Sender
from hamrong.sealed.jobs import kept
from tests.petitions.senders import SENDER, TEXT, entered, now, officer, sent, today

OURS = Facts("signed", "ours")
ELSEWHERE = Facts("signed", "elsewhere")


def sorted_as(petition: Petition, facts: Facts = OURS, reason: str = "", **more):
    by = officer("petition.sort")
    return sort_petition(by=by, petition=petition, found=Sorted(facts, reason, **more), at=now())


def test_a_complaint_that_is_ours_begins_its_case_on_the_day_it_came_in():
    petition = sorted_as(entered(received_on=today() - timedelta(days=2)))
    assert (petition.sorting, petition.outcome) == ("complaint_ours", "accept")
    with acting(officer("petition.read")):
        case = Case.objects.get(pk=petition.case_id)
        clock = Clock.objects.get(case=case)
    assert (case.course, case.state) == ("khieu-nai-lan-dau@2026-07-01", "received")
    assert (clock.rule, clock.started_at) == ("kn.accept", morning(today() - timedelta(days=2)))


def test_a_denunciation_begins_its_case_too():
    petition = sorted_as(entered(kind="denunciation"))
    with acting(officer("petition.read")):
        rules = set(Clock.objects.filter(case=petition.case_id).values_list("rule", flat=True))
    assert rules == {"tc.initial", "tc.transfer"}


def test_a_reflection_begins_its_case_whose_clock_is_the_one_by_which_its_sender_is_told():
    petition = sorted_as(entered(kind="reflection"))
    date = stands(petition, now())
    assert petition.rule == "tcd.answer" and date.found.derivation
    with acting(officer("petition.read")):
        case, clock = Case.objects.get(pk=petition.case_id), Clock.objects.get(case=petition.case_id)
    assert (petition.outcome, case.course) == ("accept", "phan-anh@2014-07-01")
    assert (clock.rule, clock.legal) == ("tcd.answer", petition.legal)


def test_a_report_of_a_crime_is_sorted_without_a_case():
    assert sorted_as(entered(kind="crime_report"), reason="Cho cơ quan điều tra").case_id is None


def test_whatever_is_not_accepted_needs_a_reason():
    petition = entered()
    refused = sorted_as(petition, ELSEWHERE)
    assert isinstance(refused, Refusal) and refused.reason == "invalid"
    assert sorted_as(petition, ELSEWHERE, "Thuộc thẩm quyền của Ủy ban").outcome == "guide"


def test_a_petition_is_entered_first_and_sorted_once():
    petition, _ = sent()
    assert sorted_as(petition).reason == "state"
    row = sorted_as(entered())
    assert sorted_as(row).reason == "state"


def test_every_step_of_the_table_is_a_first_step_of_its_course():
    steps = {name: row for name, row in table().items() if row.step}
    assert len(steps) == 15
    for name, row in steps.items():
        assert course_on(COURSES[row.step.partition(".")[0]], date(2026, 7, 1)).step(row.step, "received"), name


def test_the_sender_is_told_once_by_a_document():
    petition = sorted_as(entered(kind="reflection"))
    by = officer("petition.tell")
    assert tell_sender(by=by, petition=petition, document=" ", at=now()).reason == "invalid"
    row = tell_sender(by=by, petition=petition, document="12/TB ngày 24/11", at=now())
    assert (row.told_on, row.told_by) == (today(), "12/TB ngày 24/11")
    assert tell_sender(by=by, petition=row, document="13/TB", at=now()).reason == "state"
    assert tell_sender(by=by, petition=entered(), document="13/TB", at=now()).reason == "state"


def test_no_notice_is_owed_to_nobody():
    petition = sorted_as(entered(kind="reflection"), Facts("unsigned", "ours", content="vague"), "Không rõ")
    assert row_of(petition).notice == "none" and stands(petition, now()) is None
    assert row_of(entered()) is None


def test_the_same_text_is_suggested_and_another_one_is_not():
    mark = "cây cầu tre bắc qua con mương phía sau đình làng đã gãy từ tuần trước mà chưa ai sửa"
    one = entered(content=Content("Cầu", f"{TEXT} {mark}", senders=(Sender("Ai"),)))
    same = entered(content=Content("Cầu", f"{TEXT.upper()} {mark}!", senders=(Sender("Khác"),)))
    entered(content=Content("Chuyện khác", "Đèn đường ở ngã ba không sáng.", senders=(Sender("Ai"),)))
    with acting(officer("petition.read")) as by:
        found = [each for each in reading.suggestions(by, same) if each.petition.pk == one.pk]
        assert len(found) == 1 and found[0].share > 0.9 and not found[0].same_person
        assert all(each.share >= 0.5 or each.same_person for each in reading.suggestions(by, same))


def test_the_same_signatory_is_suggested_however_the_number_is_written():
    one = entered(content=Content("Một", "Một việc.", senders=(Sender("A", "038 090 999 001"),)))
    two = entered(content=Content("Hai", "Hai việc khác hẳn.", senders=(Sender("A", "038090999001"),)))
    with acting(officer("petition.read")) as by:
        assert [each.petition.pk for each in reading.suggestions(by, two) if each.same_person] == [one.pk]


def test_nothing_is_suggested_for_a_sealed_one():
    petition = entered(kind="denunciation", content=Content("x", TEXT, senders=(SENDER,)))
    with acting(officer("petition.read")) as by:
        assert reading.suggestions(by, petition) == []
    with pytest.raises(reading.IsSealed):
        reading.opened(petition)


def test_an_officer_links_a_repetition_to_what_came_before():
    first, again = entered(received_on=today() - timedelta(days=3)), entered()
    by = officer("petition.link")
    assert link(by=by, petition=again, earlier=first, at=now()).same_as_id == first.pk
    assert link(by=by, petition=first, earlier=again, at=now()).reason == "invalid"
    assert link(by=by, petition=first, earlier=first, at=now()).reason == "other-scope"


def test_the_night_keeps_every_petition_and_shuffles_the_day(admin_connection):
    made = {sent(received_on=today() - timedelta(days=1))[0].pk for _ in range(12)}
    before = order(admin_connection, made)
    assert settle(by=kept("petition.settle"), before=today(), at=now()) >= 12
    after = order(admin_connection, made)
    assert set(after) == made and after != before
    assert settle(by=kept("petition.settle"), before=today(), at=now()) == 0
    with acting(officer("petition.list")) as by:
        assert visible.petitions(by).filter(pk__in=made, settled=True).count() == 12


def order(admin, made) -> list:
    rows = admin.execute("select id from petitions_petition where id = any(%s) order by ctid", [list(made)])
    return [pk for (pk,) in rows]
