"""The course of these tests and its policy are gone after each of them: the house itself declares none of it."""

import pytest

from hamrong.access import decisions
from hamrong.cases import courses


@pytest.fixture(autouse=True)
def without_the_course_of_tests(monkeypatch):
    monkeypatch.setattr(decisions, "_rows", dict(decisions._rows))
    monkeypatch.setattr(courses, "_courses", dict(courses._courses))
