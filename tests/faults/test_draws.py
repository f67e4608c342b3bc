"""`kill -9` of sealer, signer, owners and PostgreSQL while 16 owners press: no number twice, none lost, none other.

`make faults` kills a hundred times; the tests of every day fewer (`FAULT_ROUNDS`).
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hamrong.kernel.proofs import hamrong_replay
from tests.faults.installation import Installation

ROUNDS = min(100, max(12, int(os.environ.get("FAULT_ROUNDS", "36")) // 4))
VICTIMS = {"everybody": ("sequencer", "sequencer", "signer", "postgres", "owners"), "the sequencer": ("sequencer",)}
PRESSES = 60
"""How many owners press for every kill."""

pytestmark = pytest.mark.timeout(180 + ROUNDS * 10)


class Owners:
    """The process of the owners, started again when it was killed; what it said stays."""

    def __init__(self, home: Installation, tickets: list[str], folder: Path) -> None:
        self.home, self.folder, self.left, self.starts = home, folder, tickets, 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.starts += 1
        file = self.folder / "tickets"
        file.write_text("\n".join(self.left))
        with (self.folder / f"said-{self.starts}").open("wb") as said:
            command = [sys.executable, "-m", "tests.faults.owners", str(file)]
            environ = {**self.home.environ, "HAMRONG_POOL_SIZE": "20"}
            self.process = subprocess.Popen(command, env=environ, stdout=said, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def said(self) -> set[str]:
        """The ids of the draws whose press was answered."""
        words = (file.read_text().split("\n")[:-1] for file in self.folder.glob("said-*"))
        return {each for said in words for each in said}


@pytest.fixture
def pressed(home: Installation, tmp_path: Path) -> tuple[str, list[str]]:
    """A pool of a million numbers, and the tickets of owners who will press."""
    pool, tickets = home.plates(PRESSES * ROUNDS)
    return pool, tickets


def wait_until(told: str, true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, told
        time.sleep(0.1)


@pytest.mark.parametrize("victims", VICTIMS)
def test_kills_change_no_number(
    home: Installation, pressed: tuple[str, list[str]], tmp_path: Path, victims: str
) -> None:
    pool, tickets = pressed
    chance, owners = random.Random(7), Owners(home, tickets, tmp_path)
    home.start("signer")
    home.start("sequencer")
    owners.start()
    seen: dict[str, str] = {}
    term = 0
    for _ in range(ROUNDS):
        if victims == "the sequencer":  # it is killed at work, not while it starts
            wait_until("the next one leads", lambda before=term: terms(home) > before)
            term = terms(home)
        time.sleep(chance.uniform(0.05, 0.5))
        seen |= numbers(home, pool)
        victim = chance.choice(VICTIMS[victims])
        if victim == "owners":
            owners.kill()
            owners.start()
            continue
        home.kill(victim)
        home.bring_back(victim)
    owners.process.wait(120)
    wait_until("every press is drawn", lambda: waiting(home, pool) == 0)
    final = numbers(home, pool)
    assert final.items() >= seen.items(), "a number that was seen once stays"
    assert owners.said() <= final.keys(), "an answered press is drawn"
    assert len(set(final.values())) == len(final) == len(tickets)
    published(home, pool)
    done = home.verify_audit()
    assert done.returncode == 0, done.stdout + done.stderr
    home.end("sequencer", "signer")


def terms(home: Installation) -> int:
    """How many times somebody has begun to lead the draws."""
    with home.admin() as db:
        found = db.execute("select coalesce(max(term), 0) from audit_term where work = 'plates'").fetchone()
    return int(found[0])


def numbers(home: Installation, pool: str) -> dict[str, str]:
    with home.admin() as db:
        rows = db.execute("select id, number from plates_draw where pool = %s and state = 'drawn'", [pool]).fetchall()
    return {str(identifier): number for identifier, number in rows}


def waiting(home: Installation, pool: str) -> int:
    with home.admin() as db:
        found = db.execute(
            "select count(*) from plates_draw where pool = %s and state in ('pressed', 'sealed')", [pool]
        ).fetchone()
    return found[0]


def published(home: Installation, pool: str) -> None:
    """The public log replays from public keys alone, with as many draws, and both logs are dense."""
    folder = Path(home.environ["VAR"]) / "public/plates"
    with home.admin() as db:
        for log in ("audit", "plates"):
            size, count, last = db.execute(
                "select (select size from audit_log where name = %s), count(*), max(index) from audit_leaf "
                "where log = %s",
                [log, log],
            ).fetchone()
            assert size == count == last + 1, log

    def whole() -> bool:
        with home.admin() as db:
            (size,) = db.execute("select size from audit_log where name = 'plates'").fetchone()
        return (folder / "log/checkpoint").read_text().split("\n")[1] == str(size)

    wait_until("the log is published whole", whole)
    arguments = ["plates", str(folder / "log"), "--keys", str(folder / "keys.json"), "--quick"]
    assert hamrong_replay.main(arguments, does={"plates": hamrong_replay.check_plates}) == 0
