"""Erasing what is past its retention: stays, numbers, calls, drafts, files. Receipts and chains stay verifiable."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.law import retention
from hamrong.lodging.catalogs import read_yaml
from hamrong.lodging.models import Amendment, Answer, Batch, Contact, Delivery, Draft, Forwarding, NilReport, Stay

AT_ONCE: Final = 5000
"""Rows erased in one transaction, so that a long purge never holds up the night's notifications."""

BLANK_DOCUMENTS: Final = """
update lodging_stay set document_sealed = null, document_hint = '', document_issuer = '', document_expires_on = null,
  phone_sealed = null, document_index = uuid_send(id) where id = any(%s)
"""


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of data past its time: its rows, and how a slice of them is erased."""

    name: str
    rows: QuerySet[Any]
    erase: Callable[[QuerySet[Any]], int]


def purge(*, by: Grant, today: date, at: datetime, dry_run: bool = False) -> dict[str, int]:
    """Erase everything that is due by `today`, slice by slice, and return the counts by kind; a dry run only counts.

    Stays go 24 months and document numbers 12 months after the night (`law.retention`); receipts are kept.
    """
    counts: dict[str, int] = {}
    for due in _due(today, at):
        counts[due.name] = _count(by, due) if dry_run else _erase(by, due, at)
    return counts


def _due(today: date, at: datetime) -> list[Due]:
    days = {name: timedelta(days=count) for name, count in read_yaml("retention.yaml")["days"].items()}
    stays, documents = retention("lodging.stay").cutoff(today), retention("lodging.document").cutoff(today)
    sealed: QuerySet[Stay] = Stay.objects.filter(night__lt=documents, night__gte=stays).exclude(
        document_hint="", document_sealed=None
    )
    return [
        Due("stays", Stay.objects.filter(night__lt=stays).order_by(), _delete),
        Due("amendments", Amendment.objects.filter(night__lt=stays).order_by(), _delete),
        Due("nil_reports", NilReport.objects.filter(night__lt=stays).order_by(), _delete),
        Due(
            "contacts", Contact.objects.filter(night__lt=retention("lodging.contact").cutoff(today)).order_by(), _delete
        ),
        Due("forwardings", Forwarding.objects.filter(night__lt=stays).order_by(), _delete),
        Due("documents", sealed.order_by(), _blank_documents),
        Due("old_versions", Amendment.objects.filter(night__lt=documents).exclude(before={}).order_by(), _blank_before),
        Due("answers", Answer.objects.filter(answered_at__lt=at - days["answers"]).order_by(), _delete),
        Due("drafts", Draft.objects.filter(night__lt=today - days["drafts"]).order_by(), _delete),
        Due("sources", _sources(at - days["sources"]).order_by(), _blank_sources),
        Due("results", _results(at - days["results"]).order_by(), _blank_results),
        Due("deliveries", Delivery.objects.filter(next_at__lt=at - days["deliveries"]).order_by(), _delete),
    ]


def _sources(until: datetime) -> QuerySet[Batch]:
    return Batch.objects.filter(received_at__lt=until, source_sealed__isnull=False).exclude(
        state__in=["queued", "running"]
    )


def _results(until: datetime) -> QuerySet[Batch]:
    return Batch.objects.filter(received_at__lt=until, results__isnull=False)


def _count(by: Grant, due: Due) -> int:
    with acting(by):
        return due.rows.count()


def _erase(by: Grant, due: Due, at: datetime) -> int:
    total = 0
    while True:
        with acting(by), transaction.atomic():
            keys = list(due.rows.values_list("pk", flat=True)[:AT_ONCE])
            if not keys:
                return total
            erased = due.erase(due.rows.filter(pk__in=keys))
            enter(by, subject=f"retention:{due.name}", at=at, erased=erased)
        total += erased


def _delete(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]


def _blank_documents(rows: QuerySet[Any]) -> int:
    """The number goes, and with it the index: what is left in its place is the stay's own id, which finds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(BLANK_DOCUMENTS, [list(rows.values_list("pk", flat=True))])
        return int(cursor.rowcount)


def _blank_before(rows: QuerySet[Any]) -> int:
    return rows.update(before={})


def _blank_sources(rows: QuerySet[Any]) -> int:
    return rows.update(source_sealed=None)


def _blank_results(rows: QuerySet[Any]) -> int:
    return rows.update(results=None)
