"""The dates of documents: two-digit years, days that are not known, and which century is meant."""

import re
from datetime import date

# Without a clock, a birth later than this is taken for one a century before: for newborns the caller gives `today`.
WITHOUT_A_CLOCK = date(2026, 12, 31)


def iso_date(year: int, month: int, day: int) -> str | None:
    """Return YYYY-MM-DD, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def card_date(text: str) -> str | None:
    """Read DDMMYYYY, or YYYY alone or after zeros (day and month unknown), as the QR code of a card has it."""
    digits = re.sub(r"[\s/.-]", "", text)
    if not re.fullmatch("[0-9]{8}|[0-9]{4}", digits):
        return None
    year = int(digits[-4:])
    if digits[:-4] in ("", "0000"):
        return f"{year:04}" if year else None
    return iso_date(year, int(digits[2:4]), int(digits[:2]))


def birth_date(yymmdd: str, today: date | None, year_hint: int | None = None) -> str | None:
    """Read the six characters of an MRZ: the latest such day that is not in the future, or in the year hinted at."""
    limit = today or WITHOUT_A_CLOCK
    if not _shape(yymmdd):
        return None
    year = limit.year - (limit.year - int(yymmdd[:2])) % 100
    if year_hint is not None and year_hint % 100 == year % 100:
        return _complete(year_hint, yymmdd)
    born = _complete(year, yymmdd)
    later = born is None or born > limit.isoformat()
    return _complete(year - 100, yymmdd) if later else born


def expiry_date(yymmdd: str, today: date | None, *, only_this_century: bool = False) -> str | None:
    """Read the six characters of an MRZ: the year that lies in the window of 50 years before to 49 after `today`."""
    if not _shape(yymmdd):
        return None
    year = int(yymmdd[:2])
    if only_this_century:
        return _complete(2000 + year, yymmdd)
    first = (today or WITHOUT_A_CLOCK).year - 50
    return _complete(first + (year - first) % 100, yymmdd)


def _shape(yymmdd: str) -> bool:
    return re.fullmatch("[0-9]{6}|[0-9]{4}<<|[0-9]{2}<<<<", yymmdd) is not None


def _complete(year: int, yymmdd: str) -> str | None:
    """Month and day, or the year alone where ICAO 9303-3 lets fillers stand for what is unknown."""
    if "<" in yymmdd:
        return f"{year:04}"
    return iso_date(year, int(yymmdd[2:4]), int(yymmdd[4:6]))
