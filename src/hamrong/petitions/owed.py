"""The date of the law that a petition or a reception keeps: its columns, and what the law says of it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any, Final

from django.db import models
from django.db.models import F, Q

from hamrong.cases.dates import Standing, keep, standing
from hamrong.law import VIETNAM, Calendar, Deadline, Event, LawError, deadline

FIRST: Final = {
    "complaint": "kn.accept",
    "denunciation": "tc.initial",
    "reflection": "tcd.answer",
    "crime_report": "crim.report.classify",
}
"""Which clock of the law runs from the day on which a petition comes in."""

AFTER: Final = {"later": "tcd.answer", "refused": "tcd.refuse"}
"""What is owed after a reception that ended so."""


class Owed(models.Model):
    """What is owed by a date of the law: by which `rule`, '' where nothing is.

    The dates are those reckoned when it began to be owed, or signed anew since; they stay when it was done.
    """

    rule = models.TextField(blank=True, default="")
    strict = models.DateTimeField(null=True)
    legal = models.DateTimeField(null=True)
    law_version = models.TextField(blank=True, default="")
    calendar = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def since(self) -> date:
        """The day from which the clock runs."""
        raise NotImplementedError


def is_dated(table: str) -> models.CheckConstraint:
    """The promise of a table that both dates and what they rest on are there, or none of it."""
    return models.CheckConstraint(
        condition=Q(rule="", strict__isnull=True, legal__isnull=True, law_version="", calendar="")
        | (~Q(rule="") & ~Q(law_version="") & Q(strict__isnull=False, legal__isnull=False, strict__lte=F("legal"))),
        name=f"{table}_date_is_whole",
    )


def morning(day: date) -> datetime:
    """The moment at which a legal day begins: clocks that count days start on the day of receiving."""
    return datetime.combine(day, time(), VIETNAM)


def reckoned(rule: str, since: date, at: datetime | None = None, calendar: Calendar | None = None) -> Deadline:
    """What the law says of a clock that began on a day; raises LawError where that day has no law."""
    return deadline(rule, [Event("start", morning(since))], calendar, at)


def first_due(kind: str, received_on: date) -> Deadline:
    """The date by which the law wants looked at what is handed in on a day."""
    return reckoned(FIRST[kind], received_on)


def has_law(kind: str, received_on: date) -> bool:
    """Whether the law of that day is here, so that a date can be reckoned."""
    try:
        first_due(kind, received_on)
    except LawError:
        return False
    return True


def owe(row: Owed, rule: str, at: datetime) -> None:
    """From now on something is owed by this rule, or nothing; where it was owed by it before, the date stands.

    What came in before the law that is here has no date of it.
    """
    if rule and rule == row.rule:
        return
    row.rule, row.strict, row.legal, row.law_version, row.calendar = "", None, None, "", ""
    if rule:
        with suppress(LawError):
            keep(row, reckoned(rule, row.since, at))


DATED: Final = ("rule", "strict", "legal", "law_version", "calendar")
"""The columns that `owe` fills."""


def stands(row: Owed, at: datetime) -> Standing | None:
    """The date that a row keeps, with its derivation; None where nothing is owed."""
    return standing(reckoned(row.rule, row.since, at), row) if row.rule else None


def anew(rows: Sequence[Any], at: datetime, calendar: Calendar | None) -> Iterator[tuple[Any, Deadline | LawError]]:
    """Each row with what the law says of it now."""
    for row in rows:
        try:
            yield row, reckoned(row.rule, row.since, at, calendar)
        except LawError as problem:
            yield row, problem
