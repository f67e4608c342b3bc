"""Sealing a report: for whom, against whom, who reads it, and where it goes."""

from datetime import date

import pytest

from hamrong.access.actions import appoint
from hamrong.access.actors import Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.followup import new_code
from hamrong.sealed import queries
from hamrong.sealed.actions import handing, opening, reports
from hamrong.sealed.actions.reports import Place
from hamrong.sealed.actions.rotation import rotate
from hamrong.sealed.models import Answer, Hand, Report, Request
from hamrong.sealed.rules import Against
from tests.entrances import as_operator
from tests.sealed.room import (
    HOLDERS,
    OTHER,
    WARD,
    a_request,
    a_told,
    an_officer,
    as_reporter,
    chief,
    chief_of_province,
    holders,
    holders_of,
    now,
    place_of,
    seal,
    second,
)
from tests.world import PROVINCE

SMALL, TINY = "14863", "14869"
"""Communes in which only one test each makes keys."""


def read(report, officer):
    return reports.read_report(by=officer.may("sealed.read"), report=report, ring=officer.ring(), at=now())


def test_the_handler_reads_it_and_another_officer_of_the_same_unit_does_not():
    report, _ = seal()
    assert read(report, chief()) == {"text": "Nội dung tố cáo".encode()}
    assert read(report, an_officer()) == reports.NOT_YOURS


def test_the_reporter_comes_back_with_the_code_adds_to_it_and_nobody_else_does():
    report, code = seal()
    by = as_reporter(code, "sealed.follow")
    with acting(by):
        mine = Report.objects.get()
        key = reports.reporters_key(mine, code)
        assert mine.pk == report.pk and list(reports.opened_parts(mine, key)) == ["text"]
        with pytest.raises(Broken):
            reports.reporters_key(mine, new_code())
    reports.add_part(by=by, report=mine, key=key, name="message:1", plain=b"more", at=now())
    assert read(report, chief())["message:1"] == b"more"
    with acting(as_reporter(new_code(), "sealed.follow")):
        assert not Report.objects.exists()


def test_holders_are_three_people_and_hold_no_content():
    report, _ = seal()
    held = holders_of(report)
    assert len(held) == 3
    key = held[0].ring().key
    with acting(chief_of_province("sealed.read")):
        assert set(Hand.objects.filter(report=report, key=key).values_list("what", flat=True)) == {"against"}


def test_nobody_complained_about_nor_their_unit_holds_or_handles():
    everybody = Against(units=frozenset({PROVINCE}))
    answer, _ = seal(against=everybody)
    assert answer == reports.NO_HOLDERS
    answer, _ = seal(against=Against(units=frozenset({WARD})))
    assert answer == reports.NO_HANDLER
    answer, _ = seal(against=Against(people=frozenset({chief().id})))
    assert answer == reports.NO_HANDLER
    accused = holders()[0]
    for _ in range(4):
        report, _ = seal(against=Against(people=frozenset({accused.id})))
        if isinstance(report, Refusal):
            assert len(HOLDERS) < 4  # with three holders and one of them accused two are left, which is enough
        else:
            assert accused not in holders_of(report)


def test_what_one_person_alone_could_read_is_not_sealed():
    alone = an_officer(scope=SMALL, alone=True)
    code = new_code()
    place = Place(SMALL, frozenset({alone.id}))
    answer = reports.seal_report(by=as_reporter(code), told=a_told(code), place=place, at=now())
    assert answer == reports.NO_HANDLER
    report, _ = seal(handler=alone)
    assert isinstance(report, Report) and read(report, second(scope=SMALL))["text"]


def test_it_is_offered_to_two_people_or_to_the_province():
    alone = an_officer(scope=TINY, alone=True)
    report, _ = seal()
    by, ring = chief().may("sealed.hand"), chief().ring()
    to = Place(TINY, frozenset({alone.id}))
    assert handing.offer(by=by, report=report, ring=ring, to=to, at=now()) == handing.ONE_RECEIVER
    second(scope=TINY)
    assert isinstance(handing.offer(by=by, report=report, ring=ring, to=place_of(alone), at=now()), Report)
    leader = an_officer("province-leader", PROVINCE)
    to = Place(PROVINCE, frozenset({leader.id}))
    assert isinstance(handing.offer(by=by, report=report, ring=ring, to=to, at=now()), Report)


