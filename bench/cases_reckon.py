"""100,000 open clocks reckoned again from the facts in the database, as each night and before new dates are signed.

    python -m bench.cases_reckon [--cases 100000] [--rounds 3]

The list is the worst one: every date would move. Beside it the same rows read and not reckoned. The last line
is JSON.
"""

import argparse
import time
from datetime import datetime
from typing import Final

from bench.cases_reorganise import fill
from bench.harness import house, imported, median, report

COURSE, RULE = "khieu-nai-lan-dau@2026-07-01", "kn.accept"
TARGET: Final = 60
"""Seconds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with house() as home:
        world = imported("bench.cases_world")
        fill(home, asked.cases, COURSE, RULE)
        listed, night, bare = list[float](), list[float](), list[float]()
        for _ in range(asked.rounds):
            for taken, act in ((bare, world.read_all), (listed, world.would_move), (night, world.confirm)):
                begun = time.perf_counter()
                found = act(datetime.now().astimezone())
                taken.append(time.perf_counter() - begun)
                if found != asked.cases:
                    raise SystemExit(f"{act.__name__} found {found} of {asked.cases} clocks")
    one, two, three = median(listed), median(night), median(bare)
    print(f"{asked.cases} clocks: listed in {one:.1f} s, at night {two:.1f} s; read only {three:.1f} s")
    seconds = {"listed": round(one, 2), "night": round(two, 2), "read": round(three, 2)}
    report("cases_reckon", **vars(asked), seconds=seconds, target_seconds=TARGET, ratio=round(one / three, 2))
    raise SystemExit(max(one, two) > TARGET)


if __name__ == "__main__":
    main()
