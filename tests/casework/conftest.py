"""What tests of the engine declare is gone after each test, and the desk is not full of what other tests left."""

import psycopg
import pytest

from tests.cases.trial import with_the_trial_course, without_the_course_of_tests

__all__ = ["with_the_trial_course", "without_the_course_of_tests"]

LEFT = """
update cases_clock set state = 'stopped', stopped_at = greatest(started_at, now())
 where state = 'running' and strict < now() + interval '15 days'
"""


@pytest.fixture(scope="module", autouse=True)
def a_desk_that_is_not_full(admin_url):
    """The desk shows 200 clocks, and hundreds of tests leave cases in the same commune."""
    with psycopg.connect(admin_url) as db:
        db.execute("set local session_replication_role = replica")
        db.execute(LEFT)
