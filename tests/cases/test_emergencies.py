"""Breaking the glass: one case, for hours, on record, and judged by somebody else; the database holds it by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection

from hamrong.access.actors import Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.walls import acting, for_a_while
from hamrong.cases.actions import emergencies as acts
from hamrong.cases.models import Case, Clock, Emergency, Fact
from hamrong.cases.queries import emergencies, visible
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from tests.casework.test_pages import OTHER, WARD, settling
from tests.petitions.senders import entered, officer
from tests.petitions.test_transferring import a_denunciation
from tests.world import PROVINCE, actor, grant

WHY = "Người gửi đơn báo bị đe dọa tính mạng, cần địa chỉ để đến ngay"


def now() -> datetime:
    return datetime.now(UTC)


def opener(code: str, *, unit: str = OTHER, role: str = "ward-duty", who=None) -> Grant:
    target = Target(ward=unit, province=PROVINCE)
    return grant(who or actor(role, unit), "emergency.open", target, purpose="emergency", case_ref=code)


def reviewer(role: str = "ward-chief", unit: str = WARD) -> Grant:
    scope, ward = (unit, unit) if role == "ward-chief" else (PROVINCE, "")
    return grant(actor(role, scope), "emergency.review", Target(ward=ward, province=PROVINCE))


def opened(case: Case, by: Grant | None = None, at: datetime | None = None) -> Emergency:
    answer = acts.open_case(by=by or opener(case.code), code=case.code, ground="life", reason=WHY, at=at or now())
    assert isinstance(answer, Emergency), answer
    return answer


def narrow(by: Grant, one: Emergency) -> Grant:
    answer = emergencies.reading(by, one, now())
    assert isinstance(answer, Grant), answer
    return answer


def judged(by: Grant, one: Emergency, found: str = "justified") -> Emergency | Refusal:
    return acts.review(by=by, emergency=one, found=found, answer="Đúng là khẩn cấp", at=now())


def test_an_officer_of_another_unit_reads_that_case_and_no_other():
    case, other = settling(), settling()
    by = opener(case.code)
    with acting(by):
        assert not Case.objects.filter(pk=case.pk).exists()
    one = opened(case, by)
    assert (one.case_id, one.unit, one.opener_unit, one.province) == (case.pk, WARD, OTHER, PROVINCE)
    assert one.until - one.opened_at == timedelta(hours=4)
    reading = narrow(by, one)
    with acting(reading):
        assert list(visible.cases(reading)) == list(Case.objects.all()) == [case]
        assert set(visible.facts(reading)) == set(Fact.objects.all()) and Fact.objects.count() == 2
        assert visible.clocks(reading).count() == Clock.objects.count() > 0
        assert not Case.objects.filter(pk=other.pk).exists()


def test_each_wall_alone_keeps_the_other_cases_away():
    case, other = settling(), settling()
    by = opener(case.code)
    reading = narrow(by, opened(case, by))
    with acting(grant(actor("province-leader", PROVINCE), "case.read", Target(province=PROVINCE))):
        assert Case.objects.filter(pk=other.pk).exists()
        assert list(visible.cases(reading)) == [case]
    with acting(reading):
        assert list(Case.objects.all()) == [case]


def test_when_the_time_is_over_both_walls_are_shut(admin_connection):
    case = settling()
    by = opener(case.code)
    one = opened(case, by)
    reading = narrow(by, one)
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute(
            "update cases_emergency set opened_at = now() - interval '5 hours', until = now() - interval '1 hour' "
            "where id = %s", [one.pk]
        )  # fmt: skip
    with acting(reading):
        assert not Case.objects.exists() and not Fact.objects.exists() and not visible.cases(reading).exists()
    with acting(by):
        row = Emergency.objects.get(pk=one.pk)
    assert emergencies.reading(by, row, now()) == emergencies.OVER


def test_only_the_opener_reads_and_nothing_is_changed():
    case = settling()
    by = opener(case.code)
    one = opened(case, by)
    colleague = opener(case.code)
    assert emergencies.reading(colleague, one, now()) == emergencies.OVER
    reading = narrow(by, one)
    with acting(reading), connection.cursor() as cursor:
        cursor.execute("update cases_case set state = 'x' where id = %s", [case.pk])
        assert cursor.rowcount == 0
    for act in ("case.read", "complaint.decide", "case.offer"):
        assert isinstance(decide(reading.actor, act, Target(ticket=str(one.pk))), Refusal)


def test_it_is_on_record_with_its_purpose_in_the_stream_of_the_case(admin_connection):
    case = settling()
    by = opener(case.code)
    opened(case, by)
    row = admin_connection.execute(
        "select type, actor, purpose, unit from audit_entry where stream = %s and type like 'emergency%%'",
        [f"case:{case.pk}"],
    ).fetchone()
    assert row == ("emergency.open", by.actor.ref, "emergency", OTHER)


def test_opened_again_within_the_time_it_is_the_same():
    case = settling()
    by = opener(case.code)
    assert opened(case, by).pk == opened(case, by).pk


@pytest.mark.parametrize("unit", [WARD, OTHER])
def test_a_wrong_code_and_the_own_units_case_are_not_opened_and_the_try_is_on_record(unit, admin_connection):
    code = settling().code if unit == WARD else "KN-1999-000001"
    answer = acts.open_case(by=opener(code, unit=unit), code=code, ground="life", reason=WHY, at=now())
    assert answer == acts.NOT_TO_OPEN
    tried = admin_connection.execute("select count(*) from audit_entry where subject = %s", [f"emergency:{code}"])
    assert tried.fetchone() == (1,)


def test_a_case_with_something_sealed_is_never_opened():
    case, _report = a_denunciation()
    by = opener(case.code)
    answer = acts.open_case(by=by, code=case.code, ground="life", reason=WHY, at=now())
    assert answer == acts.NOT_TO_OPEN
    with acting(by):
        assert not Emergency.objects.filter(code=case.code).exists()


def test_of_a_petition_what_is_not_sealed_is_read_with_its_case():
    row = sort_petition(
        by=officer("petition.sort"), petition=entered(), found=Sorted(Facts("signed", "ours")), at=now()
    )
    with acting(officer("petition.read")):
        case = Case.objects.get(pk=row.case_id)
    by = opener(case.code)
    with acting(narrow(by, opened(case, by))):
        assert list(Petition.objects.values_list("pk", flat=True)) == [row.pk]


def test_without_words_it_is_not_opened():
    case = settling()
    assert acts.open_case(by=opener(case.code), code=case.code, ground="life", reason="  ", at=now()) == acts.NO_REASON


@pytest.mark.parametrize("role", ["ward-chief", "province-leader", "inspector"])
def test_somebody_else_reviews_it_once(role):
    one = opened(settling())
    by = reviewer(role)
    done = judged(by, one, "unjustified")
    assert isinstance(done, Emergency) and (done.found, done.reviewed_by) == ("unjustified", by.actor.ref)
    assert judged(reviewer("inspector"), one) == acts.OVER


@pytest.mark.parametrize("found", ["justified", "unjustified"])
def test_what_was_judged_to_have_no_grounds_is_read_no_longer(found):
    case = settling()
    by = opener(case.code)
    one = opened(case, by)
    reading = narrow(by, one)
    done, ended = judged(reviewer(), one, found), found == "unjustified"
    assert isinstance(done, Emergency)
    with acting(reading):
        assert Case.objects.exists() != ended
    assert (emergencies.reading(by, done, now()) == emergencies.OVER) == ended
    assert (opened(case, by).pk != one.pk) == ended  # opening it once more goes on record anew


def test_the_opener_their_unit_and_whoever_stands_in_for_them_do_not_review():
    case = settling()
    who = actor("ward-chief", OTHER)
    one = opened(case, opener(case.code, role="ward-chief", who=who))
    both = replace(who, holdings=(*who.holdings, Holding("ward-chief", WARD)))
    as_both = grant(both, "emergency.review", Target(ward=WARD, province=PROVINCE))
    assert judged(as_both, one) == acts.OWN
    stand_in = replace(actor("inspector", PROVINCE), holdings=(Holding("inspector", PROVINCE, who.ref),))
    assert judged(grant(stand_in, "emergency.review", Target(province=PROVINCE)), one) == acts.OWN
    beside = replace(actor("ward-chief", WARD), holdings=(Holding("ward-chief", WARD), Holding("ward-duty", OTHER)))
    assert judged(grant(beside, "emergency.review", Target(ward=WARD, province=PROVINCE)), one) == acts.OWN
    assert judged(reviewer(unit=OTHER), one) == acts.OWN


def test_what_waits_and_what_waits_too_long():
    case = settling()
    long_ago = now() - timedelta(days=3)
    one = opened(case, at=long_ago)
    by = reviewer()
    with acting(by):
        before = emergencies.waiting(by, now())
        assert emergencies.is_late(Emergency.objects.get(pk=one.pk), now()) and before.late >= 1
    assert isinstance(judged(by, one), Emergency)
    with acting(by):
        assert emergencies.waiting(by, now()).late == before.late - 1


def test_the_inspector_sees_every_opening_and_no_case():
    one = opened(settling())
    by = reviewer("inspector")
    with acting(by):
        assert one in emergencies.unreviewed(by) and not Case.objects.exists()


def test_a_while_ends_and_the_outer_grant_goes_on():
    case = settling()
    by = opener(case.code)
    one = opened(case, by)
    with acting(by):
        with for_a_while(narrow(by, one)):
            assert Case.objects.filter(pk=case.pk).exists()
        assert not Case.objects.filter(pk=case.pk).exists() and Emergency.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("until = opened_at + interval '4 hours 1 second'", "emergency_lasts_four_hours_at_most"),
        ("reason = ''", "emergency_says_why"),
        ("ground = 'curiosity'", "emergency_says_why"),
        ("opener_unit = unit", "emergency_is_of_another_unit"),
        ("found = 'justified', reviewed_at = now(), reviewed_by = 'person:x'", "emergency_review_is_whole"),
        ("found = 'justified', answer = 'x', reviewed_at = now(), reviewed_by = opened_by",
         "emergency_is_reviewed_by_another_authority"),
        ("found = 'justified', answer = 'x', reviewed_at = now(), reviewed_by = 'p', reviewed_in_place_of = opened_by",
         "emergency_is_reviewed_by_another_authority"),
    ],
)  # fmt: skip
def test_the_database_keeps_its_promises(change, name, admin_connection):
    one = opened(settling())
    with pytest.raises(psycopg.errors.CheckViolation, match=name), admin_connection.transaction():
        admin_connection.execute("alter table cases_emergency disable trigger kept")
        admin_connection.execute(f"update cases_emergency set {change} where id = %s", [one.pk])


def test_a_row_says_nothing_else_of_its_case_than_is_true(admin_connection):
    one, other = opened(settling()), settling()
    copy = (
        "insert into cases_emergency (id, code, unit, opener_unit, province, opened_by, opened_role, in_place_of, "
        "ground, reason, opened_at, until, found, answer, reviewed_by, reviewed_role, reviewed_in_place_of, case_id) "
        "select gen_random_uuid(), code, %s, opener_unit, province, opened_by, opened_role, '', ground, reason, "
        "opened_at, until, '', '', '', '', '', %s from cases_emergency where id = %s"
    )
    for values in (["16531", one.case_id, one.pk], [WARD, other.pk, one.pk]):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="another one than was written"):
            admin_connection.execute(copy, values)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update cases_emergency set reason = 'x' where id = %s", "kept as it was written"),
        ("update cases_emergency set until = until - interval '1 hour' where id = %s", "kept as it was written"),
        ("delete from cases_emergency where id = %s", "kept as it was written"),
        ("update cases_emergency set found = 'justified', answer = 'x', reviewed_at = now(), reviewed_by = 'person:x' "
         "where id = %s", "nobody of the unit that opened it"),
    ],
)  # fmt: skip
def test_the_openers_unit_changes_nothing_of_it(statement, says):
    one = opened(settling())
    with pytest.raises(DatabaseError, match=says), acting(opener(one.code)), connection.cursor() as cursor:
        cursor.execute(statement, [one.pk])
