"""Numbers of lodging for the board: tonight and the nights before, counted, without anybody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from hamrong.access.actors import Grant
from hamrong.lodging.nights import night_of
from hamrong.lodging.queries import province

SERIES: Final = 30


@dataclass(frozen=True, slots=True)
class Night:
    """One night of the province. Shares are between 0 and 1, or None where there is nothing to share.

    `counted`: false where nobody counted the night; its zeros then say nothing.
    """

    night: date
    guests: int
    foreigners: int
    reported: int
    silent: int
    on_time_share: float | None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """Tonight, the nights before in their order, and when they were counted (None: never)."""

    tonight: Night
    series: Sequence[Night]
    counted_at: datetime | None

    @property
    def peak(self) -> Night:
        """The night of the series with most guests."""
        return max(self.series, key=lambda one: one.guests)


def figures(by: Grant, now: datetime) -> Figures:
    """What `board` shows of lodging; a night that was not counted has zeros, and says so."""
    tonight = night_of(now)
    nights = [tonight - timedelta(days=back) for back in range(SERIES - 1, -1, -1)]
    counted = province.of_night(by, nights[0], tonight)
    series = [_night(night, counted) for night in nights]
    at = counted[tonight].folded_at if tonight in counted else None
    return Figures(series[-1], series, at)


def _night(night: date, counted: Mapping[date, province.Tally]) -> Night:
    one = counted.get(night)
    if one is None:
        return Night(night, 0, 0, 0, 0, None, counted=False)
    return Night(night, one.guests, one.foreigners, one.reported, one.silent, one.on_time_share)
