"""The record of audit: transactions a second with it, over the same work without; how late checkpoints are; verifying.

16 writers, each with 10 ms of work inside its transaction; entries go through the real function, the real sequencer and
signer run beside them. The peers are the same work without an entry, and with one chain for the whole house.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import psycopg
from bench import harness

from hamrong.audit.leaves import Row, leaf_bytes
from hamrong.kernel.proofs import checkpoints, hamrong_verify, merkle, notes, tiles

WORK: Final = "update bench_row set value = value + 1 where id = %s"
APPEND: Final = (
    "select audit_append(%s, %s, 'bench.act', 'person:bench', '38', 'bench:1', 'inspection', now(), %s, %s, '{}')"
)
LAG: Final = """
select l.entry, (select min(c.at) from audit_checkpoint c where c.log = 'audit' and c.size > l.index)
  from audit_leaf l where l.log = 'audit' and l.entry = any(%s)
"""


class Writers:
    """16 connections that work for a given time; remembers when each entry was committed."""

    def __init__(self, home: harness.House, count: int, think: float) -> None:
        self.home, self.count, self.think = home, count, think
        self.committed: dict[uuid.UUID, float] = {}

    def run(self, seconds: float, stream: str | None) -> float:
        """Transactions a second; without a `stream` no entry is written, `own` gives each writer its own."""
        done, until = [0] * self.count, time.perf_counter() + seconds
        threads = [
            threading.Thread(target=self._writer, args=(number, until, stream, done)) for number in range(self.count)
        ]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(done) / (time.perf_counter() - began)

    def _writer(self, number: int, until: float, stream: str | None, done: list[int]) -> None:
        with psycopg.connect(self.home.app) as db:
            while time.perf_counter() < until:
                entry = uuid.uuid4()
                db.execute(WORK, [number])
                if stream:
                    name = f"bench:{secrets.token_hex(4)}" if stream == "own" else stream
                    db.execute(APPEND, [entry, name, secrets.token_bytes(32), b"salt"])
                time.sleep(self.think)
                db.commit()
                if stream == "own":
                    self.committed[entry] = time.time()
                done[number] += 1


def warm_up(home: harness.House, writers: Writers) -> None:
    """Work until the sequencer leads and has had the log signed; that does not count."""
    with home.admin() as db:
        while not db.execute("select from audit_checkpoint limit 1").fetchall():
            writers.run(1, "own")
    time.sleep(1)
    writers.committed.clear()


def lags(home: harness.House, committed: dict[uuid.UUID, float]) -> list[float]:
    """Seconds from each commit until a signed checkpoint held the entry."""
    time.sleep(2.5)
    with home.admin() as db:
        rows = db.execute(LAG, [list(committed)]).fetchall()
    if len(rows) != len(committed) or any(at is None for _, at in rows):
        raise SystemExit(f"{len(committed)} entries, {len(rows)} places")
    return [max(0.0, at.timestamp() - committed[entry]) for entry, at in rows]


def exported(folder: Path, count: int) -> None:
    """An export of so many leaves, each as long as a real one, signed; its key in `keys`."""
    seed, origin, levels = bytes(32), "hamrong.example/38/audit", [list[bytes]()]
    row = Row(
        uuid.uuid4(), "stay:" + str(uuid.uuid4()), 1, bytes(32), "stay.notify", "key:0123456789", "SS-0001",
        "stay:" + str(uuid.uuid4()), "own-business", datetime(2026, 11, 25, tzinfo=UTC), bytes(32), bytes(32),
    )  # fmt: skip
    for start in range(0, count, tiles.WIDTH):
        entries = [leaf_bytes(row, start + place) for place in range(min(tiles.WIDTH, count - start))]
        levels[0] += [merkle.leaf(entry) for entry in entries]
        put(folder / tiles.tile_path("entries", start // tiles.WIDTH, len(entries)), tiles.bundle(entries))
    size, nodes = merkle.grown(0, [], levels[0])
    while len(levels[-1]) >= tiles.WIDTH:
        below = levels[-1]
        levels.append([merkle.reduced(below[at : at + 256]) for at in range(0, len(below) - 255, 256)])
    for level, hashes in enumerate(levels):
        for at in range(0, len(hashes), 256):
            tile = hashes[at : at + 256]
            put(folder / tiles.tile_path(str(level), at // 256, len(tile)), b"".join(tile))
    text = checkpoints.Checkpoint(origin, size, merkle.root_of_nodes(nodes)).text()
    put(folder / "checkpoint", notes.written(text, [notes.sign(text, origin, seed)]).encode())
    put(folder / "keys", str(notes.key_of(origin, notes.ED25519, seed)).encode())


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def verifying(leaves: int, rounds: int) -> dict[str, Any]:
    """Seconds and peak memory of the offline program over a whole export."""
    with tempfile.TemporaryDirectory() as made:
        # in a process of its own: what this one holds would be counted for the program that it starts
        maker = get_context("spawn").Process(target=exported, args=(Path(made), leaves))
        maker.start()
        maker.join()
        command = [sys.executable, "-I", "-S", hamrong_verify.__file__, "log", made, "--keys", f"{made}/keys"]
        times, memory = [], 0
        for _ in range(rounds):
            began = time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            times.append(time.perf_counter() - began)
            memory = max(memory, used.ru_maxrss // 1024)
            if process.returncode:
                raise SystemExit("the export does not verify")
    seconds = {"seconds": round(harness.median(times), 1), "slowest": round(max(times), 1)}
    return {"leaves": leaves, **seconds, "peak_mb": memory, "rounds": rounds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--think", type=float, default=0.010)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    chosen = parser.parse_args()
    told: dict[str, list[float]] = {"with": [], "without": [], "one_chain": []}
    with harness.house() as home, harness.beside("signer", "sequencer"):
        with home.admin() as db:
            db.execute("create table bench_row as select id, 0 as value from generate_series(0, 63) id")
            db.execute("alter table bench_row add primary key (id)")
            db.execute("grant select, update on bench_row to hamrong_app")
        writers = Writers(home, chosen.writers, chosen.think)
        warm_up(home, writers)
        for _ in range(chosen.rounds):
            told["without"].append(writers.run(chosen.seconds, None))
            told["with"].append(writers.run(chosen.seconds, "own"))
            told["one_chain"].append(writers.run(min(chosen.seconds, 3), "bench:one"))
            print({name: round(rates[-1]) for name, rates in told.items()}, flush=True)
        late = lags(home, writers.committed)
    median = {name: harness.median(rates) for name, rates in told.items()}
    check = verifying(chosen.leaves, chosen.rounds)
    harness.report(
        "audit", per_second=round(median["with"]), of_none=round(median["with"] / median["without"], 3),
        over_one_chain=round(median["with"] / median["one_chain"], 1), lag_ms=harness.percentiles(late),
        entries=len(late), verify=check, writers=chosen.writers, think=chosen.think,
    )  # fmt: skip


if __name__ == "__main__":
    main()
