"""Reckoning clocks again: each night for safety, and before a changed law or calendar is put in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.steps import reckon
from hamrong.cases.clocks import read
from hamrong.cases.models import Case, Clock
from hamrong.cases.queries.history import happened
from hamrong.law import Calendar

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose dates would be other ones than those kept."""

    case: UUID
    code: str
    rule: str
    strict: tuple[datetime, datetime]
    legal: tuple[datetime, datetime]

    def written(self) -> str:
        """Rule and both legal dates, as the record has them."""
        before, after = self.legal
        return f"{self.rule} {before:%Y-%m-%d}→{after:%Y-%m-%d}"


def moved(*, by: Grant, at: datetime, calendar: Calendar | None = None) -> Iterator[Moved]:
    """Every running clock whose dates under the law as it is now, and this calendar, differ from those kept.

    Nothing is changed: an officer looks at the list and signs it (`adopt`). With nothing changed, the list is empty;
    that is what the nightly run checks.
    """
    with acting(by):
        kept = Clock.objects.filter(state="running").select_related("case").order_by("case_id", "rule")
        for clock in kept.iterator(chunk_size=AT_ONCE):
            for reading in read(happened(clock.case), at, calendar):
                found = reading.deadline
                if reading.rule == clock.rule and (found.strict, found.legal) != (clock.strict, clock.legal):
                    yield Moved(
                        clock.case.pk, clock.case.code, clock.rule, (clock.strict, found.strict),
                        (clock.legal, found.legal),
                    )  # fmt: skip


def adopt(*, by: Grant, changes: list[Moved], document: str, at: datetime) -> int:
    """Keep the new dates of the clocks on a list that an officer has signed; answers how many cases that were."""
    with acting(by):
        cases = Case.objects.filter(pk__in={change.case for change in changes})
        for case in cases.select_for_update().order_by("pk"):
            reckon(case, at)
            told = [one.written() for one in changes if one.case == case.pk]
            enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, document=document, moved=told)
        return len(cases)
