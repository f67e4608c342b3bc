"""Pools for tests: each with series of its own, because tests share one database."""

import itertools
import os
from datetime import date, datetime

from hamrong.access.actors import Grant
from hamrong.plates import stock
from hamrong.plates.actions.pools import Basis, change, open_pool
from hamrong.plates.models import Event, Pool
from hamrong.plates.numbers import Run
from tests.world import NOW, as_province

BASIS = Basis("36/2024/QH15 Đ37", "QĐ 12/QĐ-CAT ngày 05/01/2026", date(2026, 1, 5), "38", "Mở kho thử")
_numbers = itertools.count(int.from_bytes(os.urandom(3), "big") % 600_000)
LETTERS = "ABCDEFGHKLMNPSTUVXYZ"


def manager(act: str = "pool.change") -> Grant:
    return as_province(act, role="plate-manager", purpose="vehicle-registration")


def a_series() -> str:
    """A series that no other test uses: an invented form of four letters."""
    number = next(_numbers)
    letters = "".join(LETTERS[number // 20**place % 20] for place in range(4))
    return f"36{letters}"


def a_pool(series: int = 1, at: datetime = NOW) -> tuple[str, list[str]]:
    """A fresh pool of so many whole series, opened then; its code and their names in order."""
    names = sorted(a_series() for _ in range(series))
    code = f"36-test-{names[0]}"
    event = open_pool(
        by=manager(), code=code, kind="car", colours=["white"], name_vi="Kho thử", name_en="Test pool", series=names,
        basis=BASIS, at=at,
    )  # fmt: skip
    assert isinstance(event, Event), event
    return code, names


def small_pool(last: int) -> tuple[str, str]:
    """A pool of which only numbers 1 to `last` of one series remain."""
    code, (series,) = a_pool()
    event = change(
        by=manager(), pool=code, type="pool.recall", runs=[Run(series, last + 1, 99_999)], basis=BASIS, at=NOW
    )
    assert isinstance(event, Event), event
    return code, series


def left(pool: str) -> int:
    return len(stock.read(Pool.objects.get(pk=pool)).left)
