"""Dealing anew is killed again and again: no identity is lost, none opens with an old share, every report turns once.

SEALED_REPORTS says how many reports (10,000 is what the house promises; the usual run takes fewer).
"""

import os
import random
import subprocess
import sys
import time

import pytest

from hamrong.sealed.rules import Against
from tests import signer
from tests.sealed import room, thief
from tests.sealed.test_dealing import only_these_reports, order  # noqa: F401

MANY = int(os.environ.get("SEALED_REPORTS", "60"))
LONGEST = 0.8 + MANY / 250
"""Seconds that a process lives before it is killed; a few kills in every run, however large."""

pytestmark = pytest.mark.timeout(120 + MANY)
STATE = "select epoch, count(*) from sealed_report where id = any(%s) group by epoch"


def killed_again_and_again(arguments: list[str], chance: random.Random) -> int:
    """Start holders and kill them until one comes to the end; how often one was killed while it worked."""
    kills = 0
    while True:
        environ = {**os.environ, "HAMRONG_SIGNER": str(signer.folder())}
        words = [sys.executable, "-m", "tests.sealed.dealer", *arguments]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environ)
        assert process.stdout
        working = bool(process.stdout.readline())
        time.sleep(chance.uniform(0, LONGEST) if working else 0)
        if process.poll() is None and working and kills < 12:
            process.kill()
            process.wait()
            kills += 1
            continue
        process.communicate()
        assert process.returncode == 0
        return kills


@pytest.mark.usefixtures("only_these_reports")
def test_killed_in_the_middle_nothing_is_lost(admin_connection):
    old = [room.a_holder() for _ in range(3)]
    elsewhere = Against(people=frozenset(each.id for each in room.HOLDERS if each not in old))
    numbers = [room.seal(against=elsewhere)[0].pk for _ in range(MANY)]
    before = {each.ring().key.pk: each.ring().seed for each in old}
    assert len(thief.opened(admin_connection, numbers, before)) == MANY
    for _ in range(3):
        room.a_holder()
    made = order()
    arguments = [f"{key}={seed.hex()}" for key, seed in list(before.items())[:2]]
    kills = killed_again_and_again(arguments, random.Random(20261126))
    assert kills >= 3
    assert admin_connection.execute(STATE, [numbers]).fetchall() == [(2, MANY)]
    rings = [each.ring() for each in room.HOLDERS]
    everybody = {ring.key.pk: ring.seed for ring in rings}
    found = thief.opened(admin_connection, numbers, everybody)
    assert len(found) == MANY and set(found.values()) == {room.NAME.encode()}
    for ring in rings:
        assert thief.opened(admin_connection, numbers, {ring.key.pk: ring.seed}) == {}
    left = admin_connection.execute(
        "select count(*) from sealed_share where report_id = any(%s) and epoch <> 2", [numbers]
    ).fetchone()
    assert left == (0,)
    (ended,) = admin_connection.execute("select ended_on from sealed_dealing where id = %s", [made.pk]).fetchone()
    assert ended
