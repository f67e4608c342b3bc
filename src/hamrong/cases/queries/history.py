"""A case through time: what happened, what its clocks said, and what we knew of it on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.cases.clocks import Happened, Reading, read
from hamrong.cases.courses import Course, What, course
from hamrong.cases.models import Case, ClockFact, Fact
from hamrong.cases.queries import visible
from hamrong.law import Calendar

LIFTED: Final = ("stop", "extend")
"""What a recall undoes as if it had never been; a pause ends on the day on which the recall takes effect."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a case: the facts that were written down by then, where it stood, and its clocks."""

    facts: Sequence[Fact]
    state: str
    clocks: Sequence[Reading]


def known(by: Grant, case: Case, *, on_record_at: datetime, calendar: Calendar | None = None) -> Known | None:
    """What did we know at a moment? None before the case was on record.

    Facts entered later, even if they took effect before, are left out: nobody knew of them.
    """
    facts = list(
        visible.facts(by)
        .filter(case=case, recorded_at__lte=on_record_at)
        .select_related("corrects")
        .order_by("revision")
    )
    if not facts:
        return None
    return Known(facts, facts[-1].target, list(read(happened(case, until=on_record_at), on_record_at, calendar)))


def happened(case: Case, *, until: datetime | None = None) -> list[Happened]:
    """What happened to the clocks of a case, as far as it was on record by then, in the order of taking effect."""
    return happened_to([case], until=until)[case.pk]


def happened_to(cases: Sequence[Case], *, until: datetime | None = None) -> dict[UUID, list[Happened]]:
    """The same for many cases, by their ids."""
    courses = {case.pk: case.course for case in cases}
    rows = ClockFact.objects.filter(case__in=courses).select_related("fact__corrects")
    if until is not None:
        rows = rows.filter(fact__recorded_at__lte=until)
    found: dict[UUID, list[ClockFact]] = {number: [] for number in courses}
    for row in rows.order_by("fact__revision", "id"):
        found[row.case_id].append(row)
    return {
        number: [_happened(row, course(courses[number])) for row in _standing(rows_of)]
        for number, rows_of in found.items()
    }


def _standing(rows: Sequence[ClockFact]) -> Iterator[ClockFact]:
    """Without the stops and extensions that a later fact lifted: the paper on which they rested was recalled."""
    lifted = {(row.fact.corrects_id, row.rule): row.fact.revision for row in rows if row.what == "lift"}
    for row in rows:
        until = lifted.get((row.fact.corrects_id or row.fact_id, row.rule), 0)
        if row.what != "lift" and (row.what not in LIFTED or row.fact.revision >= until):
            yield row


def _happened(row: ClockFact, of: Course) -> Happened:
    fact, origin = row.fact, row.fact.corrects or row.fact
    what = cast("What", row.what)
    role = law_role(of, origin.act, origin.source, row.rule, row.name) or origin.role
    return Happened(row.rule, what, row.name, fact.effective_at, role, origin.approved_role, fact.document, row.params)


def law_role(of: Course, act: str, source: str, rule: str, name: str) -> str:
    """What the law calls whoever decided it by a step, as the course says; facts keep the roles of the house."""
    step = of.step(act, source)
    same = (touch for touch in (step.touches if step else ()) if (touch.rule, touch.name) == (rule, name))
    return next((touch.by for touch in same), "")
