"""Courses are tables without flaws, or are refused with every flaw named."""

from datetime import date

import pytest

from hamrong.cases import courses
from hamrong.cases.courses import Deed, Flawed, Step, Touch
from tests.cases.course import ready
from tests.cases.trial import ACCEPT, BEFORE, CHIEF, COURSE, DECIDE, LAW, NEW, OFFICER, RETURN, STATES, a_course

W = Deed("Việc", "Act", "Đã làm", "Done")


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"begin": "nowhere"}, "begins or ends in a state that is not named"),
        ({"steps": (ACCEPT, RETURN)}, "no way leads from open to an end"),
        ({"states": {**STATES, "lost": W}}, "lost is never reached"),
        ({"steps": (*COURSE.steps, ACCEPT)}, "test.accept stands twice for received"),
        ({"steps": (*COURSE.steps, Step("test.x", W, "decided", "open", (OFFICER,), LAW))}, "decided, which is an end"),
        ({"steps": (*COURSE.steps, Step("test.x", W, "open", "moon", (OFFICER,), LAW))}, "a state that is not named"),
        ({"steps": (*COURSE.steps, Step("test.x", W, "open", "paused", (), LAW))}, "has no role or no article"),
        ({"steps": (*COURSE.steps, Step("test.x", W, "open", "paused", (OFFICER,), ""))}, "has no role or no article"),
        (
            {"steps": (*COURSE.steps, Step("test.x", Deed("Việc", "Act"), "open", "paused", (OFFICER,), LAW))},
            "test.x is not told as an order and as done in both languages",
        ),
        ({"starts": ()}, "test.accept touches plate.cert, which no step starts"),
        (
            {"steps": (*COURSE.steps, Step("test.x", W, "open", "paused", (OFFICER,), LAW, awaits="kn.effective"))},
            "test.x awaits kn.effective, which no step starts",
        ),
        ({"starts": (Touch("stop", "kn.accept"),)}, "the beginning touches kn.accept, which no step starts"),
    ],
)
def test_every_flaw_of_a_course_is_named(changes, flaw):
    with pytest.raises(Flawed, match=flaw):
        courses.declare([a_course(code="flawed", **changes)])


def test_two_versions_of_a_course_do_not_overlap():
    ready()
    with pytest.raises(Flawed, match="overlaps thu@2012-07-01"):
        courses.declare([a_course(first=date(2020, 1, 1), last=date(2021, 1, 1))])


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2012, 6, 30), None), (date(2012, 7, 1), BEFORE), (date(2026, 6, 30), BEFORE), (NEW, COURSE)],
)
def test_the_version_is_that_of_the_day_on_which_a_case_begins(day, version):
    ready()
    assert courses.course_on("thu", day) == version


def test_the_table_is_the_policy():
    rows = {row.act: row for row in courses.policy_of([COURSE])}
    assert set(rows) == {*(step.act for step in COURSE.steps), "test.decide.approve"}
    assert rows[DECIDE.act].roles == (OFFICER,) and rows["test.decide.approve"].roles == (CHIEF,)
    assert rows[ACCEPT.act].law == LAW


def test_the_record_tells_what_was_done_and_of_two_people_who_proposed_it_and_who_answered():
    called = courses.words_of([COURSE])
    assert set(called) == {row.act for row in courses.policy_of([COURSE])}
    assert (called[ACCEPT.act].vi, called[ACCEPT.act].en) == ("Đã thụ lý (đơn thử)", "Accepted (trial petition)")
    assert called[DECIDE.act].en == "Proposed: Decide (trial petition)"
    assert called["test.decide.approve"].en == "Approved or refused: Decide (trial petition)"
