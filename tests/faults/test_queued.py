"""The worker that takes a large file in is killed in the middle: nothing is half, and the next one does all of it."""

import os
import random
import time
from typing import Any

import pytest
from bench import intake_world

from tests.faults.installation import Installation
from tests.faults.test_kills import batch, codes, insist

ROUNDS = max(3, int(os.environ.get("FAULT_ROUNDS", "0")) // 20)
ROWS = 6000
RESUME = """
insert into procrastinate_jobs (queue_name, task_name, status, queueing_lock, worker_id)
  select 'nobody', 'tests.twice', 'doing', 'tests.twice', max(id) from procrastinate_workers;
insert into procrastinate_jobs (queue_name, task_name, queueing_lock, scheduled_at)
  values ('nobody', 'tests.twice', 'tests.twice', now() + interval '1 year') on conflict do nothing;
update procrastinate_workers set last_heartbeat = last_heartbeat - interval '5 minutes';
insert into procrastinate_jobs (queue_name, task_name, args)
  values ('housekeeping', 'lodging.resume_lost', '{"timestamp": 0}');
"""
"""Of a job that may wait once only a run was under way, too, when its worker was killed, and the next one waits."""

pytestmark = pytest.mark.timeout(180 + ROUNDS * 60)


def state(home: Installation, place: int) -> tuple[Any, ...]:
    """State of the place's only batch, what it says was kept, and what was."""
    with home.admin() as db:
        found = db.execute(
            "select b.state, b.accepted, (select count(*) from lodging_stay s where s.batch = b.id), "
            "(select count(*) from lodging_receipt r where r.batch = b.id) from lodging_batch b "
            "where b.establishment = %s",
            [intake_world.code(place)],
        ).fetchall()
    (only,) = found
    return tuple(only)


def ran_twice(home: Installation) -> list[str]:
    """How the runs of that job stand: the lost one is over when nothing is under way any more."""
    with home.admin() as db:
        ran = db.execute(
            "select distinct status::text from procrastinate_jobs where task_name = 'tests.twice' order by 1"
        )
        return [status for (status,) in ran.fetchall()]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_killed_worker_leaves_no_half_batch(home: Installation, seed: int) -> None:
    chance = random.Random(seed)
    home.start("worker")
    request = batch(home.a_place(), 1, ROWS)
    request.answer = insist(home, request)
    assert request.answer[0] == 202
    assert codes(request) == [None]
    time.sleep(chance.uniform(0.5, 6))
    home.kill("worker")
    after_kill = state(home, request.place)
    assert after_kill in [("queued", 0, 0, 0), ("done", ROWS, ROWS, ROWS + 1)]
    with home.admin() as db:
        db.execute(RESUME)
    home.bring_back("worker")
    until = time.monotonic() + 90
    while state(home, request.place)[0] != "done" or ran_twice(home) != ["failed", "todo"]:
        assert time.monotonic() < until, (state(home, request.place), ran_twice(home))
        time.sleep(0.1)
    home.kill("worker")
    assert state(home, request.place) == ("done", ROWS, ROWS, ROWS + 1)
    assert insist(home, request) == request.answer
