"""Reckoning clocks again: each night, and before a changed law or calendar moves any of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.steps import reckon
from hamrong.cases.clocks import read
from hamrong.cases.models import Case, Clock
from hamrong.cases.queries import visible
from hamrong.cases.queries.history import happened_to
from hamrong.law import Calendar, Deadline, LawError

AT_ONCE: Final = 500
READ: Final = ("rule", "strict", "legal", "law_version", "calendar", "case__code", "case__course")


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose dates would be other ones than those kept; with a `problem` the law has none for it any more."""

    case: UUID
    code: str
    rule: str
    strict: tuple[datetime, datetime | None]
    legal: tuple[datetime, datetime | None]
    problem: str = ""

    def written(self) -> str:
        """Rule and both legal dates, as the record has them."""
        before, after = self.legal
        return f"{self.rule} {before:%Y-%m-%d}→{f'{after:%Y-%m-%d}' if after else '?'}"


def moved(*, by: Grant, at: datetime, calendar: Calendar | None = None) -> Iterator[Moved]:
    """Every running clock whose dates under the law as it is now, and this calendar, differ from those kept.

    Nothing is changed: an officer looks at the list and signs it (`adopt`). With nothing changed, the list is empty.
    """
    with acting(by):
        kept = visible.clocks(by).filter(state="running").select_related("case").only(*READ)
        rows = kept.order_by("case_id", "rule").iterator(chunk_size=AT_ONCE)
        while some := list(islice(rows, AT_ONCE)):
            for clock, answer in _anew(some, at, calendar):
                if differs(clock, answer):
                    yield _moved(clock, answer)


def adopt(*, by: Grant, changes: list[Moved], document: str, at: datetime) -> int:
    """Keep the new dates of the clocks on a list that an officer has signed; answers how many cases that were."""
    with acting(by):
        signed = [change for change in changes if not change.problem]
        cases = Case.objects.filter(pk__in={change.case for change in signed})
        for case in cases.select_for_update().order_by("pk"):
            here = [one for one in signed if one.case == case.pk]
            reckon(case, at, {one.rule for one in here})
            told = [one.written() for one in here]
            enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, document=document, moved=told)
        return len(cases)


def confirm(*, by: Grant, at: datetime) -> int:
    """Every night: reckon all running clocks again; answers how many would move, and puts that on record.

    Where no date moves, the clock is marked as standing under the law and calendar of today. What would move is left
    as it is, under those by which it was reckoned, until an officer signs it.
    """
    seen, would, last = 0, 0, UUID(int=0)
    while some := _confirmed(by, last, at):
        seen, would, last = seen + len(some), would + sum(moves for _, moves in some), some[-1][0]
    with acting(by):
        enter(by, subject="cases:clocks", at=at, clocks=seen, would_move=would)
    return would


def _confirmed(by: Grant, last: UUID, at: datetime) -> list[tuple[UUID, bool]]:
    """(clock, whether it would move) of some more; what somebody acts on at this moment is reckoned by that act."""
    with acting(by):
        rows = Clock.objects.filter(state="running", pk__gt=last).select_for_update(skip_locked=True, of=("self",))
        some, found, stand = list(rows.select_related("case").only(*READ).order_by("pk")[:AT_ONCE]), [], []
        for clock, answer in _anew(some, at, None):
            found.append((clock.pk, differs(clock, answer)))
            if isinstance(answer, LawError) or found[-1][1]:
                continue
            under = answer.law_version, answer.calendar_hash
            if under != (clock.law_version, clock.calendar):
                clock.law_version, clock.calendar = under
                stand.append(clock)
        Clock.objects.bulk_update(stand, ["law_version", "calendar"])
        return found


def differs(clock: Clock, answer: Deadline | LawError) -> bool:
    """Whether the dates kept of a clock are other ones than those that the law gives."""
    return isinstance(answer, LawError) or (answer.strict, answer.legal) != (clock.strict, clock.legal)


def _anew(
    clocks: Sequence[Clock], at: datetime, calendar: Calendar | None
) -> Iterator[tuple[Clock, Deadline | LawError]]:
    """Each clock with what the law says of it now."""
    facts = happened_to([clock.case for clock in clocks])
    for clock in clocks:
        try:
            (reading,) = read([fact for fact in facts[clock.case_id] if fact.rule == clock.rule], at, calendar)
        except LawError as problem:
            yield clock, problem
        else:
            yield clock, reading.deadline


def _moved(clock: Clock, answer: Deadline | LawError) -> Moved:
    new = (None, None) if isinstance(answer, LawError) else (answer.strict, answer.legal)
    problem = str(answer) if isinstance(answer, LawError) else ""
    dates = (clock.strict, new[0]), (clock.legal, new[1])
    return Moved(clock.case.pk, clock.case.code, clock.rule, *dates, problem)
