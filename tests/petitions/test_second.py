"""Second complaints and re-denunciations: by the province, against a first matter that was settled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.roles import roles
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.models import Case, Clock, Transfer
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions import competence
from hamrong.petitions.actions import second
from hamrong.petitions.actions.intake import enter_register
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.complaints import FIRST
from hamrong.petitions.courses import COURSES
from hamrong.petitions.denunciations import DENUNCIATION
from hamrong.petitions.models import Petition
from hamrong.petitions.queries.first import NONE, first_matter
from hamrong.petitions.rules import Facts
from tests.petitions.senders import entered, hand_in_of, now, officer, sent
from tests.petitions.way import brought_to, by, do
from tests.sealed.room import an_officer
from tests.world import PROVINCE

AGAIN = Facts("signed", "ours", instance="second")
ELSEWHERE = replace(AGAIN, competence="elsewhere")


def as_province(act: str):
    return officer(act, PROVINCE, "petition-officer")


def at_the_province(kind: str = "complaint") -> Petition:
    if kind == "denunciation":
        an_officer("province-leader", PROVINCE)
    petition, _ = sent(kind=kind, unit=PROVINCE)
    row = enter_register(by=as_province("petition.enter"), petition=petition, at=now())
    assert isinstance(row, Petition), row
    return row


def sorted_there(petition: Petition, facts: Facts = AGAIN, **more):
    return sort_petition(
        by=as_province("petition.sort"), petition=petition, found=Sorted(facts, "vì thế", **more), at=now()
    )


@pytest.mark.parametrize(("kind", "course", "state", "after"), [
    ("complaint", FIRST, "served", "khieu-nai-lan-hai"), ("denunciation", DENUNCIATION, "closed", "to-cao-tiep"),
])  # fmt: skip
def test_what_was_settled_by_a_commune_goes_further_to_the_province(kind, course, state, after):
    first = brought_to(course, state)
    row = sorted_there(at_the_province(kind), earlier=first)
    assert isinstance(row, Petition), row
    with acting(as_province("petition.read")):
        case = Case.objects.get(pk=row.case_id)
        rules = set(Clock.objects.filter(case=case).values_list("rule", flat=True))
    assert (case.course.partition("@")[0], case.state, case.earlier_id) == (after, "received", first.pk)
    assert rules == ({"kn.accept"} if kind == "complaint" else {"tc.again"}) and row.prior == ""


def test_a_commune_takes_up_no_second_one_and_passes_it_on_by_the_course_of_the_first():
    row = entered(kind="complaint")
    sort = officer("petition.sort")
    refused = sort_petition(by=sort, petition=row, found=Sorted(AGAIN, prior="1/QĐ"), at=now())
    assert refused == second.NOT_HERE
    for kind, course in (("complaint", "khieu-nai-lan-dau"), ("denunciation", "to-cao")):
        passed = sort_petition(by=sort, petition=entered(kind=kind), found=Sorted(ELSEWHERE, "Cấp tỉnh"), at=now())
        with acting(officer("petition.read")):
            assert Case.objects.get(pk=passed.case_id).course.startswith(f"{course}@")


def test_a_second_one_names_the_first_or_the_decision_of_another_body():
    row = at_the_province()
    assert sorted_there(row) == second.NO_FIRST
    done = sorted_there(row, prior="12/QĐ-UBND, 02/10/2026, Ủy ban nhân dân xã")
    assert done.prior.startswith("12/QĐ-UBND") and done.case_id


def test_the_first_is_of_the_same_kind_settled_and_not_by_the_province_itself():
    assert sorted_there(at_the_province(), earlier=brought_to(DENUNCIATION, "closed")) == second.OTHER_COURSE
    again = at_the_province("denunciation")
    assert sorted_there(again, earlier=brought_to(DENUNCIATION, "settling")) == second.NOT_YET["to-cao"]
    own = sorted_there(at_the_province(), replace(AGAIN, instance="first"))
    with acting(as_province("case.read")):
        case = Case.objects.get(pk=own.case_id)
        case.state = "served"
    assert sorted_there(at_the_province(), earlier=case) == second.OWN


def test_a_complaint_whose_term_has_passed_goes_further_without_a_decision():
    first = brought_to(FIRST, "settling")
    petition, later = at_the_province(), now() + timedelta(days=400)
    row = sort_petition(
        by=as_province("petition.sort"), petition=petition, found=Sorted(AGAIN, "vì thế", first), at=later
    )
    assert isinstance(row, Petition), row
    withdrawn = brought_to(FIRST, "withdrawn")  # its clock stopped before the term passed
    found = Sorted(AGAIN, "vì thế", withdrawn)
    refused = sort_petition(by=as_province("petition.sort"), petition=at_the_province(), found=found, at=later)
    assert refused == second.NOT_YET["khieu-nai-lan-dau"]


def test_the_first_matter_is_found_by_code_number_and_follow_up_code():
    code = new_code()
    row = hand_in_of(code)
    with acting(as_province("petition.read")) as reading:
        case = Case.objects.get(pk=row.case_id)
        for told in (case.code.lower(), f" {code} ", code.replace("-", "")):
            assert first_matter(reading, told) == case, told
        for told in ("KN-1999-000001", "999999/2026", new_code(), "gì đó"):
            assert first_matter(reading, told) == NONE, told
    with acting(officer("petition.read")) as reading:
        assert first_matter(reading, f"{row.number}/{row.year}") == case


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.key)
def test_the_table_of_competence_names_the_posts_of_each_course(course):
    row = competence.table()[course.code]
    levels = [level for level in (row.commune, row.province) if level]
    steps = course.every_step
    assert {post for level in levels for post in level.works} == {post for step in steps for post in step.roles}
    assert {post for level in levels for post in level.settles} == {post for step in steps for post in step.approvers}
    for level, scope in ((row.commune, "ward"), (row.province, "province")):
        assert level is None or all(roles()[post].scope == scope for post in (*level.works, *level.settles))


def test_the_province_watches_a_case_of_a_commune_and_takes_no_step_in_it():
    case = brought_to(FIRST, "received")
    told = Told(now(), "vì lý do này", "12/QĐ")
    step = FIRST.step("complaint.accept", "received")
    answer = take(by=by(step.act, "petition-officer"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(answer, Refusal) and answer.reason == "other-scope"
    assert isinstance(do(FIRST, case, step), Case)


@pytest.mark.parametrize(("kind", "course", "state"), [
    ("complaint", FIRST, "served"), ("denunciation", DENUNCIATION, "closed"),
])  # fmt: skip
def test_a_second_one_is_not_offered_to_a_commune_and_the_right_receiver_is_named(kind, course, state):
    row = sorted_there(at_the_province(kind), earlier=brought_to(course, state))
    offer = as_province("case.offer")
    with acting(offer):
        case = Case.objects.get(pk=row.case_id)
    refused = transfers.offer(
        by=offer, case=case, revision=case.revision, receiver="14797", reason="Nơi xảy ra", at=now()
    )
    assert isinstance(refused, Refusal) and refused.reason == "other-scope" and refused.law.endswith(("Đ33", "Đ37 k1"))
    assert "Chuyển đến Công an tỉnh" in refused.vi and "Trưởng Công an cấp xã" in refused.vi
    with acting(offer):
        assert not case.handovers.exists()


def test_a_first_complaint_is_offered_to_a_commune_as_before():
    case, offer = brought_to(FIRST, "settling"), officer("case.offer", role="ward-chief")
    made = transfers.offer(by=offer, case=case, revision=case.revision, receiver="14812", reason="Nơi ở", at=now())
    assert isinstance(made, Transfer), made
