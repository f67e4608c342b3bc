"""What a grant may see: cases of the unit, of the province, or one in an emergency; as row-level security has it."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Now

from hamrong.access import scopes
from hamrong.access.actors import Grant
from hamrong.access.scopes import column_of
from hamrong.cases.models import Case, Clock, Emergency, Fact, Number, Proposal, Transfer
from hamrong.law import calendar, citizens_time, wordings

M = TypeVar("M", bound=Model)

COLUMN = {"ward": "unit", "province": "province"}


def within(rows: QuerySet[M], by: Grant) -> QuerySet[M]:
    """Those rows that belong to cases within the grant."""
    if by.scope_kind == "ticket":
        opened = Emergency.objects.filter(pk=by.scope, opened_at__lte=Now(), until__gt=Now()).values("case")
        return rows.filter(**{"pk__in" if rows.model is Case else "case__in": opened})
    return scopes.within(rows, by, COLUMN)


def cases(by: Grant) -> QuerySet[Case]:
    """Cases that the unit has, or that any unit of the province has."""
    return within(Case.objects.all(), by)


def facts(by: Grant) -> QuerySet[Fact]:
    """What happened to those cases."""
    return within(Fact.objects.all(), by)


def clocks(by: Grant) -> QuerySet[Clock]:
    """The clocks of those cases."""
    return within(Clock.objects.all(), by)


def duties(by: Grant) -> QuerySet[Clock]:
    """Those clocks that bind an office: who is late is late by one of these."""
    return clocks(by).exclude(rule__in=citizens_time())


def of_before(rows: QuerySet[M]) -> QuerySet[M]:
    """Those of some rows whose dates rest on another wording of the law, or another calendar, than today's."""
    return rows.exclude(Q(law_version__in=wordings(), calendar__in=("", calendar().hash)))


def proposals(by: Grant) -> QuerySet[Proposal]:
    """What was proposed for those cases."""
    return within(Proposal.objects.all(), by)


def numbers(by: Grant) -> QuerySet[Number]:
    """The registers of the unit, or of every unit of the province."""
    return within(Number.objects.all(), by)


def emergencies(by: Grant) -> QuerySet[Emergency]:
    """Cases opened in an emergency: those of the unit, and those that somebody of the unit opened elsewhere."""
    column = column_of(by, COLUMN)
    ours = Q(unit=by.scope) | Q(opener_unit=by.scope) if column == "unit" else Q(province=by.scope)
    return Emergency.objects.filter(ours)


def transfers(by: Grant) -> QuerySet[Transfer]:
    """Cases on their way: from the unit, or to it."""
    column = column_of(by, COLUMN)
    rows = Transfer.objects.all()
    return rows.filter(Q(unit=by.scope) | Q(receiver=by.scope)) if column == "unit" else rows.filter(province=by.scope)


def asks(proposal: Proposal, authority: Collection[str]) -> bool:
    """Whether it was laid before whoever has this authority (`Grant.authority`), or before nobody by name."""
    return not proposal.asked or proposal.asked in authority
