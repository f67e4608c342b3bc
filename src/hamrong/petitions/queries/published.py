"""What is published of quarters, and the counts behind it before small numbers are hidden."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Case, CharField, Count, F, Min, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from hamrong.org.queries import commune_units, offices
from hamrong.petitions.models import Petition, Published
from hamrong.petitions.queries import opinions
from hamrong.petitions.queries.counting import condition, with_terms
from hamrong.petitions.reports import Period
from hamrong.petitions.statistics import OTHER, ROWS, By, Group, possible

COLUMNS: Final[Mapping[By, Any]] = {
    "unit": F("unit"), "door": F("door"), "outcome": F("outcome"),
    "time": Case(When(term__stopped_at__lte=F("term__legal"), then=Value("in_time")), default=Value("late"),
                 output_field=CharField()),
    "result": Coalesce(NullIf("case__result", Value("")), Value("none"), output_field=CharField()),
}  # fmt: skip
"""By what each table tells petitions apart."""


def counts(group: Group, period: Period) -> dict[str, dict[tuple[str, str], int]]:
    """Table → (row, kind) → how many, for every combination that can be; for the keeper, who sees every row."""
    if group.when is None:
        return dict.fromkeys(group.tables, opinions.counts(period.first))
    rows = with_terms(Petition.objects.filter(received_on__lt=period.next, kind__in=group.kinds), period)
    rows = rows.filter(condition(group.when, period)).order_by()
    return {by: _table(rows, by, group.kinds, period) for by in group.tables}


def _table(rows: QuerySet[Petition], by: By, kinds: tuple[str, ...], period: Period) -> dict[tuple[str, str], int]:
    found = {
        (row, kind): many
        for row, kind, many in rows.annotate(row=COLUMNS[by]).values_list("row", "kind").annotate(n=Count("pk"))
    }
    named = ROWS.get(by) or _units(period)
    told = {(row, kind): 0 for row in named for kind in kinds if possible(by, row, kind)}
    for (row, kind), many in found.items():
        place = (row if row in named else OTHER, kind)
        told[place] = told.get(place, 0) + many
    return told


def _units(period: Period) -> tuple[str, ...]:
    """Every unit of the quarter's last day, whether or not it has petitions; the others are one row."""
    return (*(one.code for one in (*offices(period.last), *commune_units(period.last))), OTHER)


def first_day() -> date | None:
    """The day on which the first petition came in."""
    day: date | None = Petition.objects.aggregate(first=Min("received_on"))["first"]
    return day


def quarters() -> QuerySet[Published]:
    """Every quarter that is published, the newest first: anybody may read them."""
    return Published.objects.order_by("-first")
