"""What the end of a case leaves: decisions that are in force still, and what was owed and never done."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.cases.courses import Lasting, course, courses_of
from hamrong.cases.models import FOOTING, Case, ClockFact, Fact
from hamrong.cases.queries import visible
from hamrong.cases.queries.history import unmet_by
from hamrong.cases.queries.standing import Standing, standing


def ended_on(cases: QuerySet[Case]) -> dict[UUID, date]:
    """Of the cases that ended, the day on which that took effect; it may have been put on record later."""
    closing = Fact.objects.filter(case__in=cases.order_by().values("pk"), recorded_at=F("case__closed_at"))
    return {case: timezone.localdate(at) for case, at in closing.values_list("case_id", "effective_at")}


def day_of(case: Case) -> date | None:
    """The same day of one case; None where it has not ended."""
    fact = case.facts.filter(recorded_at=case.closed_at).first() if case.closed_at else None
    at = fact.effective_at if fact else case.closed_at
    return timezone.localdate(at) if at else None


def lasting(by: Grant, *, units: Collection[str] = ()) -> list[Standing]:
    """What is in force in cases that ended, with the decision; whatever ended longest ago first."""
    kinds: dict[Lasting, list[str]] = {}
    for key in sorted(courses_of(by.holding.role)):
        for one in course(key).lasting:
            kinds.setdefault(one, []).append(key)
    rows = visible.cases(by).filter(_ended_with(kinds), closed_at__isnull=False)
    found = standing(list(rows.filter(unit__in=units) if units else rows))
    return sorted(found, key=lambda each: each.case.closed_at or each.fact.effective_at)


def unfinished(by: Grant, *, units: Collection[str] = ()) -> QuerySet[Case]:
    """Cases in which somebody has something to do: open ones, and those that ended with a decision in force still, or
    with a clock that runs. They go to whoever takes the place of their unit.
    """
    rows, asked = visible.cases(by), visible.clocks(by).filter(state="running", case__closed_at__isnull=False)
    if units:
        rows, asked = rows.filter(unit__in=units), asked.filter(unit__in=units)
    still = {*(each.case.pk for each in lasting(by, units=units)), *asked.values_list("case", flat=True)}
    return rows.filter(Q(closed_at__isnull=True) | Q(pk__in=still))


def _ended_with(kinds: Mapping[Lasting, Collection[str]]) -> Q:
    """Cases of these courses whose last word was that one is in force, or where a paper was recalled since.

    Those with a decision at all are few, and found by the index of acts.
    """
    each_of = (_last_said(one) & Q(course__in=keys) for one, keys in kinds.items())
    ever = Fact.objects.filter(act__in=[one.act for one in kinds]).values("case")
    return Q(pk__in=ever) & reduce(or_, each_of, Q(pk__in=[]))


def _last_said(one: Lasting) -> Q:
    told = Fact.objects.filter(case=OuterRef("pk"))
    last = told.filter(act__in=(one.act, one.unless)).order_by("-revision").values("act")[:1]
    return Q(Exact(Subquery(last), one.act)) | Q(Exists(told.filter(act=FOOTING, corrects__act=one.unless)))


def undone(by: Grant, keys: Collection[str]) -> QuerySet[Case]:
    """Cases of these courses that ended while something was owed that the end did not do (`Reading.unmet`)."""
    ends = {
        (step.act, step.source, frozenset(unmet_by(of, step, of.rules)))
        for of in map(course, keys)
        for step in of.every_step
        if step.source not in of.ends
    }
    said = (Q(fact__act=act, fact__source=source, rule__in=rules) for act, source, rules in ends if rules)
    stopped = ClockFact.objects.filter(reduce(or_, said, Q(pk__in=[])), case=OuterRef("pk"), what="stop")
    stopped = stopped.filter(fact__recorded_at=OuterRef("closed_at"))
    return visible.cases(by).filter(Exists(stopped), course__in=keys, closed_at__isnull=False)
