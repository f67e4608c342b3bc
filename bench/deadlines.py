"""Open clocks of all rules recomputed, against python-dateutil adding bare months to as many days.

Extensions, pauses and custody are among them, as in the tests' random cases. One process; no database.
"""

import argparse
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter

from bench import harness
from dateutil.relativedelta import relativedelta

from hamrong.law.deadlines import compute
from hamrong.law.library import shipped
from tests.law.cases import cases

TARGET = 60


def recomputed(number: int, seed: int) -> float:
    asked = list(cases(seed, number))
    library = shipped()
    began = perf_counter()
    for case in asked:
        compute(library, case.plan.rule.id, case.events, case.params)
    return perf_counter() - began


def months_added(number: int, seed: int) -> float:
    random = Random(seed)
    days = [date(2020, 1, 1) + timedelta(days=random.randrange(2000)) for _ in range(number)]
    began = perf_counter()
    for day in days:
        day + relativedelta(months=3)
    return perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    compute(shipped(), "kn.accept", datetime.now().astimezone(), {})
    ours = harness.median([recomputed(chosen.clocks, seed) for seed in range(chosen.rounds)])
    bare = harness.median([months_added(chosen.clocks, seed) for seed in range(chosen.rounds)])
    harness.report(
        "deadlines", clocks=chosen.clocks, seconds=round(ours, 2), target_seconds=TARGET,
        dateutil_seconds=round(bare, 3), ratio=round(ours / bare, 1), rounds=chosen.rounds,
    )  # fmt: skip
    raise SystemExit(ours > TARGET)


if __name__ == "__main__":
    main()
