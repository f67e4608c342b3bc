"""A case through time: what happened, what its clocks said, and what we knew of it on a day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.cases.clocks import Happened, Reading, read
from hamrong.cases.courses import Course, Step, What, course
from hamrong.cases.models import Case, ClockFact, Fact
from hamrong.cases.queries import visible
from hamrong.law import Calendar, citizens_time

LIFTED: Final = ("stop", "extend")
"""What a recall undoes as if it had never been; a pause ends on the day on which the recall takes effect."""


COLUMNS: Final = (
    "case_id", "rule", "what", "name", "params", "fact_id", "fact__revision", "fact__effective_at", "fact__act",
    "fact__source", "fact__role", "fact__approved_role", "fact__document", "fact__corrects_id", "fact__corrects__act",
    "fact__corrects__source", "fact__corrects__role", "fact__corrects__approved_role",
)  # fmt: skip


class _Row(NamedTuple):
    """What is read of a clock's fact: plain values, because a province's clocks are many."""

    case: UUID
    rule: str
    what: What
    name: str
    params: Mapping[str, str]
    fact: UUID
    revision: int
    at: datetime
    act: str
    source: str
    role: str
    approved: str
    document: str
    corrects: UUID | None
    origin_act: str | None
    origin_source: str | None
    origin_role: str | None
    origin_approved: str | None


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
    rows = ClockFact.objects.filter(case__in=courses)
    if until is not None:
        rows = rows.filter(fact__recorded_at__lte=until)
    found: dict[UUID, list[_Row]] = {number: [] for number in courses}
    for told in rows.order_by("fact__revision", "id").values_list(*COLUMNS):
        row = _Row(*told)
        found[row.case].append(row)
    return {
        number: [_happened(row, course(courses[number])) for row in _standing(rows_of)]
        for number, rows_of in found.items()
    }


def _standing(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Without the stops and extensions that a later fact lifted: the paper on which they rested was recalled."""
    lifted = {(row.corrects, row.rule): row.revision for row in rows if row.what == "lift"}
    for row in rows:
        until = lifted.get((row.corrects or row.fact, row.rule), 0)
        if row.what != "lift" and (row.what not in LIFTED or row.revision >= until):
            yield row


def _happened(row: _Row, of: Course) -> Happened:
    act, source = row.origin_act or row.act, row.source if row.origin_source is None else row.origin_source
    role = law_role(of, act, source, row.rule, row.name) or row.origin_role or row.role
    approved = row.approved if row.origin_approved is None else row.origin_approved
    unmet = row.what == "stop" and bool(unmet_by(of, of.step(act, source), [row.rule]))
    return Happened(row.rule, row.what, row.name, row.at, role, approved, row.document, row.params, unmet)


def unmet_by(of: Course, step: Step | None, rules: Collection[str]) -> set[str]:
    """Of some clocks those that a step stops only by ending the case: what they want is not what the step does.

    Where the time is the citizen's nothing was owed; what was joined ends as its main case did.
    """
    if step is None or step.target not in of.ends or step in of.wherever:
        return set()
    return set(rules) - {touch.rule for touch in step.touches} - citizens_time()


def law_role(of: Course, act: str, source: str, rule: str, name: str) -> str:
    """What the law calls whoever decided it by a step, as the course says; facts keep the roles of the house."""
    step = of.step(act, source)
    same = (touch for touch in (step.touches if step else ()) if (touch.rule, touch.name) == (rule, name))
    return next((touch.by for touch in same), "")
