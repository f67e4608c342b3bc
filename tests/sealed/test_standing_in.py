"""Whoever acts in a leader's place for some days reads what is sealed for those days, and not a day longer."""

from datetime import timedelta

from django.utils import timezone

from hamrong.access import delegations
from hamrong.access.actions import appoint
from hamrong.access.actors import Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.accounts.models import Delegation
from hamrong.sealed.actions import handing, reports, settling
from hamrong.sealed.actions.reports import Place
from hamrong.sealed.models import Hand, Report
from hamrong.sealed.policy import HANDLERS
from tests.entrances import as_operator
from tests.sealed.room import Officer, an_officer, chief, chief_of_province, now, seal, with_key

DAYS = timedelta(days=3)


def a_stand_in() -> tuple[Officer, Delegation]:
    """(an officer on duty who acts for the chief and has a key, the delegation)"""
    one, today = an_officer("ward-duty", key=False), timezone.localdate()
    made = delegations.delegate(
        by=chief().may("post.delegate"), borrower=one.person, starts_on=today, ends_on=today + DAYS,
        ordered_by="15/GUQ-CAP", today=today, at=now(),
    )  # fmt: skip
    assert isinstance(made, Delegation), made
    return with_key(one), made


def recalled(made: Delegation) -> None:
    answer = delegations.recall(by=chief().may("post.recall"), delegation=made, today=timezone.localdate(), at=now())
    assert isinstance(answer, Delegation), answer


def given(report: Report, *people: Officer, adding: bool = True):
    place = Place(report.ward, frozenset(each.id for each in people))
    by, ring = chief().may("sealed.hand"), chief().ring()
    return handing.hand_over(by=by, report=report, ring=ring, to=place, at=now(), adding=adding)


def read(report: Report, someone: Officer):
    return reports.read_report(by=someone.may("sealed.read"), report=report, ring=someone.ring(), at=now())


def hands(report: Report) -> dict[object, object]:
    with acting(chief_of_province("sealed.read")):
        return dict(Hand.objects.filter(report=report, what="content").values_list("key__person", "until"))


def night(at=None) -> int:
    by = decide(keeper("sealed.settle", now()), "sealed.settle", Target())
    return settling.end_lent(by=by, at=at or now())


def test_a_stand_in_is_given_the_key_and_it_is_taken_back_when_the_days_are_over():
    one, made = a_stand_in()
    report, _ = seal()
    assert isinstance(given(report, one), Report) and read(report, one)["text"]
    assert hands(report)[one.id] == made.ends_on
    night()
    assert one.id in hands(report)
    night(now() + DAYS)
    assert set(hands(report).values()) == {None} and one.id not in hands(report)
    assert read(report, chief())["text"]
    recalled(made)


def test_recalled_early_the_next_night_takes_it_back():
    one, made = a_stand_in()
    report, _ = seal()
    given(report, one)
    recalled(made)
    night()
    assert one.id not in hands(report)


def test_a_stand_in_is_none_of_the_two():
    one, made = a_stand_in()
    report, _ = seal()
    other = an_officer()
    assert given(report, one, other, adding=False) == handing.ONE_READER
    recalled(made)


def test_whoever_is_appointed_meanwhile_keeps_it():
    one, made = a_stand_in()
    report, _ = seal()
    given(report, one)
    recalled(made)
    post = appoint(
        by=as_operator("post.appoint"), person=one.person, role="ward-chief", scope=one.scope,
        starts_on=timezone.localdate(), ordered_by="QĐ 3", at=now(),
    )  # fmt: skip
    assert not isinstance(post, Refusal)
    night()
    assert hands(report)[one.id] is None and read(report, one)["text"]


def test_somebody_who_settles_nothing_any_more_is_no_reader_for_the_database_either(admin_connection):
    """Their own post in the unit does not count: `sealed_settling` says which posts do."""
    (told,) = admin_connection.execute("select sealed_settling()").fetchone()
    assert tuple(told) == HANDLERS
