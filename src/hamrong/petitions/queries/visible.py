"""What a grant may see of petitions: the own one by its ticket, the unit's, the province's."""

from typing import Final, TypeVar

from django.db.models import Model, QuerySet

from hamrong.access import scopes
from hamrong.access.actors import Grant
from hamrong.cases.models import Case
from hamrong.cases.queries import visible as cases
from hamrong.petitions.models import Hours, Message, Opinion, Petition, Reception, Remark, Replaced
from hamrong.sealed import queries as sealed
from hamrong.sealed.models import Report

M = TypeVar("M", bound=Model)
COLUMN: Final = {"ticket": "ticket", "ward": "unit", "province": "province"}


def within(rows: QuerySet[M], by: Grant) -> QuerySet[M]:
    """Those of a table's rows that belong to the grant's scope."""
    return scopes.within(rows, by, COLUMN)


def petitions(by: Grant) -> QuerySet[Petition]:
    """Petitions within the grant."""
    return within(Petition.objects.all(), by)


def sealed_report(by: Grant, petition: Petition) -> Report | None:
    """What a sealed petition tells, where the grant may see it in the sealed room; None for one that is not sealed."""
    return sealed.reports(by).filter(ticket=petition.ticket).first() if petition.secret else None


def messages(by: Grant) -> QuerySet[Message]:
    """Messages of petitions that are not sealed, within the grant."""
    return within(Message.objects.all(), by)


def replaced(by: Grant) -> QuerySet[Replaced]:
    """Whether the code of the grant was replaced at a desk."""
    return Replaced.objects.filter(ticket=by.scope)


def receptions(by: Grant) -> QuerySet[Reception]:
    """Receptions within the grant."""
    return within(Reception.objects.all(), by)


def opinions(by: Grant) -> QuerySet[Opinion]:
    """Counts of how senders found the settlement, within the grant."""
    return within(Opinion.objects.all(), by)


def remarks(by: Grant) -> QuerySet[Remark]:
    """Free words that came with them, within the grant."""
    return within(Remark.objects.all(), by)


def hours(by: Grant) -> QuerySet[Hours]:
    """Hours of receiving within the grant, those that have ended as well."""
    return within(Hours.objects.all(), by)


def of_case(by: Grant, case: Case) -> QuerySet[Petition]:
    """Petitions of a case that the grant sees (`cases.queries.visible`): neither sealed nor destroyed."""
    seen = cases.cases(by).filter(pk=case.pk)
    return Petition.objects.filter(case__in=seen, secret=False, content__isnull=False).order_by("received_on", "pk")