def test_where_too_few_holders_are_left_it_is_refused():
    people = frozenset(each.id for each in holders()[1:])
    answer, _ = seal(against=Against(people=people))
    assert answer == reports.NO_HOLDERS


def test_a_key_that_was_swapped_in_the_table_gets_nothing(admin_connection):
    officer = an_officer()
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute(
            "update sealed_key set public = (select public from sealed_key where person_id = %s) where person_id = %s",
            [chief().id, officer.id],
        )
    answer, _ = seal(handler=officer)
    assert answer == reports.NO_HANDLER


def test_handed_over_the_old_handler_reads_no_more_and_the_new_one_does():
    report, code = seal()
    successor = an_officer(scope=OTHER)
    to = place_of(successor)
    given = handing.hand_over(by=chief().may("sealed.hand"), report=report, ring=chief().ring(), to=to, at=now())
    assert isinstance(given, Report) and given.ward == OTHER
    assert read(given, successor)["text"]
    assert read(given, chief()) == reports.NOT_YOURS
    with acting(chief().may("sealed.read")):
        assert not Report.objects.filter(pk=report.pk).exists()
    with acting(as_reporter(code, "sealed.follow")):
        assert Report.objects.get().ward == OTHER


def test_what_the_old_handler_had_asked_for_is_over_when_it_is_handed_over():
    report, _ = seal()
    request = a_request(report)
    for holder in holders_of(report)[:2]:
        opening.release(by=holder.may("sealed.answer"), request=request, ring=holder.ring(), at=now())
    successor = an_officer(scope=OTHER)
    to = place_of(successor)
    handing.hand_over(by=chief().may("sealed.hand"), report=report, ring=chief().ring(), to=to, at=now())
    with acting(chief_of_province("sealed.read")):
        assert Request.objects.get(pk=request.pk).state == "ended"
        assert not Answer.objects.filter(request=request, wrapped__isnull=False).exists()
    report.ward = OTHER
    assert a_request(report, successor).ward == OTHER


def test_a_holder_in_conflict_loses_the_share_when_it_is_handed_over():
    accused = holders()[0]
    report, _ = seal()
    while accused not in holders_of(report):
        report, _ = seal()
    with acting(chief_of_province("sealed.hand")):
        able = queries.candidates(now().date())
        against = Against(people=frozenset({accused.id}))
        assert handing.without_conflict(report, against, able) is None
        everybody = Against(people=frozenset(each.id for each in HOLDERS))
        assert handing.without_conflict(report, everybody, able) == reports.NO_HOLDERS
        enter(chief_of_province("sealed.hand"), subject=f"sealed:{report.pk}", at=now())
    assert len(holders_of(report)) == 2 and accused not in holders_of(report)


def test_it_is_not_handed_over_to_whom_it_is_against():
    successor = an_officer(scope=OTHER)
    report, _ = seal(against=Against(units=frozenset({OTHER})))
    to = Place(OTHER, frozenset({successor.id}))
    answer = handing.hand_over(by=chief().may("sealed.hand"), report=report, ring=chief().ring(), to=to, at=now())
    assert answer == reports.IN_CONFLICT
    stranger = an_officer()
    answer = handing.hand_over(by=stranger.may("sealed.hand"), report=report, ring=stranger.ring(), to=to, at=now())
    assert answer == reports.NOT_YOURS


