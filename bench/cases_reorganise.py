"""All open cases of 27 units that ceased go to 9 successors in one signed act, against a bare UPDATE of the same rows.

    python -m bench.cases_reorganise [--cases 100000] [--rounds 5]

Each round moves every case to other units; the bare UPDATE changes the unit of the same rows of the same tables in one
transaction, without walls, record and transfers. The last line is JSON.
"""

import argparse
import time
from datetime import datetime
from typing import Final

from bench.harness import House, house, imported, median, report

OLD: Final = [f"C{number:02}" for number in range(27)]
FACTS: Final = 4
FILL: Final = """
with made as (
  select gen_random_uuid() id, (%(units)s::text[])[1 + i %% %(count)s] unit, i from generate_series(1, %(cases)s) i
), cases as (
  insert into cases_case (id, code, course, state, unit, province, revision, transfers, result, opened_at)
  select id, 'TH-2026-' || lpad(i::text, 6, '0'), %(course)s, 'open', unit, '38', %(facts)s, 0, '', now() from made
), facts as (
  insert into cases_fact (id, case_id, revision, act, source, target, effective_at, recorded_at, by, role, approved_by,
                          approved_role, document, reason, in_place_of, approved_in_place_of, result, ground, unit,
                          province)
  select gen_random_uuid(), id, n, 'bench', 'open', 'open', now(), now(), 'person:bench', 'ward-duty', '', '', '', '',
         '', '', '', '', unit, '38' from made, generate_series(1, %(facts)s) n returning id, case_id, unit
), clocks as (
  insert into cases_clockfact (id, fact_id, case_id, rule, what, name, params, unit, province)
  select gen_random_uuid(), id, case_id, %(rule)s, 'start', '', '{}', unit, '38' from facts
)
insert into cases_clock (id, case_id, rule, state, started_at, strict, legal, law_version, calendar, unit, province)
select gen_random_uuid(), id, %(rule)s, 'running', now(), now(), now(), 'bench', '', unit, '38' from made
"""
TABLES: Final = ("cases_case", "cases_fact", "cases_clockfact", "cases_clock")


def fill(home: House, cases: int, course: str = "thu@2026-07-01", rule: str = "plate.cert") -> None:
    """Open cases with four facts and a clock each, written past triggers and walls."""
    with home.admin() as db:
        db.execute("set session_replication_role = replica")
        told = {"units": OLD, "count": len(OLD), "cases": cases, "facts": FACTS, "course": course, "rule": rule}
        db.execute(FILL, told)
        db.execute("vacuum analyze cases_case, cases_fact, cases_clockfact, cases_clock")


def successors(number: int) -> dict[str, str]:
    """Three units into one; each round's units cease in the next."""
    before = OLD if number == 0 else [f"R{number - 1}-{unit}" for unit in range(9)]
    return {unit: f"R{number}-{place % 9}" for place, unit in enumerate(before)}


def bare(home: House, number: int) -> float:
    """The same rows get another unit, and nothing else happens."""
    with home.admin() as db, db.transaction():
        db.execute("set local session_replication_role = replica")
        begun = time.perf_counter()
        for table in TABLES:
            db.execute(f"update {table} set unit = 'B{number}-' || right(unit, 1)")
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with house() as home:
        reorganise = imported("bench.cases_world").reorganise
        fill(home, asked.cases)
        taken, plain = [], []
        for number in range(asked.rounds):
            begun = time.perf_counter()
            moved = reorganise(successors(number), datetime.now().astimezone())
            taken.append(time.perf_counter() - begun)
            if moved != asked.cases:
                raise SystemExit(f"{moved} of {asked.cases} cases were moved")
        for number in range(asked.rounds):
            plain.append(bare(home, number))
    act, update = median(taken), median(plain)
    print(f"one act for {asked.cases} cases: {act:.1f} s; bare UPDATE of the same rows: {update:.1f} s")
    report("cases_reorganise", **vars(asked), seconds={"act": act, "update": update}, ratio=round(update / act, 2))


if __name__ == "__main__":
    main()
