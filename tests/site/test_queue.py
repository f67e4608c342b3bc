"""The queue: a job that was put in is worked off, and counted."""

import subprocess
import sys

import pytest
from procrastinate.contrib.django import app

from hamrong.site import queue


def hamrong(*words):
    command = [sys.executable, "-m", "hamrong.site.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def job(admin_connection):
    """A harmless job that the queue brings along."""
    app.configure_task("builtin:procrastinate.builtin_tasks.remove_old_jobs", queue="test").defer(max_hours=1_000_000)
    yield
    admin_connection.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'test'")


def count(status):
    return sum(number for name, state, number in queue.counts() if (name, state) == ("test", status))


def test_a_worker_empties_the_queue_and_ends(job):
    assert count("todo") == 1
    assert hamrong("jobs", "worker", "--once").returncode == 0
    assert (count("todo"), count("succeeded")) == (0, 1)


def test_a_list_that_holds_a_failure_is_exit_code_1(job, admin_connection):
    assert "test" in hamrong("jobs", "list").stdout
    admin_connection.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 1 WHERE queue_name = 'test'")
    result = hamrong("jobs", "list")
    assert result.returncode == 1
    assert ["test", "failed", "1"] in [line.split() for line in result.stdout.split("\n")]
