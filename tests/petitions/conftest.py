"""The engine's trial course is known, as its tests leave cases behind; what tests declare is gone after each."""

from tests.cases.trial import with_the_trial_course, without_the_course_of_tests

__all__ = ["with_the_trial_course", "without_the_course_of_tests"]
