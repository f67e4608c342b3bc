"""What tests of the engine declare is gone after each test here, too."""

from tests.cases.conftest import without_the_course_of_tests

__all__ = ["without_the_course_of_tests"]
