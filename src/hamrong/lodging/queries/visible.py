"""What a grant may see: one explicit WHERE per scope, equal to the policy that row-level security holds."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from hamrong.access.actors import Grant
from hamrong.access.scopes import within
from hamrong.lodging.models import (
    Amendment,
    Batch,
    Contact,
    Draft,
    Establishment,
    NightSummary,
    NilReport,
    Room,
    Stay,
    Webhook,
)

M = TypeVar("M", bound=Model)


def _within(rows: QuerySet[M], by: Grant, establishment: str = "establishment") -> QuerySet[M]:
    return within(rows, by, {"establishment": establishment, "ward": "ward", "province": "province"})


def establishments(by: Grant) -> QuerySet[Establishment]:
    """Establishments within the grant: one's own, the commune's or the province's."""
    return _within(Establishment.objects.all(), by, "code")


def rooms(by: Grant) -> QuerySet[Room]:
    """Rooms of the establishments within the grant."""
    return _within(Room.objects.all(), by)


def stays(by: Grant) -> QuerySet[Stay]:
    """Stays within the grant. Whoever shows them puts the reading on record."""
    return _within(Stay.objects.all(), by)


def amendments(by: Grant) -> QuerySet[Amendment]:
    """What stays were before, within the grant."""
    return _within(Amendment.objects.all(), by)


def nil_reports(by: Grant) -> QuerySet[NilReport]:
    """Reports of "no guests" within the grant that still stand."""
    return _within(NilReport.objects.filter(withdrawn_at__isnull=True), by)


def batches(by: Grant) -> QuerySet[Batch]:
    """Files and bulk requests within the grant, without their heavy columns."""
    return _within(Batch.objects.defer("results", "source_sealed"), by)


def night_summaries(by: Grant) -> QuerySet[NightSummary]:
    """Folded nights within the grant."""
    return _within(NightSummary.objects.all(), by)


def contacts(by: Grant) -> QuerySet[Contact]:
    """Calls between the police and establishments within the grant; an establishment has no list of them."""
    return _within(Contact.objects.all(), by) if by.scope_kind != "establishment" else Contact.objects.none()


def drafts(by: Grant) -> QuerySet[Draft]:
    """Drafts of the grant's own establishment; nobody else sees a draft."""
    return Draft.objects.filter(establishment=by.scope) if by.scope_kind == "establishment" else Draft.objects.none()


def webhooks(by: Grant) -> QuerySet[Webhook]:
    """Webhooks that have not ended: of the grant's own establishment, and for the keeper, who tells, of all."""
    live = Webhook.objects.filter(ended_at__isnull=True)
    if by.holding.role == "keeper":
        return live
    return live.filter(establishment=by.scope) if by.scope_kind == "establishment" else live.none()
