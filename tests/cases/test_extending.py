"""Which extensions the law still has: one after the other, each once, and none of a clock that does not run."""

from datetime import timedelta

from hamrong.cases.clocks import Happened
from hamrong.cases.courses import Touch
from hamrong.cases.extending import beyond_the_law
from hamrong.petitions.denunciations import DENUNCIATION
from tests.petitions.way import morning_of

AT = morning_of(DENUNCIATION)
LATER = AT + timedelta(days=20)
START = Happened("tc.settle", "start", "", AT)
FIRST = Happened("tc.settle", "extend", "complex", AT + timedelta(days=5), "settler")


def why(name, *facts):
    step = DENUNCIATION.step(f"denunciation.{name}", "settling")
    assert any(isinstance(touch, Touch) and touch.what == "extend" for touch in step.touches)
    found = beyond_the_law(step, facts, LATER)
    return found.en if found else None


def test_each_extension_is_allowed_once_and_after_the_one_before():
    assert why("extend", START) is None
    assert "comes before" in why("extend-again", START)
    assert "already" in why("extend", START, FIRST)
    assert why("extend-again", START, FIRST) is None


def test_a_clock_that_does_not_run_is_not_extended():
    assert "does not run" in why("extend")
    assert "does not run" in why("extend", START, Happened("tc.settle", "stop", "", AT + timedelta(days=9)))
