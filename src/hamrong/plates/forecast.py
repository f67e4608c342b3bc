"""How long a pool and each of its series will last, if owners go on drawing as they did."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor
from typing import Final

LOOKED_AT: Final = 90
"""Days whose draws are looked at."""

FAR: Final = 365 * 100


@dataclass(frozen=True, slots=True)
class Forecast:
    """Draws a day, how many whole days the pool lasts, and the day on which it is empty; None: not to be foreseen."""

    per_day: float
    days: int | None
    on: date | None


def forecast(remaining: int, drawn: int, over: int, today: date) -> Forecast:
    """From `drawn` numbers in the last `over` days (at least one). A pool that nobody draws from lasts for ever."""
    per_day = drawn / max(over, 1)
    days = floor(remaining / per_day) if per_day else None
    if days is None or days > FAR:
        return Forecast(per_day, None, None)
    return Forecast(per_day, days, today + timedelta(days=days))


def of_series(left: int, pool_left: int, per_day: float, today: date) -> Forecast:
    """When a series of a pool is as likely empty as not, `per_day` being the draws of the whole pool.

    Every remaining number of a pool is as likely as every other, so a series gets its share of the draws. Once a
    fraction f of the pool is drawn, all `left` numbers are with the chance f ** left, one half at f = 2 ** (-1 / left).
    """
    if not left:
        return Forecast(0.0, 0, today)
    if not per_day:
        return Forecast(0.0, None, None)
    share, days = per_day * left / pool_left, floor(pool_left / per_day * 2 ** (-1 / left))
    return Forecast(share, None, None) if days > FAR else Forecast(share, days, today + timedelta(days=days))
