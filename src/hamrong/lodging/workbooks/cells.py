"""From a cell to the text that a stay takes: dates and times in every form that people write, numbers as they were."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from hamrong.kernel.vietnamese import clean, fold
from hamrong.kernel.workbooks.cells import Cell, text_of
from hamrong.lodging.findings import plain
from hamrong.lodging.issues import numbers

OFFSET: Final = "+07:00"
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FIRST_SURE_SERIAL: Final = 61
_LAST_SERIAL: Final = 2_958_466
_YEARS: Final = range(1850, 2200)
_ISO_DAY: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY: Final = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_IN_WORDS: Final = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4}|\d{2})")
_TIME: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?::|gio|[hg])\s*(\d{1,2}(?![\d/.-]))?(?::(\d{1,2})(?:\.\d+)?)?\s*(?:phut)?\s*(am|pm|sa|ch)?"
)
_MIDNIGHT: Final = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")
_RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)")


class Day(NamedTuple):
    """YYYY-MM-DD, or YYYY, or the text as it stands where it is no date; `guessed_century`: the year had two digits."""

    text: str
    guessed_century: bool = False


class Moment(NamedTuple):
    """RFC 3339, or the text as it stands where it is none; `no_time`: the cell gave the day only."""

    text: str
    no_time: bool = False
    guessed_century: bool = False


def day_of(cell: Cell, latest: date, *, epoch_1904: bool = False) -> Day:
    """A day from a cell. `latest` decides the century of a year in two digits: the last one that is not after it."""
    if isinstance(cell, datetime):
        return Day(cell.date().isoformat())
    if isinstance(cell, date):
        return Day(cell.isoformat())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_number(cell, latest, epoch_1904)
    text = _MIDNIGHT.sub("", text_of(cell))
    if text.isdecimal() and text.isascii():
        return _day_of_digits(text) or Day(text)
    return _written_day(text, latest) or Day(text)


def _day_of_number(cell: int | float, latest: date, epoch_1904: bool) -> Day:
    text = plain(cell)
    if cell in _YEARS:
        return Day(text)
    if (moment := _serial(cell, epoch_1904)) and moment.year in _YEARS:
        return Day(moment.date().isoformat())
    return (_day_of_digits(text) if text.isdecimal() else None) or Day(text)


def _serial(cell: int | float, epoch_1904: bool) -> datetime | None:
    """What a workbook means by a number of days; its calendar is wrong before 1900-03-01, which nobody means."""
    if not _FIRST_SURE_SERIAL <= cell < _LAST_SERIAL:
        return None
    return (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(seconds=round(cell * 86_400))


def _day_of_digits(text: str) -> Day | None:
    """15081990, 5081990 (its zero lost) or 19900815."""
    if len(text) == 4:
        return Day(text)
    if len(text) == 8 and int(text[:4]) in _YEARS and _real(int(text[:4]), int(text[4:6]), int(text[6:])):
        return Day(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if len(text) in (7, 8) and int(text[-4:]) in _YEARS:
        padded = text.rjust(8, "0")
        return Day(f"{padded[4:]}-{padded[2:4]}-{padded[:2]}")
    return None


def _real(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _written_day(text: str, latest: date) -> Day | None:
    """Day before month, as people here write; an impossible date stays impossible, so that the check can say so."""
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif (found := _DAY.fullmatch(text)) or (found := _IN_WORDS.fullmatch(fold(text))):
        day, month, year = found.groups()
    else:
        return None
    if len(year) == 4:
        return Day(f"{year}-{int(month):02}-{int(day):02}")
    full = latest.year // 100 * 100 + int(year)
    if (full, int(month), int(day)) > (latest.year, latest.month, latest.day):
        full -= 100
    return Day(f"{full}-{int(month):02}-{int(day):02}", guessed_century=True)


def moment_of(day: Cell, hour: Cell, latest: date, *, arrival: bool, epoch_1904: bool = False) -> Moment:
    """An instant from the cell of a day and time, and the cell of a time of day where there is one.

    Without a time of day an arrival counts from 08:00, where its night opens: the deadline is that of any hour until
    23:00, and a notification on the same day is not in the future. A departure counts as 12:00, the usual hour.
    """
    if isinstance(day, str) and _RFC_3339.fullmatch(day.strip()):
        return Moment(day.strip())
    read, clock = _parted(day, latest, epoch_1904)
    clock = _clock(hour) or clock
    if not read.text:
        return Moment("")
    if len(read.text) != 10:
        return Moment(text_of(day))
    missing = time(numbers()["night_opens_hour"] if arrival else 12)
    told = f"{read.text}T{(clock or missing).isoformat('seconds')}{OFFSET}"
    return Moment(told, clock is None, read.guessed_century)


def _parted(cell: Cell, latest: date, epoch_1904: bool) -> tuple[Day, time | None]:
    """The day and the time of day in one cell."""
    if isinstance(cell, datetime):
        return Day(cell.date().isoformat()), cell.time()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        moment = _serial(cell, epoch_1904)
        return day_of(cell, latest, epoch_1904=epoch_1904), moment.time() if moment and cell % 1 else None
    if not isinstance(cell, str):
        return day_of(cell, latest), None
    return _parted_text(clean(cell).removeprefix("'"), latest)


@lru_cache(maxsize=65536)
def _parted_text(text: str, latest: date) -> tuple[Day, time | None]:
    for found in _TIME.finditer(_in_place(text)):
        clock = _time(found)
        rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,-–T")
        if clock and (day := _written_day(clean(rest), latest)):
            return day, clock
    return day_of(text, latest), None


def _in_place(text: str) -> str:
    """The text in small letters with every character in its place: times are found here and cut out there."""
    if text.isascii():
        return text.lower()
    return "".join(fold(sign) if len(fold(sign)) == 1 else sign for sign in text.lower())


def _clock(cell: Cell) -> time | None:
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        return (_EPOCH_1900 + timedelta(seconds=round(cell * 86_400))).time()
    found = _TIME.fullmatch(_in_place(clean(cell))) if isinstance(cell, str) else None
    return _time(found) if found else None


def _time(found: re.Match[str]) -> time | None:
    """SA and CH are the morning and the afternoon of Vietnamese Windows."""
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    half = found[4]
    if half and not 1 <= hour <= 12:
        return None
    if half in ("pm", "ch"):
        hour = hour % 12 + 12
    elif half:
        hour %= 12
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
