"""Reckoning kept dates again: each night, and before a changed law or calendar moves any of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.clocks import read
from hamrong.cases.dates import Dated, Keeping, differs, keep, keepings
from hamrong.cases.models import Case, Clock
from hamrong.cases.queries import visible
from hamrong.cases.queries.history import happened_to
from hamrong.law import Calendar, Deadline, LawError

AT_ONCE: Final = 500
READ: Final = ("rule", "strict", "legal", "law_version", "calendar", "unit", "case__code", "case__course")
KEPT: Final = ("strict", "legal", "law_version", "calendar")


@dataclass(frozen=True, slots=True)
class Moved:
    """A kept date that would be another one; with a `problem` the law has none for it any more.

    `of` is what it belongs to (`subject` as the record calls it: `case`, or what a room above declared).
    """

    subject: str
    of: UUID
    code: str
    unit: str
    rule: str
    strict: tuple[datetime, datetime | None]
    legal: tuple[datetime, datetime | None]
    problem: str = ""

    def written(self) -> str:
        """Rule and both legal dates, as the record has them."""
        before, after = self.legal
        return f"{self.rule} {before:%Y-%m-%d}→{f'{after:%Y-%m-%d}' if after else '?'}"


def moved(*, by: Grant, at: datetime, calendar: Calendar | None = None) -> Iterator[Moved]:
    """Every running date that under the law as it is now, and this calendar, differs from what is kept.

    Nothing is changed: an officer looks at the list and signs it (`adopt`). With nothing changed, the list is empty.
    """
    with acting(by):
        for keeping in keepings():
            rows = _running(by, keeping).iterator(chunk_size=AT_ONCE)
            while some := list(islice(rows, AT_ONCE)):
                for row, answer in keeping.anew(some, at, calendar):
                    if differs(row, answer):
                        yield _moved(keeping, row, answer)


def _running(by: Grant, keeping: Keeping) -> QuerySet[Any]:
    return keeping.within(keeping.running(), by).order_by(keeping.of, "rule")


def adopt(*, by: Grant, changes: list[Moved], document: str, at: datetime) -> int:
    """Keep the new dates of a list that an officer has signed; answers of how many cases, petitions and so on.

    What would meanwhile move to another date than the signed one stays as it is.
    """
    with acting(by):
        return sum(_adopted(by, keeping, changes, document, at) for keeping in keepings())


def _adopted(by: Grant, keeping: Keeping, changes: Sequence[Moved], document: str, at: datetime) -> int:
    signed = {
        (one.of, one.rule): (one.strict[1], one.legal[1])
        for one in changes if one.subject == keeping.subject and not one.problem
    }  # fmt: skip
    mine = {f"{keeping.of}__in": {of for of, _rule in signed}}
    rows = _running(by, keeping).filter(**mine).select_for_update(of=("self",))
    some = [row for row in rows if (keeping.owner(row), row.rule) in signed]
    told = defaultdict(list)
    for row, answer in keeping.anew(some, at, None):
        where = keeping.owner(row)
        if not isinstance(answer, LawError) and signed[where, row.rule] == (answer.strict, answer.legal):
            told[where].append(_moved(keeping, row, answer).written())
            keep(row, answer)
            row.save(update_fields=KEPT)
    for where, lines in told.items():
        subject = f"{keeping.subject}:{where}"
        stream = subject if keeping.chained else ""
        enter(by, subject=subject, stream=stream, at=at, document=document, moved=lines)
    return len(told)


def confirm(*, by: Grant, at: datetime) -> int:
    """Every night: reckon all running dates again; answers how many would move, and puts that on record.

    Where a date does not move, it is marked as standing under the law and calendar of today. What would move is left
    as it is, under those by which it was reckoned, until an officer signs it.
    """
    seen, would = 0, 0
    for keeping in keepings():
        last = UUID(int=0)
        while some := _confirmed(by, keeping, last, at):
            seen, would, last = seen + len(some), would + sum(moves for _, moves in some), some[-1][0]
    with acting(by):
        enter(by, subject="cases:clocks", at=at, clocks=seen, would_move=would)
    return would


def _confirmed(by: Grant, keeping: Keeping, last: UUID, at: datetime) -> list[tuple[UUID, bool]]:
    """(row, whether it would move) of some more; what somebody acts on at this moment is reckoned by that act."""
    with acting(by):
        rows = keeping.running().filter(pk__gt=last).select_for_update(skip_locked=True, of=("self",))
        some, found, stand = list(rows.order_by("pk")[:AT_ONCE]), [], []
        for row, answer in keeping.anew(some, at, None):
            found.append((row.pk, differs(row, answer)))
            if isinstance(answer, LawError) or found[-1][1]:
                continue
            under = answer.law_version, answer.calendar_hash
            if under != (row.law_version, row.calendar):
                row.law_version, row.calendar = under
                stand.append(row)
        if stand:
            type(stand[0])._default_manager.bulk_update(stand, ["law_version", "calendar"])
            enter(by, subject=f"{keeping.subject}:dates", at=at, stand=len(stand))
        return found


def carry_over(case: Case, row: Dated) -> None:
    """A date that was kept before its case began goes on in the clock of the case: opening one moves no date."""
    same = Clock.objects.filter(case=case, rule=row.rule, state="running")
    same.update(**{name: getattr(row, name) for name in KEPT})


def of_before(by: Grant) -> int:
    """How many running dates rest on another wording of the law, or another calendar, than today's."""
    return sum(visible.of_before(keeping.within(keeping.running(), by)).count() for keeping in keepings())


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


def _moved(keeping: Keeping, row: Any, answer: Deadline | LawError) -> Moved:
    new = (None, None) if isinstance(answer, LawError) else (answer.strict, answer.legal)
    problem = str(answer) if isinstance(answer, LawError) else ""
    dates = (row.strict, new[0]), (row.legal, new[1])
    return Moved(keeping.subject, keeping.owner(row), keeping.code(row), row.unit, row.rule, *dates, problem)


CLOCKS: Final = Keeping(
    subject="case", of="case_id", within=visible.within, anew=_anew, home="casework:case", chained=True,
    running=lambda: Clock.objects.filter(state="running").select_related("case").only(*READ),
    code=lambda clock: str(clock.case.code),
)  # fmt: skip
"""The clocks of cases."""
