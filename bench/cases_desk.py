"""The first page of an officer, the list and a case, with open cases of every commune and the province's own.

    python -m bench.cases_desk [--cases 20000] [--rounds 20]

Pages go through the whole stack but the socket: a duty officer of a commune, and a petition officer of the province,
whose desk holds its own cases, and on demand those of every unit. The last line is JSON.
"""

import argparse
from datetime import datetime
from functools import partial
from typing import Final

from bench.harness import House, house, imported, report
from bench.lodging_desk import timed

WARD, PROVINCE = "14797", "38"
FILL: Final = """
with units as (
  select array_agg(code order by code) codes from org_unit
   where kind in ('commune', 'province') and (valid_to is null or valid_to >= current_date)
), made as (
  select gen_random_uuid() id, gen_random_uuid() fact, codes[1 + i %% array_length(codes, 1)] unit, i
    from units, generate_series(1, %(cases)s) i
), cases as (
  insert into cases_case (id, code, course, state, unit, province, revision, transfers, result, opened_at)
  select id, 'KN-2026-' || lpad(i::text, 6, '0'), %(course)s, 'settling', unit, '38', 1, 0, '', now() from made
), facts as (
  insert into cases_fact (id, case_id, revision, act, source, target, effective_at, recorded_at, by, role, approved_by,
                          approved_role, document, reason, unit, province, in_place_of, approved_in_place_of, result,
                          ground)
  select fact, id, 1, 'open', '', 'settling', now(), now(), 'person:bench', 'ward-duty', '', '', '', '', unit, '38', '',
         '', '', '' from made
), clocks as (
  insert into cases_clockfact (id, fact_id, case_id, rule, what, name, params, unit, province)
  select gen_random_uuid(), fact, id, 'kn.first', 'start', '', '{"area_complexity": "normal"}', unit, '38' from made
)
insert into cases_clock (id, case_id, rule, state, started_at, strict, legal, law_version, calendar, unit, province)
select gen_random_uuid(), id, 'kn.first', 'running', now(), now() + (i %% 60 - 20) * interval '1 day',
       now() + (i %% 60 - 20) * interval '1 day', 'bench', '', unit, '38' from made
"""


def fill(home: House, cases: int) -> str:
    """Open complaints with a clock each, written past triggers and walls; answers the id of one of the commune's."""
    with home.admin() as db:
        db.execute("set session_replication_role = replica")
        db.execute(FILL, {"cases": cases, "course": "khieu-nai-lan-dau@2026-07-01"})
        db.execute("vacuum analyze cases_case, cases_fact, cases_clockfact, cases_clock")
        row = db.execute("select id from cases_case where unit = %s order by code limit 1", [WARD]).fetchone()
    assert row is not None
    return str(row[0])


def measure(home: House, cases: int, rounds: int, now: datetime) -> dict[str, dict[str, float]]:
    desk_pages = imported("bench.desk_pages")
    one = fill(home, cases)
    duty = desk_pages.officer(WARD, now)
    above = desk_pages.officer(PROVINCE, now, "petition-officer")
    pages = {
        "commune": (duty, "/ho-so/"), "case": (duty, f"/ho-so/{one}/"), "list": (duty, "/ho-so/danh-sach/"),
        "province": (above, "/ho-so/"), "whole": (above, "/ho-so/?unit=all"),
    }  # fmt: skip
    return {name: timed(partial(desk_pages.get, who, address), rounds) for name, (who, address) in pages.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    with house() as home:
        told = measure(home, asked.cases, asked.rounds, datetime.now().astimezone())
    for name, one in told.items():
        print(f"{name:<10} median {one['median'] * 1000:7.1f} ms   p95 {one['p95'] * 1000:7.1f} ms")
    report("cases_desk", **vars(asked), seconds=told)


if __name__ == "__main__":
    main()
