"""The pure parts, one process and no database: deadlines, passports' lines, cards' QR codes, old addresses."""

import argparse
from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from bench import harness

from hamrong.kernel import documents
from hamrong.law import VIETNAM, deadline
from hamrong.org.areas import convert

ARRIVAL = datetime(2026, 11, 24, 21, 0, tzinfo=VIETNAM)
CARD = "038191000017||Nguyễn Thị Thử Nghiệm|08031991|Nữ|Phường Hạc Thành, Thanh Hóa|01012022"
PASSPORT = "P<KORMAU<<KHACH<THU<<<<<<<<<<<<<<<<<<<<<<<<<\nM000000174KOR9002155M3512311<<<<<<<<<<<<<<04"
ADDRESS = "Xã Quảng Hùng, thành phố Sầm Sơn, tỉnh Thanh Hóa"


def a_second(work: Callable[[], object], times: int) -> float:
    """How often a second `work` is done, over so many times."""
    work()
    began = perf_counter()
    for _ in range(times):
        work()
    return times / (perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    parts: dict[str, Callable[[], object]] = {
        "deadlines": lambda: deadline("lodging.notify", ARRIVAL),
        "passports": lambda: documents.read(PASSPORT),
        "cards": lambda: documents.read(CARD),
        "addresses": lambda: convert(ADDRESS),
    }
    told = {
        name: round(harness.median([a_second(work, chosen.times) for _ in range(chosen.rounds)]))
        for name, work in parts.items()
    }
    harness.report("pure", times=chosen.times, rounds=chosen.rounds, **told)


if __name__ == "__main__":
    main()
