"""The engine's trial course is known, as its tests leave cases behind; what tests declare is gone after each."""

import pytest

from hamrong.cases import courses
from tests.cases.conftest import without_the_course_of_tests

__all__ = ["without_the_course_of_tests"]


@pytest.fixture(autouse=True)
def with_the_trial_course(without_the_course_of_tests):
    """Whoever tests the engine leaves cases of its course behind."""
    from tests.cases.course import BEFORE, COURSE  # once Django is set up

    courses.declare([BEFORE, COURSE])
