"""Ten minutes of single notices at the rate of the last minutes before 23:00, then as many in a storm of files."""

import argparse
import functools
import threading
from typing import Any, Final

from bench import harness, intake_world
from bench.lodging_bulk import JSON, body, take_in, worker
from bench.senders import Sent, send

PATH: Final = "/api/v1/stays"
CLIENTS: Final = 64
STORM_ROWS: Final = 50_000


def notices(url: str, seconds: float, rate: float, run: int) -> Sent:
    """Notices that fall due evenly, `rate` a second; their times count from when they were due."""
    make = functools.partial(intake_world.Notices, run)
    sent = send(url, PATH, clients=CLIENTS, seconds=seconds, rate=rate, make=make)
    if sent.bad:
        raise SystemExit(f"{sent.bad} refused, such as {sent.example!r}")
    return sent


def in_a_storm(home: harness.House, seconds: float, rate: float) -> tuple[Sent, int]:
    """The same, while one file after another of 50,000 rows is taken in; how many rows of files were taken in, too."""
    over, rows = threading.Event(), [0]

    def storm() -> None:
        run = 1
        while not over.is_set():
            take_in(home.url, run, body(JSON, STORM_ROWS, run * 100_000), JSON, STORM_ROWS)
            rows[0] += STORM_ROWS
            run += 1

    thread = threading.Thread(target=storm)
    thread.start()
    sent = notices(home.url, seconds, rate, run=2)
    over.set()
    thread.join()
    return sent, rows[0]


def kept(home: harness.House) -> tuple[int, int]:
    """How many single notices are in the register, and how many different receipts they have."""
    with home.admin() as db:
        found = db.execute("select count(*), count(distinct receipt) from lodging_stay where batch is null").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


def told(sent: Sent) -> dict[str, Any]:
    return {"answers": len(sent.took), "ms": harness.percentiles(sent.took), "slowest_ms": round(max(sent.took) * 1000)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=125)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--storm", type=float, default=60)
    chosen = parser.parse_args()
    with harness.house() as home:
        intake_world.fill(home)
        with harness.serving(home), worker():
            notices(home.url, 5, chosen.rate, run=0)
            before = kept(home)[0]
            quiet = notices(home.url, chosen.seconds, chosen.rate, run=1)
            print(f"quiet: {told(quiet)}", flush=True)
            stormy, rows = in_a_storm(home, chosen.storm, chosen.rate)
            print(f"in a storm of {rows} rows: {told(stormy)}", flush=True)
            stays, receipts = kept(home)
    answers = len(quiet.took) + len(stormy.took)
    ratio = harness.percentiles(stormy.took)["p95"] / harness.percentiles(quiet.took)["p95"]
    harness.report(
        "lodging_soak", rate=chosen.rate, seconds=chosen.seconds, quiet=told(quiet),
        storm={**told(stormy), "rows": rows},
        storm_over_quiet_p95=round(ratio, 2), lost=answers - (stays - before), doubled=stays - receipts,
    )  # fmt: skip


if __name__ == "__main__":
    main()
