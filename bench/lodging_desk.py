"""What officers wait for: a ward's night of 150,000 guests, and a document sought among millions of stays.

    python -m bench.lodging_desk [--night 150000] [--stays 10000000] [--rounds 30]

Every number is measured in one run on one database of its own, with the walls of row-level security and, as the
administrator whom no wall binds, without them; the last line is JSON.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, Final

import psycopg
from bench.harness import House, house, imported, report
from bench.intake_world import WARDS, fill

PLACES: Final = 3000
MONTHS: Final = 12
PAGE_TARGET: Final = 0.300
SEARCH_TARGET: Final = 0.200

STAYS: Final = """
insert into lodging_stay (id, night, establishment, ward, province, kind, state, version, full_name, name_key, name_mrz,
  sex, birth, nationality, document_type, document_index, document_hint, document_issuer, residence, residence_area,
  arrival_at, planned_departure_at, room, reason, reason_text, guardian, client_ref, capture, device, channel,
  received_at, received_by, deadline_strict, deadline_legal, on_time, law_version, warnings, receipt, salt)
select gen_random_uuid(), n.night, 'BM-' || lpad((n.place)::text, 4, '0'), (%(wards)s::text[])[1 + n.place %% 3], '38',
  case when i %% 13 = 0 then 'foreigner' else 'citizen' end, 'notified', 1, 'Trần Văn Khách', 'tran van khach ' || i,
  '',
  'M', '1990-05-17', 'VNM', 'cccd', substr(sha256(('document ' || i)::bytea), 1, 16), '038***01', '', 'Thanh Hóa', '',
  (n.night + time '14:00') at time zone 'Asia/Ho_Chi_Minh',
  (n.night + case when i %% 5 = 0 then 4 else 1 end + time '12:00') at time zone 'Asia/Ho_Chi_Minh',
  '101', 'tourism', '', '', '', 'pms', '', 'api', (n.night + time '14:05') at time zone 'Asia/Ho_Chi_Minh', 'bench',
  (n.night + time '23:00') at time zone 'Asia/Ho_Chi_Minh', (n.night + time '23:00') at time zone 'Asia/Ho_Chi_Minh',
  i %% 20 <> 0, 'bench', '{}', 'LT-BENCH', '\\x00'
from generate_series(%(first)s::bigint, %(last)s::bigint) i
cross join lateral (select %(night)s::date - (i %% %(nights)s)::int as night, %(place)s) n(night, place)
"""


def stays(home: House, first: int, count: int, night: date, *, nights: int, place: str) -> None:
    """`count` invented stays, written past triggers and walls; `place` is the SQL of an establishment's number."""
    told = {"wards": list(WARDS), "first": first, "last": first + count - 1, "night": night, "nights": nights}
    with home.admin() as db:
        db.execute("set session_replication_role = replica")
        db.execute(STAYS.replace("%(place)s", place), told)


def make(home: House, night: int, many: int, today: date) -> None:
    """A peak night of the first ward, and a year of other nights behind it; every fifth guest stays four nights."""
    fill(home, PLACES)
    with home.admin() as db:
        for back in range(MONTHS + 1):
            db.execute("select lodging_open_month(%s)", [today - timedelta(days=31 * back)])
    stays(home, 0, night, today, nights=1, place=f"(i % {PLACES // 3} * 3)".replace("%", "%%"))
    piece = 500_000
    for first in range(0, many, piece):
        count, place = min(piece, many - first), f"(i % {PLACES})".replace("%", "%%")
        stays(home, night + first, count, today - timedelta(days=1), nights=30 * MONTHS, place=place)
    with home.admin() as db:
        db.execute("vacuum analyze lodging_stay")


def _sought(search: Callable[[int, str | None], int], numbers: Iterator[int], ward: str | None) -> int:
    return search(next(numbers), ward)


def _all(db: "psycopg.Connection[Any]", sql: str, given: Mapping[str, Any]) -> list[Any]:
    return db.execute(sql.encode(), given).fetchall()


def timed(act: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Median and 95th percentile in seconds, after one round that does not count."""
    act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return {"median": statistics.median(taken), "p95": statistics.quantiles(taken, n=20)[-1]}


def measure(home: House, night: int, many: int, rounds: int, now: datetime) -> dict[str, dict[str, float]]:
    """Pages through the whole stack but the socket; searches as the page asks them; SQL with and without walls."""
    desk_pages = imported("bench.desk_pages")

    today = desk_pages.tonight(now)
    make(home, night, many, today)
    client = desk_pages.officer(WARDS[0], now)
    told = {
        "board": timed(partial(desk_pages.get, client, f"/desk/{WARDS[0]}/"), rounds),
        "stays": timed(partial(desk_pages.get, client, f"/desk/{WARDS[0]}/stays/"), rounds),
    }
    whole = night + many
    step = max(1, whole // (rounds + 2))
    for name, ward in (("province", None), ("ward", WARDS[0])):
        told[f"search_{name}"] = timed(partial(_sought, desk_pages.search, count(0, step), ward), rounds)
    for name, sql in desk_pages.QUERIES.items():
        given = {"ward": WARDS[0], "night": today}
        told[f"{name}_walls"] = timed(partial(desk_pages.walled, sql, given), rounds)
        with home.admin() as db:
            told[f"{name}_free"] = timed(partial(_all, db, sql, given), rounds)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--night", type=int, default=150_000)
    parser.add_argument("--stays", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=30)
    asked = parser.parse_args()
    with house() as home:
        told = measure(home, asked.night, asked.stays, asked.rounds, datetime.now().astimezone())
    for name, one in told.items():
        print(f"{name:<18} median {one['median'] * 1000:8.1f} ms   p95 {one['p95'] * 1000:8.1f} ms")
    ratios = {
        name.removesuffix("_walls"): round(told[name.replace("_walls", "_free")]["median"] / one["median"], 3)
        for name, one in told.items()
        if name.endswith("_walls")
    }
    print("speed with the walls, as a share of without:", ratios)
    kept = told["board"]["p95"] <= PAGE_TARGET and told["search_ward"]["p95"] <= SEARCH_TARGET
    report("lodging_desk", **vars(asked), seconds=told, ratios=ratios, kept=kept)


if __name__ == "__main__":
    main()
