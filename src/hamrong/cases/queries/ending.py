"""What the end of a case leaves: decisions that are in force still, and what was owed and never done."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hamrong.access.actors import Grant
from hamrong.cases.actions.steps import in_force, since
from hamrong.cases.courses import Lasting, course, courses_of
from hamrong.cases.models import FOOTING, Case, ClockFact, Fact
from hamrong.cases.queries import visible
from hamrong.law import citizens_time


def lasting(by: Grant, *, units: Collection[str] = ()) -> list[tuple[Case, Lasting, Fact]]:
    """What is in force in cases that ended, with the decision; whatever ended longest ago first."""
    kinds: dict[Lasting, list[str]] = {}
    for key in sorted(courses_of(by.holding.role)):
        for one in course(key).lasting:
            kinds.setdefault(one, []).append(key)
    found = [(case, one) for one, keys in kinds.items() for case in _ended_with(by, one, keys, units)]
    standing = [(case, one, since(case, one)) for case, one in found if in_force(case, one.act, one.unless)]
    rows = [(case, one, fact) for case, one, fact in standing if fact]
    return sorted(rows, key=lambda each: each[0].closed_at or each[2].effective_at)


def _ended_with(by: Grant, one: Lasting, keys: Collection[str], units: Collection[str]) -> QuerySet[Case]:
    """Cases that ended where the last word was that it is in force, or where a paper was recalled since."""
    told = Fact.objects.filter(case=OuterRef("pk"))
    last = told.filter(act__in=(one.act, one.unless)).order_by("-revision").values("act")[:1]
    ever = Fact.objects.filter(act=one.act).values("case")
    rows = visible.cases(by).filter(pk__in=ever, course__in=keys, closed_at__isnull=False)
    rows = rows.annotate(last=Subquery(last))
    rows = rows.filter(Q(last=one.act) | Exists(told.filter(act=FOOTING, corrects__act=one.unless)))
    return rows.filter(unit__in=units) if units else rows


def undone(by: Grant, keys: Collection[str]) -> QuerySet[Case]:
    """Cases of these courses that ended while something was owed that the end did not do (`Reading.unmet`)."""
    ends = {
        (step.act, step.source, frozenset(touch.rule for touch in step.touches))
        for key in keys
        for step in course(key).steps
        if step.target in course(key).ends and step.source not in course(key).ends
    }
    said = (Q(fact__act=act, fact__source=source) & ~Q(rule__in=rules) for act, source, rules in ends)
    stopped = ClockFact.objects.filter(reduce(or_, said, Q(pk__in=[])), case=OuterRef("pk"), what="stop")
    stopped = stopped.filter(fact__recorded_at=OuterRef("closed_at")).exclude(rule__in=citizens_time())
    return visible.cases(by).filter(Exists(stopped), course__in=keys, closed_at__isnull=False)
