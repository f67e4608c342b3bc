"""How long a pool will last, if owners go on drawing as they did."""

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
