"""Petitions counted by the lines of the reports: one query for a whole report, whatever the number of lines."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, DateField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from hamrong.access.actors import Grant
from hamrong.cases.models import ClockFact
from hamrong.law import VIETNAM
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import morning
from hamrong.petitions.queries import visible
from hamrong.petitions.reports import Line, Period, When, lines

TERMS: Final = ("kn.first", "kn.second", "tc.settle")
"""The clock of each course by which a matter has to be settled; a case has one of them."""

Counts = Mapping[str, Mapping[str, int]]
"""Line → kind of petition → how many; what is not there is zero."""


def counted(by: Grant, period: Period, *, units: Collection[str] = ()) -> Counts:
    """Every line of the reports for the petitions within the grant; of some units only, where they are named."""
    rows = {each["kind"]: each for each in _counted(_petitions(by, period, units), "kind", lines(), period)}
    return {name: {kind: each[_column(name)] for kind, each in rows.items()} for name in lines()}


def by_unit(by: Grant, period: Period, names: Collection[str]) -> Counts:
    """Some lines over all kinds: unit → line → how many. Units that have none of them are left out."""
    some = {name: lines()[name] for name in names}
    rows = _counted(_petitions(by, period, ()), "unit", some, period)
    found = {each["unit"]: {name: each[_column(name)] for name in names} for each in rows}
    return {unit: counts for unit, counts in found.items() if any(counts.values())}


def _petitions(by: Grant, period: Period, units: Collection[str]) -> QuerySet[Petition]:
    rows = visible.petitions(by).filter(received_on__lt=period.next)
    return with_terms(rows.filter(unit__in=units) if units else rows, period)


def with_terms(rows: QuerySet[Petition], period: Period) -> QuerySet[Petition]:
    """The same rows with the `term` of their settlement, and whether it is `paused` at the end of a period."""
    term = FilteredRelation("case__clocks", condition=Q(case__clocks__rule__in=TERMS))
    paused = ClockFact.objects.filter(
        case=OuterRef("case"), rule__in=TERMS, what__in=("suspend", "resume"),
        fact__effective_at__lt=morning(period.next),
    ).order_by("-fact__effective_at", "-fact__revision")  # fmt: skip
    return rows.annotate(term=term, paused=Subquery(paused.values("what")[:1]))


def _counted(
    rows: QuerySet[Petition], column: str, some: Mapping[str, Line], period: Period
) -> QuerySet[Petition, dict[str, Any]]:  # fmt: skip
    asked = {_column(name): Count("pk", filter=condition(line.when, period)) for name, line in some.items()}
    found: QuerySet[Petition, dict[str, Any]] = rows.order_by().values(column).annotate(**asked)
    return found


def _column(name: str) -> str:
    return f"n_{name}"


def condition(when: When, period: Period) -> Q:
    """What the words of a line ask of a petition, in the words of the database."""
    start, end = morning(period.first), morning(period.next)
    found = Q()
    for name in when.__struct_fields__:
        value = getattr(when, name)
        if value:
            found &= CONDITIONS[name](value, period, start, end)
    return found


Condition = Callable[..., Q]


def _received(value: str, period: Period, _start: datetime, _end: datetime) -> Q:
    found = Q(received_on__lt=period.first if value == "before" else period.next)
    return found & Q(received_on__gte=period.first) if value == "during" else found


def _sorted(value: str, period: Period, _start: datetime, _end: datetime) -> Q:
    if value == "during":
        return Q(sorted_on__gte=period.first, sorted_on__lt=period.next)
    return Q(sorted_on__isnull=True) | Q(sorted_on__gte=period.first if value == "not_by_start" else period.next)


def _accepted(value: str, _period: Period, start: datetime, end: datetime) -> Q:
    found = Q(term__started_at__lt=start if value == "before" else end)
    return found & Q(term__started_at__gte=start) if value == "during" else found


def _settled(value: str, _period: Period, start: datetime, end: datetime) -> Q:
    if value == "during":
        return Q(term__stopped_at__gte=start, term__stopped_at__lt=end)
    running = Q(term__isnull=False, term__stopped_at__isnull=True)
    return running | Q(term__stopped_at__gte=start if value == "not_by_start" else end)


def _timely(value: str, _period: Period, _start: datetime, _end: datetime) -> Q:
    return Q(term__stopped_at__lte=F("term__legal")) if value == "yes" else Q(term__stopped_at__gt=F("term__legal"))


def _overdue(_value: str, _period: Period, _start: datetime, end: datetime) -> Q:
    return Q(term__legal__lt=end) & (Q(paused__isnull=True) | ~Q(paused="suspend"))


def _suspended(_value: str, _period: Period, _start: datetime, _end: datetime) -> Q:
    return Q(paused="suspend")


CONDITIONS: Final[Mapping[str, Condition]] = {
    "received": _received, "sorted": _sorted, "accepted": _accepted, "settled": _settled, "timely": _timely,
    "overdue": _overdue, "suspended": _suspended,
    "repeated": lambda _value, *_rest: Q(same_as__isnull=False),
    "door": lambda value, *_rest: Q(door=value),
    "outcome": lambda value, *_rest: Q(outcome=value),
    "sorting": lambda value, *_rest: Q(sorting__in=value),
    "result": lambda value, *_rest: Q(case__result__in=value),
}  # fmt: skip


def suggestions(
    by: Grant, period: Period, *, units: Collection[str] = ()
) -> Mapping[str, Mapping[str, tuple[int, int, int]]]:  # fmt: skip
    """`field` and `kind` → code → (chosen, suggested, both) of what was sorted in a period and is not sealed.

    The kind is that under which a petition stands; the field is the officer's choice.
    """
    rows = visible.petitions(by).filter(sorted_on__range=(period.first, period.last), secret=False)
    rows = rows.filter(unit__in=units) if units else rows
    pairs = rows.filter(suggested__isnull=False).values_list("field", "kind", "suggested__field", "suggested__kind")
    told = list(pairs.annotate(n=Count("pk")).order_by())
    found: dict[str, dict[str, tuple[int, int, int]]] = {"field": {}, "kind": {}}
    for *codes, many in told:
        for what, chosen, said in (("field", codes[0], codes[2]), ("kind", codes[1], codes[3])):
            for code in {chosen, said} - {"", None}:
                one = found[what].get(code, (0, 0, 0))
                more = (chosen == code, said == code, chosen == said)
                found[what][code] = (one[0] + many * more[0], one[1] + many * more[1], one[2] + many * more[2])
    return found


def flows(by: Grant, since: date) -> Mapping[date, tuple[int, int, int]]:
    """Received, settled, and settled in time in each month of the calendar since a day, by its first day."""
    rows = visible.petitions(by).order_by()
    came = rows.filter(received_on__gte=since).annotate(month=TruncMonth("received_on"))
    term = FilteredRelation("case__clocks", condition=Q(case__clocks__rule__in=TERMS))
    over = rows.annotate(term=term).filter(term__stopped_at__gte=morning(since))
    over = over.annotate(month=TruncMonth("term__stopped_at", output_field=DateField(), tzinfo=VIETNAM))
    timely = Q(term__stopped_at__lte=F("term__legal"))
    received = dict(came.values_list("month").annotate(n=Count("pk")))
    settled = {
        month: (many, in_time)
        for month, many, in_time in over.values_list("month").annotate(n=Count("pk"), t=Count("pk", filter=timely))
    }
    return {month: (received.get(month, 0), *settled.get(month, (0, 0))) for month in received.keys() | settled.keys()}
