"""The register of petitions at the published size: its first page, filters, searches, the reports of a year, the board.

    python -m bench.petitions_reports [--year 9887] [--years 5] [--rounds 9]

The province handled 9,887 reports of citizens in a year; the years before are as large. An officer of the province
reads all of them through the whole stack but the socket, with the walls of row-level security, in a database of its
own; the last line is JSON.
"""

import argparse
from datetime import datetime
from functools import partial
from typing import Any, Final

from bench.harness import House, house, imported, report
from bench.lodging_desk import timed

TARGET: Final = 0.300
"""Seconds, median: a page that an officer waits for."""

REPORT: Final = 1.0
"""Seconds, median: the report of a year."""


def sought(client: Any, **asked: str) -> str:
    """The address of what a search found."""
    told = {"purpose": "petition", "words": "", "name": "", "document": "", **asked}
    answer = client.post("/don/tim", told)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def measure(
    home: House, each_year: int, years: int, rounds: int, now: datetime
) -> tuple[int, dict[str, dict[str, float]]]:
    """How many petitions there are, and how long each page took."""
    pages, world = imported("bench.desk_pages"), imported("bench.petitions_world")
    made = world.register(home, each_year, years, now.date())
    client = pages.officer("38", now, "petition-officer")
    leader = pages.officer("38", now, "province-leader")
    words, name = sought(client, words=f'"{world.RARE}"'), sought(client, name="lê thị bịa")
    document = sought(client, document="038000000123")
    addresses = {
        "first_page": "/don/", "overdue": "/don/?stands=overdue", "due": "/don/?stands=due",
        "settled_wrong": "/don/?result=wrong&kind=complaint", "search_words": words, "search_name": name,
        "search_document": document, "report_year": f"/don/bao-cao/?kind=year&on={now:%d/%m/%Y}",
        "report_month": f"/don/bao-cao/?kind=month&on={now:%d/%m/%Y}",
    }  # fmt: skip
    told = {page: timed(partial(pages.get, client, address), rounds) for page, address in addresses.items()}
    told["board"] = timed(partial(pages.get, leader, "/board/"), rounds)
    return made, told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--year", type=int, default=9_887)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with house() as home:
        made, told = measure(home, asked.year, asked.years, asked.rounds, datetime.now().astimezone())
    for name, one in told.items():
        print(f"{name:<18} median {one['median'] * 1000:8.1f} ms   p95 {one['p95'] * 1000:8.1f} ms")
    kept = {name: one["median"] <= (REPORT if name.startswith("report") else TARGET) for name, one in told.items()}
    report("petitions_reports", **vars(asked), petitions=made, seconds=told, kept=kept)


if __name__ == "__main__":
    main()
