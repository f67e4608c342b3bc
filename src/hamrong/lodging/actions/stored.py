"""Rows that several acts write alike: receipts and remembered answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from hamrong.lodging.models import Answer, Receipt
from hamrong.lodging.receipts import Facts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remember(Generic[T]):
    """An idempotency key: whose, over which body, and how the answer is written that must come back byte for byte."""

    client: str
    key: str
    body_sha256: bytes
    write: Callable[[T], tuple[int, bytes]]


def receipt_row(facts: Facts) -> Receipt:
    """The row that keeps a receipt's facts."""
    return Receipt(
        code=facts.code,
        kind=facts.kind,
        establishment=facts.establishment,
        night=facts.night,
        received_at=facts.received_at,
        deadline_strict=facts.deadline_strict,
        deadline_legal=facts.deadline_legal,
        on_time=facts.on_time,
        law_version=facts.law_version,
        version=facts.version,
        count=facts.count,
        commitment=facts.commitment,
        subject=facts.subject,
        batch=facts.batch,
    )


def keep_receipt(facts: Facts, replaces: str = "", *, withdrawn: datetime | None = None) -> None:
    """Store a receipt; the one that it replaces is marked so, and verifies as replaced from then on.

    `withdrawn`: the receipt of a cancellation, which says no more than that what it is about was taken back then.
    """
    row = receipt_row(facts)
    row.withdrawn_at = withdrawn
    row.save(force_insert=True)
    if replaces:
        Receipt.objects.filter(pk=replaces).update(replaced_by=facts.code)


def withdraw_receipt(code: str, at: datetime) -> None:
    """What a receipt acknowledges was taken back: it verifies as withdrawn from then on."""
    Receipt.objects.filter(pk=code).update(withdrawn_at=at)


def keep_answer(remember: Remember[T], result: T, at: datetime) -> tuple[int, bytes]:
    """Write and remember the answer of an idempotency key; a second one raises `IntegrityError`, undoing all."""
    status, body = remember.write(result)
    Answer(
        client=remember.client,
        key=remember.key,
        body_sha256=remember.body_sha256,
        status=status,
        body=body,
        answered_at=at,
    ).save(force_insert=True)
    return status, body
