"""Clocks of somebody's liberty, from a course that has one: nobody puts their alarms away, by no way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from hamrong.access import decisions
from hamrong.access.actors import Actor, Holding, Target
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import courses
from hamrong.cases.actions.steps import Told, open_case
from hamrong.cases.courses import Course, Deed, Step, Touch, Words
from hamrong.cases.models import Case, Clock
from hamrong.cases.queries import desk
from hamrong.casework.actions.alarms import see
from hamrong.casework.models import Seen
from hamrong.casework.queries.alarms import sounding
from hamrong.law import rule
from tests.casework.test_pages import now
from tests.entrances import a_person, browser_of
from tests.petitions.way import by
from tests.world import PROVINCE
from tests.world import grant as granted

WARD, CUSTODY = "14797", "crim.custody.term"
STATES = {"held": Words("Đang tạm giữ", "In custody"), "free": Words("Đã trả tự do", "Released")}
FREED = Deed("Trả tự do", "Release", "Đã trả tự do", "Released")
RELEASE = Step("test.release", FREED, "held", "free", ("ward-duty",), "101/2015/QH13 Đ118")
HELD = Course(
    code="giu", words=Words("Tạm giữ thử", "Trial custody"), prefix="TG", first=datetime(2026, 7, 1).date(),
    last=None, purposes=("casework",), states=STATES, begin="held", starts=(Touch("start", CUSTODY),),
    ends=frozenset({"free"}), steps=(RELEASE,),
)  # fmt: skip


@pytest.fixture
def held(monkeypatch, admin_connection) -> Iterator[Case]:
    """Somebody whose three days of custody are over, in a course that only this test knows; gone at its end."""
    monkeypatch.setattr(decisions, "_rows", dict(decisions._rows))
    monkeypatch.setattr(courses, "_courses", dict(courses._courses))
    courses.declare([HELD])
    decisions.register(list(courses.policy_of([HELD])))
    at = now() - timedelta(days=4)
    grant = by("test.release", "ward-duty")
    case = open_case(by=grant, course=HELD, unit=WARD, province=PROVINCE, told=Told(at), at=at)
    assert isinstance(case, Case)
    yield case
    with admin_connection.transaction():  # whoever reckons all cases knows no such course
        admin_connection.execute("set local session_replication_role = replica")
        for table, column in (("cases_clock", "case_id"), ("cases_fact", "case_id"), ("cases_case", "id")):
            admin_connection.execute(f"delete from {table} where {column} = %s", [case.pk])


def test_the_clock_of_custody_has_one_date_and_is_of_liberty(held):
    with acting(by("test.release", "ward-duty")):
        (clock,) = Clock.objects.filter(case=held)
    assert rule(clock.rule).side == "liberty" and clock.strict == clock.legal < now()


def test_its_alarm_sounds_whatever_anybody_presses(held):
    officer = a_person("ward-duty", WARD)
    client = browser_of(officer)
    with acting(by("test.release", "ward-duty")):
        clock = Clock.objects.get(case=held)
    first = client.get("/ho-so/").content.decode()
    assert held.code in first and "không tắt được" in first
    assert f'value="{clock.pk}"' not in first  # there is nothing to tick
    client.post("/ho-so/da-xem", {"clock": str(clock.pk)})
    assert held.code in client.get("/ho-so/").content.decode().split("Trong 14 ngày tới")[0]


def test_neither_the_act_nor_a_row_in_the_table_silences_it(held):
    officer = a_person("ward-duty", WARD)
    who = Actor(f"person:{officer.pk}", "Lê Thị Thử", "session", (Holding("ward-duty", WARD),), strong=True)
    grant = granted(who, "case.seen", Target(ward=WARD, province=PROVINCE))
    with acting(grant):
        clock = Clock.objects.get(case=held)
        assert see(by=grant, clocks=[clock.pk], at=now()) == 0
        Seen.objects.create(person=officer, clock=clock.pk, strict=clock.strict, seen_at=now())
        enter(grant, subject="test", at=now())
        found = desk.due(grant, at=now(), until=now() + timedelta(days=14))
        assert held.pk in {one.case.pk for one in sounding(grant, found)}
