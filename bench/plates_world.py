"""Pools and owners that the measurement of draws is made with; imported once Django is set up."""

import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.decisions import decide
from hamrong.law import VIETNAM
from hamrong.plates.actions import pools
from hamrong.plates.models import Event

BASIS: Final = pools.Basis("36/2024/QH15 Đ37", "QĐ đo tải", date(2026, 1, 5), "38")


def granted(role: str, scope: str, act: str, target: Target) -> Grant:
    who = Actor("system:bench", "bench", "job:bench", (Holding(role, scope),), strong=True)
    answer = decide(who, act, target, purpose="" if role == "plate-owner" else "vehicle-registration")
    assert isinstance(answer, Grant), answer
    return answer


def open_pool(series: Sequence[str]) -> tuple[str, float]:
    """A pool of whole series; its code, and the seconds that opening took."""
    code, began = f"36-bench-{len(series)}", time.perf_counter()
    event = pools.open_pool(
        by=granted("plate-manager", "38", "pool.change", Target(province="38")), code=code, kind="car",
        colours=["white"], name_vi="Kho đo tải", name_en="Bench", series=series, basis=BASIS,
        at=datetime.now(VIETNAM),
    )  # fmt: skip
    assert isinstance(event, Event), event
    return code, round(time.perf_counter() - began, 3)
