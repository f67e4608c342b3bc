"""What a check of one row has found so far, and the two readings of time that every field uses."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from hamrong.kernel.vietnamese import clean
from hamrong.lodging.catalogs import read_yaml
from hamrong.lodging.issues import Issue, Severity, issue, longest, mask, mask_date, numbers
from hamrong.lodging.shapes import Kind, Text

VIETNAM_OFFSET: Final = timedelta(hours=7)
"""Viet Nam has had one offset and no summer time since 1975-06-13; a constant is faster than the zone's table."""

DAY_FORM_VI: Final = "ngày/tháng/năm, ví dụ 15/08/1990 (phần mềm: 1990-08-15)"
DAY_FORM_EN: Final = "day/month/year such as 15/08/1990 (software: 1990-08-15)"
MOMENT_FORM_VI: Final = "ngày và giờ, ví dụ 24/11/2026 21:30 (phần mềm: 2026-11-24T21:30:00+07:00)"
MOMENT_FORM_EN: Final = "day and time such as 24/11/2026 21:30 (software: 2026-11-24T21:30:00+07:00)"
_LIKE_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX: Final = longest()


class Findings:
    """The issues of one row; a pointer that the reading already complained about is not complained about twice."""

    __slots__ = ("_told", "issues", "required")

    def __init__(self, found: tuple[Issue, ...]) -> None:
        self.issues = list(found)
        self.required: frozenset[str] = frozenset()
        self._told = {each.pointer for each in found if each.severity == "error"} if found else ()

    def add(
        self,
        code: str,
        pointer: str,
        received: str = "",
        expected: str = "",
        expected_en: str | None = None,
        severity: Severity | None = None,
        law: str | None = None,
    ) -> None:
        """Put an issue on the row."""
        told = issue(
            code, pointer, received=received, expected=expected, expected_en=expected_en, severity=severity, law=law
        )
        self.issues.append(told)

    def missing(self, pointer: str) -> None:
        """A field without a value: an error where the law demands it on that day, else a warning."""
        if pointer in self._told or pointer.rpartition("/")[0] in self._told:
            return
        self.add("field.missing", pointer, severity=self.weight(pointer))

    def weight(self, pointer: str) -> Severity:
        return "error" if pointer in self.required else "warning"

    def text(self, value: Text, pointer: str, limit: str) -> str:
        """A value as clean text of bounded length."""
        text = plain(value)
        if len(text) > _MAX[limit]:
            self.add("field.too_long", pointer, expected=str(_MAX[limit]))
            return ""
        return text

    def day(self, text: str, pointer: str) -> date | None:
        """A date written YYYY-MM-DD."""
        if len(text) == 10 and text[4] == "-" == text[7]:
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        if _LIKE_DATE.fullmatch(text):
            self.add("date.impossible", pointer, mask_date(text), severity=self.weight(pointer))
        else:
            shown = mask_date(text) if pointer == "/birth/date" else text
            self.add("date.format", pointer, shown, DAY_FORM_VI, DAY_FORM_EN, self.weight(pointer))
        return None

    def moment(self, value: Text, pointer: str) -> datetime | None:
        """An instant written in RFC 3339 with its offset, in UTC."""
        if value is None or value == "":
            self.missing(pointer)
            return None
        text = value if type(value) is str else plain(value)
        if read := _instant(text):
            return read
        date_part, severity = _LIKE_DATE.match(text), self.weight(pointer)
        if date_part and not _exists(date_part[0]):
            self.add("date.impossible", pointer, text, severity=severity)
        else:
            self.add("date.format", pointer, text, MOMENT_FORM_VI, MOMENT_FORM_EN, severity)
        return None


@lru_cache(maxsize=65536)
def _instant(text: str) -> datetime | None:
    """In UTC. A night's arrivals and departures share a few hundred minutes: a file's rows are read from the cache."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo is not None and 1850 < read.year < 2200 else None


def plain(value: Text) -> str:
    """A value as clean text: 12.0 is "12", as a cell of a workbook means it."""
    if type(value) is str:
        return value if value.isalnum() and value.isascii() else clean(value)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def local_day(moment: datetime) -> date:
    """The date in Viet Nam of an instant in UTC."""
    return (moment + VIETNAM_OFFSET).date()


def shown(moment: datetime) -> str:
    """An instant in UTC as people in Viet Nam write it."""
    return (moment + VIETNAM_OFFSET).strftime("%d/%m/%Y %H:%M")


def hidden(value: Text) -> str:
    """Any value, masked."""
    return mask(value if isinstance(value, str) else plain(value))


@lru_cache(maxsize=2048)
def mandatory(day: date, kind: Kind) -> frozenset[str]:
    """The fields (JSON pointers) that a notification of an arrival on this day must have by law."""
    for version in read_yaml("fields.yaml")["mandatory"]:
        if version["from"] <= day and (version["to"] is None or day <= version["to"]):
            return frozenset(version["fields"] + (version["foreign"] if kind == "foreigner" else []))
    return frozenset()


@lru_cache(maxsize=2048)
def age_on(born: date, day: date) -> int:
    """Completed years of life on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


OLDEST_AGE: Final[int] = numbers()["oldest_age"]
CARD_AGE: Final[int] = numbers()["card_age"]
