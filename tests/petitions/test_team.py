"""The team that verifies a denunciation: two or more, none in conflict; keeping away from a case takes somebody out."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError

from hamrong.access.actions import appoint
from hamrong.access.actors import Target
from hamrong.access.entries import enter
from hamrong.access.people import actor_of_person
from hamrong.access.walls import acting
from hamrong.cases.actions import emergencies
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.models import Case
from hamrong.petitions.actions import team as acts
from hamrong.petitions.actions.team import Named, name_team, recuse
from hamrong.petitions.models import Member, Recusal
from hamrong.petitions.queries import team
from hamrong.sealed.actions import lending, reports
from hamrong.sealed.rules import Against
from tests.casework.test_pages import settling
from tests.entrances import a_person, as_operator, browser_of
from tests.petitions.senders import OTHER, WARD, now
from tests.petitions.test_transferring import a_denunciation, hands, reads
from tests.petitions.way import PARAMS
from tests.sealed.room import PASSPHRASE, Officer, an_officer, chief, chief_of_province, with_token
from tests.world import PROVINCE, grant

DECISION = "15/QĐ-CAP, 24/11/2026"


def an_accepted(**changes):
    """(the case, its report) of a denunciation that is being settled."""
    case, report = a_denunciation(**changes)
    told = Told(now(), "vì lý do này", "12/QĐ", PARAMS)
    duty = an_officer("ward-duty", key=False)
    case = take(by=duty.may("denunciation.competent"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(case, Case), case
    accept = duty.may("denunciation.accept")
    proposal = propose(by=accept, case=case, revision=case.revision, told=replace(told, effective_at=now()), at=now())
    case = approve(by=chief().may("denunciation.accept.approve"), proposal=proposal, at=now())
    assert isinstance(case, Case) and case.state == "settling", case
    return case, report


def named(case: Case, *people: Officer, document: str = DECISION):
    chosen = Named([one.id for one in people], people[0].id, document)
    return name_team(by=chief().may("team.name"), case=case, named=chosen, ring=chief().ring(), at=now())


def standing(case: Case) -> dict[object, bool]:
    with acting(chief().may("team.name")) as by:
        return {one.person_id: one.head for one in team.members(by).filter(case=case, until__isnull=True)}


def test_a_team_has_a_head_and_a_decision_and_is_changed_by_another_one():
    case, _ = an_accepted()
    first, second, third = (an_officer("ward-duty", key=False) for _ in range(3))
    assert isinstance(named(case, first, second), list)
    assert standing(case) == {first.id: True, second.id: False}
    named(case, second, third, document="16/QĐ-CAP, 25/11/2026")
    assert standing(case) == {second.id: True, third.id: False}
    with acting(chief().may("team.name")) as by:
        left = team.members(by).get(case=case, person_id=first.id)
        assert left.until and left.left_by == "16/QĐ-CAP, 25/11/2026" and left.document == DECISION


def test_one_person_is_no_team_and_nothing_is_named_without_a_decision_or_too_early():
    case, _ = an_accepted()
    one, two = an_officer("ward-duty", key=False), an_officer("ward-duty", key=False)
    assert named(case, one).reason == "invalid" and named(case, one, one).reason == "invalid"
    assert named(case, one, two, document=" ").reason == "invalid"
    stranger = an_officer("ward-duty", "14812", key=False)
    assert named(case, one, stranger) == acts.NOT_ABLE
    assert named(a_denunciation()[0], one, two) == acts.NOT_NOW


def test_any_officer_of_the_unit_can_be_named_whatever_their_post():
    case, _ = an_accepted()
    one, other = an_officer("ward-duty", key=False), an_officer("plate-officer", key=False)
    assert isinstance(named(case, one, other), list)
    assert standing(case) == {one.id: True, other.id: False}


def test_whoever_is_denounced_or_serves_in_a_unit_that_is_cannot_verify():
    bad = Officer(a_person("ward-duty", WARD, name="Ngô Văn Bị"), "ward-duty", WARD)
    case, _ = an_accepted(against=Against(frozenset({bad.id})))
    good, other = an_officer("ward-duty", key=False), an_officer("ward-duty", key=False)
    assert named(case, good, bad) == acts.DENOUNCED
    assert isinstance(named(case, good, other), list)


def test_a_member_with_a_key_reads_what_is_sealed_while_in_the_team():
    case, report = an_accepted()
    reader, other, third = an_officer(), an_officer("ward-duty", key=False), an_officer("ward-duty", key=False)
    assert not reads(reader, report)
    named(case, reader, other)
    assert reads(reader, report) and chief().id in hands(report)["content"]
    named(case, other, third)
    assert not reads(reader, report) and reads(chief(), report)


def test_whoever_has_to_do_with_it_says_so_and_keeps_away():
    case, report = an_accepted()
    reader, other = an_officer(), an_officer("ward-duty", key=False)
    named(case, other, reader)
    for one in (reader, other):
        assert isinstance(recuse(by=one.may("case.recuse"), case=case, ground="relative", at=now()), Recusal)
        assert recuse(by=one.may("case.recuse"), case=case, ground="relative", at=now()) == acts.ALREADY
    assert standing(case) == {} and not reads(reader, report)
    told = Told(now(), "vì lý do này", "12/QĐ", PARAMS)
    revision = case.revision
    step = take(by=other.may("denunciation.verify"), case=case, revision=revision, told=told, at=now())
    asked = propose(by=other.may("denunciation.extend"), case=case, revision=revision, told=told, at=now())
    assert step == asked == team.AWAY
    third = an_officer("ward-duty", key=False)
    assert named(case, third, other) == acts.NOT_ABLE


def test_the_only_one_who_reads_a_report_gives_it_away_first():
    case, report = an_accepted()
    others = hands(report)["content"] - {chief().id}
    with acting(chief_of_province("sealed.hand")) as by:
        for one in others:
            lending.take_back(report, one)
        enter(by, subject=f"sealed:{report.pk}", at=now())
    assert recuse(by=chief().may("case.recuse"), case=case, ground="interest", at=now()) == acts.LAST_READER
    assert recuse(by=chief().may("case.recuse"), case=case, ground="mood", at=now()) == acts.BAD_GROUND


@pytest.mark.parametrize("table", ["cases_fact", "cases_proposal", "petitions_member"])
def test_the_database_lets_nobody_act_who_keeps_away(table):
    case, _ = an_accepted()
    one = an_officer("ward-duty", key=False)
    recuse(by=one.may("case.recuse"), case=case, ground="interest", at=now())
    mine = {"unit": case.unit, "province": case.province}
    with pytest.raises(DatabaseError, match="keeps away"), acting(one.may("case.read")):
        if table == "petitions_member":
            Member.objects.create(case=case, person_id=one.id, document="x", named_by="x", since=now(), **mine)
        elif table == "cases_fact":
            case.facts.create(
                revision=99, act="x", source="settling", target="settling", effective_at=now(), recorded_at=now(),
                by=f"person:{one.id}", role="ward-duty", **mine,
            )  # fmt: skip
        else:
            case.proposals.create(
                act="x", revision=1, told={}, told_hash=b"x", proposed_by=f"person:{one.id}", proposed_role="ward-duty",
                proposed_at=now(), expires_at=now(), **mine,
            )  # fmt: skip


def test_the_page_names_a_team_and_the_case_shows_it_until_somebody_keeps_away():
    case, _ = an_accepted()
    one, two = an_officer("ward-duty", key=False), an_officer("ward-duty", key=False)
    site = browser_of(chief().person)
    address = f"/niem-phong/ho-so/{case.pk}/to-xac-minh"
    assert "Thành lập Tổ xác minh" in site.get(address).content.decode()
    typed = {"people": [str(one.id), str(two.id)], "head": str(two.id), "document": DECISION, "password": PASSPHRASE}
    assert "Tổ trưởng phải là" in site.post(address, {**typed, "people": [str(one.id)]}).content.decode()
    with with_token(chief()) as answered:
        assert "cần cả khóa bảo mật" in site.post(address, typed).content.decode()
        assert site.post(address, {**typed, "password_token": answered}).status_code == 302
    page = site.get(f"/ho-so/{case.pk}/").content.decode()
    assert two.person.full_name in page and "Tổ trưởng" in page and DECISION in page
    mine = browser_of(one.person)
    assert mine.post(f"/don/ho-so/{case.pk}/lien-quan", {"ground": "relative"}).status_code == 302
    assert mine.get(f"/ho-so/{case.pk}/").status_code == 403
    assert "Đã rời Tổ" in site.get(f"/ho-so/{case.pk}/").content.decode()


def test_whoever_keeps_away_is_given_no_key_by_a_colleague_nor_with_a_transfer():
    case, report = a_denunciation()
    away, free = an_officer(), an_officer()
    assert isinstance(recuse(by=away.may("case.recuse"), case=case, ground="relative", at=now()), Recusal)
    page = browser_of(chief().person).get(f"/niem-phong/don/{report.pk}/giao").content.decode()
    assert str(free.id) in page and str(away.id) not in page
    given = reports.hand_over(
        by=chief().may("sealed.hand"), report=report, ring=chief().ring(),
        to=reports.Place(WARD, frozenset({away.id})), at=now(), adding=True,
    )  # fmt: skip
    assert given == reports.NO_RECEIVER and away.id not in hands(report)["content"]


def test_whoever_keeps_away_does_not_open_the_case_in_an_emergency():
    case = settling()
    mover = an_officer("ward-duty", key=False)
    assert isinstance(recuse(by=mover.may("case.recuse"), case=case, ground="relative", at=now()), Recusal)
    appoint(
        by=as_operator("post.appoint"), person=mover.person, role="ward-duty", scope=OTHER,
        starts_on=date(now().year, 1, 1), ordered_by="QĐ 3", at=now(),
    )  # fmt: skip
    who = actor_of_person(mover.person, session="session:x", today=now().date(), province=PROVINCE, strong=True)
    by = grant(who, "emergency.open", Target(ward=OTHER, province=PROVINCE), purpose="emergency", case_ref=case.code)
    answer = emergencies.open_case(by=by, code=case.code, ground="life", reason="Đến ngay", at=now())
    assert answer == emergencies.NOT_TO_OPEN
