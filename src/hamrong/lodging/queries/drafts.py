"""Drafts of an establishment, opened with the vault, and answers that its forms were given before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.lodging.models import Answer, Draft
from hamrong.lodging.queries import visible


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as it was typed: form fields by name, all text."""

    id: UUID
    night: date
    saved_at: datetime
    typed: Mapping[str, str]


def drafts(by: Grant) -> QuerySet[Draft]:
    """The establishment's drafts, last saved first, still sealed; the caller pages by (saved_at, id)."""
    return visible.drafts(by).order_by("-saved_at", "-id")


def opened(rows: Iterable[Draft]) -> Sequence[Opened]:
    """Drafts as they were typed. Whoever shows them puts the reading on record."""
    return [_opened(row) for row in rows]


def draft(by: Grant, identifier: UUID) -> Opened | None:
    """One draft of the establishment."""
    row = visible.drafts(by).filter(pk=identifier).first()
    return _opened(row) if row else None


def _opened(row: Draft) -> Opened:
    typed = json.loads(vault().open(bytes(row.sealed), row.pk.bytes))
    return Opened(row.pk, row.night, row.saved_at, typed)


def receipt_answered(client: str, key: str) -> str | None:
    """The code of the receipt that a form of this client was answered with, where it was sent before."""
    row = Answer.objects.filter(client=client, key=key).only("body").first()
    return bytes(row.body).decode() if row else None
