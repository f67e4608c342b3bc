"""Counting: a length of time, a convention and a calendar make the last day or the moment on which a term ends."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hamrong.law.calendars import Calendar
from hamrong.law.shape import Convention, LawError, Reading, Term

Pause = tuple[date, date]
"""The first day that does not count and the first day that counts again."""


class Length(NamedTuple):
    """A length under one convention: whole months, then days (calendar or working), then hours."""

    months: int = 0
    days: int = 0
    hours: int = 0


class Ends(NamedTuple):
    """The day on which a count ends: as counted, and after it has been moved off a rest day."""

    nominal: date
    end: date


def length(convention: Convention, terms: Sequence[Term]) -> Length:
    """Return the sum of `terms` under `convention`, whose months may be so many days each."""
    months = sum([term.n * (12 if term.unit == "year" else 1) for term in terms if term.unit in ("month", "year")])
    days = sum([term.n for term in terms if term.unit in ("day", "working_day")])
    hours = sum([term.n for term in terms if term.unit == "hour"])
    if convention.month_days:
        months, days = 0, days + months * convention.month_days
    if convention.day_hours:
        days, hours = 0, hours + days * convention.day_hours
    return Length(months, days, hours)


def moment(convention: Convention, size: Length, start: datetime) -> datetime:
    """Return the instant on which a count by instants ends."""
    span = timedelta(hours=size.hours)
    return start - span if convention.direction == "back" else start + span


def last_day(
    convention: Convention, reading: Reading, size: Length, start: date, pauses: Sequence[Pause], calendar: Calendar
) -> Ends:
    """Return the last day of a count by days from `start`, in one reading; `pauses` are in order and apart."""
    if convention.direction == "back":
        nominal = calendar.before(start, size.days) if convention.days == "working" else shifted(start, -size.days)
    elif convention.days == "working":
        nominal = _working(size.days, start, pauses, calendar)
    else:
        nominal = _calendar(reading, size, start, pauses)
    if reading.rest_day == "next":
        return Ends(nominal, calendar.on_or_after(nominal))
    if reading.rest_day == "previous":
        return Ends(nominal, calendar.on_or_before(nominal))
    return Ends(nominal, nominal)


def _calendar(reading: Reading, size: Length, start: date, pauses: Sequence[Pause]) -> date:
    counted = reading.first_day == "counted"
    first = start if counted else shifted(start, 1)
    end = shifted(months_later(start, size.months), size.days - counted)
    for stop, resume in pauses:
        if stop > end:
            break
        end = shifted(end, max(0, (resume - max(stop, first)).days))
    return end


def _working(days: int, start: date, pauses: Sequence[Pause], calendar: Calendar) -> date:
    end = calendar.after(start, days)
    for stop, resume in pauses:
        if stop > end:
            break
        first = max(stop, shifted(start, 1))
        left = calendar.between(first, end)
        if resume > first and left:
            end = calendar.after(shifted(resume, -1), left)
    return end


def months_later(day: date, months: int) -> date:
    """Return the same day number so many months later; a day that the month lacks becomes its last day."""
    if not months:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except ValueError:
        raise LawError(f"{day} and {months} months are beyond any calendar") from None


def shifted(day: date, days: int) -> date:
    """Return the day so many days later or, below zero, earlier."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise LawError(f"{day} and {days} days are beyond any calendar") from None


def merged(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    """Return pauses that may overlap as pauses that are in order and apart."""
    result: list[Pause] = []
    for stop, resume in sorted(pauses):
        if result and stop <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], resume))
        elif resume > stop:
            result.append((stop, resume))
    return tuple(result)
