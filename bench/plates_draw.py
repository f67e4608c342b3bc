"""Draws a second with proofs at 16 clients, over what PostgreSQL alone does with one row, and over ORDER BY random().

    python -m bench.plates_draw [--clients 16] [--seconds 8] [--rounds 5] [--series 10 400]

Clients press as owners do (transaction, wall, entry of audit) and wait for their number. The sealer and the signer are
processes of their own, as in production; level C, so that no beacon has to be waited for.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from itertools import islice, product
from typing import Any, Final

from bench import harness

from hamrong.site.postgres import find_binaries

FIRST: Final = "ABCDEFGHKLMNPSTUVXYZ"
LIMIT: Final = "update bench_row set value = value + 1 where id = 1;\n"
"""Every client the same row: whatever gives each request a place of its own passes through one lock."""

PEER: Final = """
update bench_number set drawn = true where number = (
  select number from bench_number where not drawn order by random() limit 1 for update skip locked);
"""


def pgbench(home: harness.House, script: str, clients: int, seconds: float) -> float:
    """Transactions a second of a script."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [
            str(find_binaries().folder / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1",
            "-T", str(max(1, int(seconds))), "-f", file.name, home.cluster.url(database="hamrong"),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode or not found:
        raise SystemExit(f"pgbench: {done.stderr}")
    return float(found[1])


def same_client(home: harness.House, clients: int, seconds: float) -> float:
    """The limit by threads of Python, as the owners of the draws are."""
    command = [
        sys.executable,
        "-m",
        "bench.row_updates",
        home.cluster.url(database="hamrong"),
        f"{clients}",
        f"{seconds}",
    ]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def tables(home: harness.House, numbers: int) -> None:
    """What the limit and the peer work on."""
    with home.admin() as db:
        db.execute("create table bench_row as select id, 0 as value from generate_series(1, 1000) id")
        db.execute("alter table bench_row add primary key (id)")
        db.execute(
            "create table bench_number as select number, false as drawn from generate_series(1, %s) number", [numbers]
        )
        db.execute("alter table bench_number add primary key (number)")
        db.execute("analyze bench_number")


def owners(pool: str, clients: int, seconds: float) -> tuple[list[float], float, float]:
    """Seconds of as many presses as the clients managed, each until its number; how long it lasted; the first press."""
    command = [sys.executable, "-m", "bench.plates_owners", pool, str(clients), str(seconds)]
    environ = {**os.environ, "HAMRONG_POOL_SIZE": str(clients + 4)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    lasted, first, *took = map(float, done.stdout.split())
    return took, lasted, first


def measure(home: harness.House, pool: str, chosen: argparse.Namespace) -> dict[str, Any]:
    """Limit, draws and limit in turn, so that a machine that slows down slows both."""
    rates, ratios, alike, every = [], [], [], list[float]()
    *_, first = owners(pool, 1, 0.5)  # the sequencer reads what remains of the pool
    owners(pool, chosen.clients, 2)
    for _ in range(chosen.rounds):
        updates = pgbench(home, LIMIT, chosen.clients, chosen.seconds)
        took, lasted, _ = owners(pool, chosen.clients, chosen.seconds)
        rates.append(len(took) / lasted)
        ratios.append(rates[-1] / updates)
        same = same_client(home, chosen.clients, chosen.seconds)
        alike.append(rates[-1] / same)
        every += took
        print(
            f"  {rates[-1]:6.0f} draws/s, UPDATE by pgbench {updates:6.0f}/s, ratio {ratios[-1]:.2f}; "
            f"by clients like the owners {same:6.0f}/s, ratio {alike[-1]:.2f}", flush=True,
        )  # fmt: skip
    return {
        "draws_per_second": round(harness.median(rates)), "of_update": round(harness.median(ratios), 3),
        "of_update_same_client": round(harness.median(alike), 3),
        "ms": harness.percentiles(every), "draws": len(every), "rounds": chosen.rounds,
        "first_after_start_ms": round(first * 1000),
    }  # fmt: skip


def series(count: int) -> list[str]:
    """So many series of one length: `36A` … for up to 20, `36AA` … beyond."""
    made = (f"36{''.join(letters)}" for letters in product(FIRST, repeat=1 if count <= len(FIRST) else 2))
    return list(islice(made, count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--series", type=int, nargs="+", default=[10, 400])
    chosen = parser.parse_args()
    results: dict[str, Any] = {}
    with harness.house() as home:
        tables(home, 1_000_000)
        world = harness.imported("bench.plates_world")
        for count in chosen.series:
            pool, opened = world.open_pool(series(count))
            with harness.beside("signer", "sequencer") as (_, sequencer):
                told = {**measure(home, pool, chosen), "opened_in_seconds": opened}
                told["sequencer_mb"] = round(harness.peak_memory(sequencer))
            results[f"numbers_{count * 99_999}"] = told
            print(told, flush=True)
        peers = [pgbench(home, PEER, chosen.clients, 15) for _ in range(3)]
    first = next(iter(results.values()))
    print(f"ORDER BY random() … SKIP LOCKED among 1,000,000: {harness.median(peers):.1f} draws/s")
    harness.report(
        "plates_draw", clients=chosen.clients, peer_per_second=round(harness.median(peers), 2),
        over_peer=round(first["draws_per_second"] / harness.median(peers)), **results,
    )  # fmt: skip


if __name__ == "__main__":
    main()
