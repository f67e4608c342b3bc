"""The night as the law counts it: which one it is now, and until when it is to be reported."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from hamrong.law import VIETNAM, Deadline, deadline
from hamrong.lodging.rules import night_of

__all__ = ["LOOKED_BACK", "coming_deadline", "last_deadline", "night_deadline", "night_of"]

LOOKED_BACK: Final = timedelta(days=400)
"""How far back nights of arrival are looked through for guests who are still there: as far as a night may be opened."""


@lru_cache(maxsize=400)
def night_deadline(night: date) -> Deadline:
    """Until when guests who came by the evening of `night` are to be reported (23:00; Law on Residence art. 30)."""
    return deadline("lodging.notify", datetime.combine(night, time(12), VIETNAM))


@lru_cache(maxsize=400)
def last_deadline(night: date) -> Deadline:
    """Until when the last guests of `night` are to be reported: those who came after 23:00, by 08:00 next day."""
    return deadline("lodging.notify", datetime.combine(night, time(23, 30), VIETNAM))


def coming_deadline(now: datetime) -> Deadline:
    """The deadline of the present night that is still to come: of its evening, and after that of its last guests."""
    night = night_of(now)
    evening = night_deadline(night)
    return evening if now <= evening.legal else last_deadline(night)
