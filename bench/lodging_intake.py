"""Single notices a second through the real HTTP stack, over L: what PostgreSQL alone does with the same two inserts."""

import argparse
import functools
import re
import subprocess
from pathlib import Path
from typing import Final

from bench import harness, intake_world
from bench.senders import Sent, send

from hamrong.site.postgres import find_binaries

PATH: Final = "/api/v1/stays"
LIMIT: Final = Path(__file__).with_name("lodging_intake.sql")
TABLES: Final = """
create table bench_stay (like lodging_stay including all);
create table bench_entry (like audit_entry including all);
"""


def limit(home: harness.House, clients: int, seconds: float) -> float:
    """Transactions a second of pgbench: key look-up, stay with its indexes, entry of audit with its indexes."""
    command = [
        str(find_binaries().folder / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1",
        "-T", str(int(seconds)), "-f", str(LIMIT), home.cluster.url(database="hamrong"),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode or not found:
        raise SystemExit(f"pgbench: {done.stderr}")
    return float(found[1])


def notices(url: str, clients: int, seconds: float, run: int) -> Sent:
    """One measured run; a single answer that is not 2xx ends the measurement."""
    make = functools.partial(intake_world.Notices, run)
    sent = send(url, PATH, clients=clients, seconds=seconds, make=make)
    if sent.bad:
        raise SystemExit(f"{sent.bad} of {sent.bad + len(sent.took)} refused, such as {sent.example!r}")
    return sent


def rounds(home: harness.House, clients: int, seconds: float, count: int) -> tuple[list[float], list[float], Sent]:
    """Limit and intake in turn, so that a machine that slows down slows both; rates, ratios, and all answers' times."""
    rates, ratios, every = [], [], Sent()
    notices(home.url, clients, 2, run=clients * 1000)
    for number in range(count):
        tps = limit(home, clients, seconds)
        sent = notices(home.url, clients, seconds, run=clients * 1000 + number + 1)
        rates.append(sent.rate)
        ratios.append(sent.rate / tps)
        every.took += sent.took
        print(
            f"  {clients:>3} clients: {sent.rate:7.0f} notices/s, L {tps:7.0f}/s, ratio {sent.rate / tps:.2f}",
            flush=True,
        )
    return rates, ratios, every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, nargs="+", default=[16, 64])
    chosen = parser.parse_args()
    results = {}
    with harness.house() as home:
        intake_world.fill(home)
        with home.admin() as db:
            db.execute(TABLES)
        with harness.serving(home):
            for clients in chosen.clients:
                rates, ratios, every = rounds(home, clients, chosen.seconds, chosen.rounds)
                results[f"clients_{clients}"] = {
                    "notices_per_second": round(harness.median(rates)), "of_limit": round(harness.median(ratios), 3),
                    "ms": harness.percentiles(every.took), "answers": len(every.took),
                }  # fmt: skip
                print(f"{clients} clients: median {results[f'clients_{clients}']}", flush=True)
    harness.report("lodging_intake", rounds=chosen.rounds, seconds=chosen.seconds, **results)


if __name__ == "__main__":
    main()
