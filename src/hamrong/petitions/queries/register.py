"""The register as officers narrow it: by what stands in its lines, by the law's dates, by who acted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch, Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.cases.models import Clock
from hamrong.cases.queries import visible as cases
from hamrong.law import citizens_time
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import overdue, visible
from hamrong.petitions.queries.unowned import unowned

STANDS: Final[Mapping[str, Callable[[Grant, datetime], Q]]] = {
    "overdue": overdue.late,
    "due": overdue.near,
    "unowned": unowned,
    "new": lambda by, at: Q(number__isnull=True),
    "unsorted": lambda by, at: Q(sorting=""),
    "untold": lambda by, at: ~Q(sorting="") & Q(told_on__isnull=True),
    "wrong": lambda by, at: Q(taking_back__isnull=False),
    "open": lambda by, at: Q(case__isnull=False, case__closed_at__isnull=True),
    "closed": lambda by, at: Q(case__closed_at__isnull=False),
}
"""What a petition may be waiting for."""

COLUMNS: Final = {
    "kind": "kind", "outcome": "outcome", "first": "received_on__gte", "last": "received_on__lte", "unit": "unit",
    "result": "case__result", "field": "field",
}  # fmt: skip


def register(by: Grant, asked: Mapping[str, Any], at: datetime) -> QuerySet[Petition]:
    """The lines that fit all that is asked (`RegisterForm.given`); what is not asked may be anything."""
    plain = {column: asked[name] for name, column in COLUMNS.items() if name in asked}
    rows = visible.petitions(by).filter(**plain)
    if "number" in asked:
        line = numbered(asked["number"])
        rows = rows.filter(**line) if line else rows.none()
    if "stands" in asked:
        rows = rows.filter(STANDS[asked["stands"]](by, at))
    if "handler" in asked:
        rows = rows.filter(_handled(by, asked["handler"]))
    return rows


def _handled(by: Grant, person: str) -> Q:
    """Whoever sorted it, or took or approved a step of its case."""
    acted = cases.facts(by).filter(Q(by=person) | Q(approved_by=person))
    return Q(sorted_by=person) | Q(case__in=acted.values("case"))


def numbered(asked: str) -> dict[str, int]:
    """What was asked for as a line of a register, `12` or `12/2026`; empty where it is none."""
    number, _slash, year = asked.strip().partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        return {}
    whole = year.isascii() and year.isdigit() and len(year) == 4
    return {"number": int(number), **({"year": int(year)} if whole else {})}


def with_dates(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """The same rows with their cases and, as `running` of each case, the office's running clocks, earliest first."""
    clocks = Clock.objects.filter(state="running").exclude(rule__in=citizens_time()).order_by("legal")
    return rows.select_related("case").prefetch_related(Prefetch("case__clocks", clocks, to_attr="running"))