def test_another_unit_cannot_send_it_away(app_connection):
    report, _ = seal()
    app_connection.execute(
        "select set_config('role', 'hamrong_ward', true), set_config('hamrong.scope', %s, true)", [OTHER]
    )
    moved = app_connection.execute("select sealed_move(%s, %s)", [report.pk, OTHER]).fetchone()
    assert moved == (False,)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("update sealed_report set needed = 0 where id = %s", "report_needs_a_holder"),
        ("update sealed_hand set what = 'all' where report_id = %s", "hand_is_of_a_known_key"),
        (
            "insert into sealed_share select gen_random_uuid(), epoch, dealer, place, wrapped, ticket, ward, province, "
            "key_id, report_id from sealed_share where report_id = %s",
            "share_is_dealt_once",
        ),
        (
            "insert into sealed_part select gen_random_uuid(), name, sealed, added_on, ticket, ward, province, "
            "report_id from sealed_part where report_id = %s",
            "part_has_one_name",
        ),
    ],
)
def test_the_database_keeps_its_promises(admin_connection, change, name):
    report, _ = seal()
    with pytest.raises(Exception, match=name):
        admin_connection.execute(change, [report.pk])


def test_a_code_is_nobody_by_name_and_a_new_stream_each_time():
    code = new_code()
    one, other = as_reporter(code), as_reporter(code)
    assert one.actor.ref == "visitor" and one.actor.session != other.actor.session
    assert one.scope == other.scope == reports.ticket_of(code) and code.replace("-", "") not in one.scope.upper()


def given(report, *to, adding):
    place = Place(report.ward, frozenset(each.id for each in to))
    by, ring = chief().may("sealed.hand"), chief().ring()
    return handing.hand_over(by=by, report=report, ring=ring, to=place, at=now(), adding=adding)


def test_given_to_a_colleague_everybody_reads_it_or_only_two_others():
    colleague, successor, other = an_officer(), an_officer(), an_officer()
    report, _ = seal()
    request = a_request(report)
    assert isinstance(given(report, colleague, adding=True), Report)
    assert isinstance(given(report, colleague, adding=True), Report)
    assert read(report, colleague)["text"] and read(report, chief())["text"]
    with acting(chief_of_province("sealed.read")):
        assert Request.objects.get(pk=request.pk).state == "waiting"
    assert given(report, successor, adding=False) == handing.ONE_READER
    assert read(report, colleague)["text"] and read(report, successor) == reports.NOT_YOURS
    assert isinstance(given(report, successor, other, adding=False), Report)
    assert read(report, successor)["text"] and read(report, other)["text"]
    assert read(report, chief()) == read(report, colleague) == reports.NOT_YOURS
    with acting(chief_of_province("sealed.read")):
        assert Request.objects.get(pk=request.pk).state == "ended"


def test_adding_a_colleague_takes_the_key_from_whoever_came_into_conflict():
    colleague, other = an_officer(), an_officer()
    report, _ = seal(against=Against(people=frozenset({colleague.id})))
    assert given(report, colleague, adding=True) == reports.IN_CONFLICT
    assert given(report, an_officer(key=False), adding=True) == handing.NO_RECEIVER
    moved = an_officer()
    report, _ = seal(against=Against(units=frozenset({OTHER})))
    assert isinstance(given(report, moved, adding=True), Report)
    post = appoint(
        by=as_operator("post.appoint"), person=moved.person, role="ward-chief", scope=OTHER,
        starts_on=date(now().year, 1, 1), ordered_by="QĐ 2", at=now(),
    )  # fmt: skip
    assert not isinstance(post, Refusal)
    assert isinstance(given(report, other, adding=True), Report)
    assert read(report, moved) == reports.NOT_YOURS and read(report, chief())["text"]


def test_a_key_that_is_rotated_while_the_province_is_asked_keeps_what_was_prepared():
    receiver = an_officer("province-leader", PROVINCE)
    report, _ = seal()
    to = Place(PROVINCE, frozenset({receiver.id}))
    offered = handing.offer(by=chief().may("sealed.hand"), report=report, ring=chief().ring(), to=to, at=now())
    assert isinstance(offered, Report), offered
    key = rotate(by=receiver.may("sealed.key"), ring=receiver.ring(), passphrase="một câu mật khẩu khác", at=now())
    assert not isinstance(key, Refusal)
    with acting(chief_of_province("sealed.read")):
        assert set(Hand.objects.filter(key=key).values_list("what", flat=True)) == set(reports.OFFERED.values())
