"""Pools and owners that the measurement of draws is made with; imported once Django is set up."""

import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import psycopg

from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.decisions import decide
from hamrong.law import VIETNAM
from hamrong.plates.actions import pools
from hamrong.plates.models import Event

BASIS: Final = pools.Basis("36/2024/QH15 Đ37", "QĐ đo tải", date(2026, 1, 5), "38")

FILES: Final = """
insert into plates_draw (id, pool, ward, province, state, dossier, colour, vehicle_sealed, vehicle_index, vehicle_hint,
  owner_name, owner_key, owner_sealed, owner_index, owner_hint, turn, filed_at, filed_by, ticket, salt, commit,
  nullifier, level, printed)
select gen_random_uuid(), %(pool)s, '14797', '38', 'filed', 'HS', 'white', '\\x00', '\\x00', '', 'Chủ xe', 'chu xe',
  '\\x00', '\\x00', '', 1, now(), 'bench', %(run)s || '-' || i, '\\x00', sha256(i::text::bytea),
  sha256((%(run)s || i)::bytea), '', 0 from generate_series(1, %(count)s) i
"""


def granted(role: str, scope: str, act: str, target: Target) -> Grant:
    who = Actor("system:bench", "bench", "job:bench", (Holding(role, scope),), strong=True)
    answer = decide(who, act, target, purpose="" if role == "plate-owner" else "vehicle-registration")
    assert isinstance(answer, Grant), answer
    return answer


def open_pool(series: Sequence[str]) -> tuple[str, float]:
    """A pool of whole series; its code, and the seconds that opening took."""
    code, began = f"36-bench-{len(series)}-{series[0].lower()}", time.perf_counter()
    event = pools.open_pool(
        by=granted("plate-manager", "38", "pool.change", Target(province="38")), code=code, kind="car",
        colours=["white"], name_vi="Kho đo tải", name_en="Bench", series=series, basis=BASIS,
        at=datetime.now(VIETNAM),
    )  # fmt: skip
    assert isinstance(event, Event), event
    return code, round(time.perf_counter() - began, 3)


def file(admin: str, pool: str, run: str, count: int) -> list[str]:
    """So many files whose owners may press, written past walls and record, as only a measurement may; their tickets."""
    with psycopg.connect(admin, autocommit=True) as db:
        db.execute("set session_replication_role = replica")
        db.execute(FILES, {"pool": pool, "run": run, "count": count})
        db.execute("analyze plates_draw")
    return [f"{run}-{number}" for number in range(1, count + 1)]
