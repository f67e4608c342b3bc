"""A second counter, which shares no code with the first: it walks day by day, as one does on a wall calendar."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hamrong.law.calendars import Year
from hamrong.law.shape import Extension, Term, Version

ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
ROLLS = ("crim_day", "crim_month", "civil_day", "civil_month", "civil_year")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Asked(NamedTuple):
    """A case for the counter: extensions taken, custody spent, days that do not count (from, before)."""

    extensions: Sequence[Extension] = ()
    custody: int = 0
    pauses: Sequence[tuple[date, date]] = ()
    alone: bool = False


def rests(tables: Mapping[int, Year], day: date) -> bool:
    """Whether nobody works on this day."""
    table = tables.get(day.year)
    if table is None:
        return day.weekday() in (5, 6)
    if any(entry.day == day for entry in table.days_worked):
        return False
    return WEEK[day.weekday()] in table.weekly_rest or any(entry.day == day for entry in table.days_off)


def due(
    tables: Mapping[int, Year],
    version: Version,
    params: Mapping[str, str],
    start: date,
    asked: Asked = Asked(),  # noqa: B008
) -> tuple[date, date]:
    """Return both readings: days, or moments for what is counted by the hour."""
    terms = _terms(version, params, asked)
    strict, legal = (_end(tables, terms, start, asked, late) for late in (False, True))
    if version.then:
        strict, legal = (_worked(tables, version.then.n, day, ()) for day in (strict, legal))
    return strict, legal


def _terms(version: Version, params: Mapping[str, str], asked: Asked) -> list[Term]:
    terms = [version.term] if version.term else []
    terms += [row.term for row in version.table if all(params[name] == value for name, value in row.when.items())]
    assert len(terms) == 1
    for step in asked.extensions:
        if step.total:
            terms = [step.total]
        elif step.term:
            terms.append(step.term)
    return terms[-1:] if asked.alone else terms


def _end(tables: Mapping[int, Year], terms: Sequence[Term], start: date, asked: Asked, late: bool) -> date:
    count, n = terms[0].count, sum(term.n for term in terms)
    if count in ("hour", "hour_back", "custody"):
        assert isinstance(start, datetime)
        return _hours(start, n * (24 if count == "custody" else 1), back=count == "hour_back")
    day = start.date() if isinstance(start, datetime) else start
    if count == "detention":
        months = sum(term.n for term in terms if term.unit == "month")
        return _walked(day, 30 * months + (n - months) - asked.custody - 1, ())
    if count == "working_day":
        return _worked(tables, n, day, asked.pauses)
    if count == "back_working_day":
        return _worked_back(tables, n, day)
    if count == "back_day":
        return _earlier(tables, day, n, late)
    day = _counted(day, n, asked.pauses, first=not late) if count == "crim_day" else _months(day, terms, asked.pauses)
    while late and count in ROLLS and rests(tables, day):
        day += ONE_DAY
    return day


def _hours(moment: datetime, hours: int, *, back: bool) -> datetime:
    for _ in range(hours):
        moment = moment - ONE_HOUR if back else moment + ONE_HOUR
    return moment


def _off(pauses: Iterable[tuple[date, date]], day: date) -> bool:
    return any(stop <= day < resume for stop, resume in pauses)


def _counted(day: date, n: int, pauses: Sequence[tuple[date, date]], *, first: bool) -> date:
    """Return the n-th day that counts, from `day` itself or from the day after."""
    if first and not _off(pauses, day):
        n -= 1
    return _walked(day, n, pauses)


def _walked(day: date, n: int, pauses: Sequence[tuple[date, date]]) -> date:
    while n:
        day += ONE_DAY
        n -= not _off(pauses, day)
    return day


def _worked(tables: Mapping[int, Year], n: int, day: date, pauses: Sequence[tuple[date, date]]) -> date:
    while n:
        day += ONE_DAY
        n -= not (rests(tables, day) or _off(pauses, day))
    return day


def _worked_back(tables: Mapping[int, Year], n: int, day: date) -> date:
    while n:
        day -= ONE_DAY
        n -= not rests(tables, day)
    return day


def _earlier(tables: Mapping[int, Year], day: date, n: int, late: bool) -> date:
    for _ in range(n):
        day -= ONE_DAY
    while not late and rests(tables, day):
        day -= ONE_DAY
    return day


def _months(start: date, terms: Sequence[Term], pauses: Sequence[tuple[date, date]]) -> date:
    """Walk to the same day number, or to the last day of a month that lacks it; then on for days and pauses."""
    borders = sum(term.n * {"month": 1, "year": 12}.get(term.unit, 0) for term in terms)
    day, passed = start, 0
    while borders:
        day, passed = day + ONE_DAY, passed + 1
        borders -= day.day == 1
    if passed:
        while day.day != start.day and (day + ONE_DAY).day != 1:
            day, passed = day + ONE_DAY, passed + 1
    return _walked(start, passed + sum(term.n for term in terms if term.unit == "day"), pauses)
