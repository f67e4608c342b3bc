"""Clocks of somebody's liberty, from a course that has one: their alarms climb, and nobody puts them away."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.shortcuts import resolve_url

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
from hamrong.casework.ladder import ladder
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
SEEN = Deed("Xem lại căn cứ", "Look at the ground again", "Đã xem lại căn cứ", "Looked at the ground again")
LOOK = Step("test.look", SEEN, "held", "held", ("ward-chief", "province-leader"), "101/2015/QH13 Đ118")
HELD = Course(
    code="giu", words=Words("Tạm giữ thử", "Trial custody"), prefix="TG", first=datetime(2026, 7, 1).date(),
    last=None, purposes=("casework",), states=STATES, begin="held", starts=(Touch("start", CUSTODY),),
    ends=frozenset({"free"}), steps=(RELEASE, LOOK),
)  # fmt: skip


@pytest.fixture
def holding(monkeypatch, admin_connection) -> Iterator[Callable[[float], Case]]:
    """Somebody whose three days of custody end in so many hours, in a course that only these tests know."""
    monkeypatch.setattr(decisions, "_rows", dict(decisions._rows))
    monkeypatch.setattr(courses, "_courses", dict(courses._courses))
    courses.declare([HELD])
    decisions.register(list(courses.policy_of([HELD])))
    made: list[Case] = []

    def hold(hours: float) -> Case:
        at = now() - timedelta(hours=72 - hours)
        case = open_case(
            by=by("test.release", "ward-duty"), course=HELD, unit=WARD, province=PROVINCE, told=Told(at), at=at
        )
        assert isinstance(case, Case)
        made.append(case)
        return case

    yield hold
    with admin_connection.transaction():  # whoever reckons all cases knows no such course
        admin_connection.execute("set local session_replication_role = replica")
        for case in made:
            for table, column in (("cases_clock", "case_id"), ("cases_fact", "case_id"), ("cases_case", "id")):
                admin_connection.execute(f"delete from {table} where {column} = %s", [case.pk])


@pytest.fixture
def held(holding) -> Case:
    """Somebody whose custody was over yesterday."""
    return holding(-24)


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


WHO = {"duty": ("ward-duty", WARD), "chief": ("ward-chief", WARD), "leader": ("province-leader", PROVINCE)}


@pytest.mark.parametrize(("hours", "reached"), [
    (80, set()), (71, {"duty"}), (23, {"duty", "chief"}), (5, {"duty", "chief"}), (-1, {"duty", "chief", "leader"}),
])  # fmt: skip
def test_alarms_climb_from_whoever_acts_to_the_head_and_to_the_province(holding, hours, reached):
    case = holding(hours)
    pages = {who: browser_of(a_person(*post)).get("/ho-so/").content.decode() for who, post in WHO.items()}
    titles = {who: re.findall(rf"{case.code}, [^<]*", page) for who, page in pages.items()}
    assert {who for who, found in titles.items() if found} == reached
    words = [rung.words.vi for rung in ladder().rungs if hours <= rung.hours][-1:]
    assert all(words[0] in titles[who][0] for who in reached)


def test_another_unit_hears_nothing_of_it_and_the_duty_officer_hears_it_on_the_own_first_page(holding):
    case = holding(5)
    assert case.code not in browser_of(a_person("ward-chief", "14812")).get("/ho-so/").content.decode()
    officer = browser_of(a_person("ward-duty", WARD))
    first = officer.get(resolve_url("lodging:board", ward=WARD)).content.decode()
    assert case.code in first and "còn" in first


def test_from_the_first_rung_on_it_stands_among_what_is_to_be_done_now(holding):
    soon, later = holding(71), holding(80)
    table = browser_of(a_person("ward-duty", WARD)).get("/ho-so/").content.decode().split("Trong 14 ngày tới")
    assert soon.code in table[0] and later.code not in table[0] and later.code in table[-1]


def test_the_calendar_rings_at_the_rungs_that_reach_its_owner(holding):
    case = holding(30)
    for who, rung in (("duty", 72), ("chief", 24), ("leader", 0)):
        client = browser_of(a_person(*WHO[who]))
        address = re.search(r"/ho-so/lich/[\w-]+[.]ics", client.post("/ho-so/lich/", {"do": "make"}).content.decode())
        assert address, who
        feed = client.get(address[0]).content.decode().replace("\r\n ", "")
        event = next(each for each in feed.split("BEGIN:VEVENT") if case.code in each)
        assert re.search(r"DTSTART:\d{8}T\d{6}Z", event)
        expected = [f"-PT{one.hours * 60}M" for one in ladder().rungs if one.hours <= rung]
        assert re.findall(r"TRIGGER:(\S+)", event) == expected, who
