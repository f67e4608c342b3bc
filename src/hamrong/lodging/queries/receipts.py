"""Receipts by their code: public, because a receipt holds no personal data."""

from typing import Literal

from hamrong.lodging.models import Receipt
from hamrong.lodging.receipts import Facts, Kind

State = Literal["valid", "replaced", "withdrawn"]
KINDS: tuple[Kind, ...] = ("stay", "nil", "batch")


class NoReceipt(LookupError):
    """There is no receipt of that code."""


def facts_of(code: str) -> Facts:
    """The facts of a receipt that is known to exist; raises `NoReceipt`."""
    row = Receipt.objects.filter(pk=code).first()
    if row is None:
        raise NoReceipt(code)
    return facts(row)


def facts(row: Receipt) -> Facts:
    """A stored receipt as the facts that are signed."""
    kind = next(kind for kind in KINDS if kind == row.kind)
    return Facts(
        code=row.code,
        kind=kind,
        establishment=row.establishment,
        night=row.night,
        received_at=row.received_at,
        deadline_strict=row.deadline_strict,
        deadline_legal=row.deadline_legal,
        on_time=row.on_time,
        law_version=row.law_version,
        version=row.version,
        count=row.count,
        commitment=bytes(row.commitment),
        subject=row.subject,
        batch=row.batch,
    )


def state_of(row: Receipt) -> State:
    """How a receipt stands; of a cancelled stay the last receipt is withdrawn, those before it are replaced."""
    return "replaced" if row.replaced_by else "withdrawn" if row.withdrawn_at else "valid"


def find(code: str) -> Receipt | None:
    """The stored receipt of a code in its one form (`receipts.read_code`), or None."""
    return Receipt.objects.filter(pk=code).first()
