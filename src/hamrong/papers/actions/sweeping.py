"""What is left of files that belong to nothing: bytes without a row, and rows whose object is gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.papers import keeping
from hamrong.papers.models import Attachment

YOUNG: Final = timedelta(days=2)
"""What is younger may still be on its way: its row is written after it, in the same transaction."""


class Swept(NamedTuple):
    """How many files without a row were deleted, and how many rows have lost their file, which only a backup mends."""

    deleted: int
    missing: int


def sweep(*, by: Grant, at: datetime) -> Swept:
    """Delete files in the folder of files that no row knows; what was found goes on record."""
    deleted = missing = 0
    with acting(by):
        for numbers in keeping.lying(at - YOUNG):
            known = set(Attachment.objects.filter(pk__in=numbers).values_list("pk", flat=True))
            for number in numbers - known:
                keeping.forget(number)
            deleted += len(numbers - known)
        for number in Attachment.objects.values_list("pk", flat=True).iterator(chunk_size=1000):
            missing += not keeping.is_there(number)
        enter(by, subject="attachment:swept", at=at, deleted=deleted, missing=missing)
    return Swept(deleted, missing)


def drop(*, by: Grant, numbers: Sequence[UUID], at: datetime, because: str) -> int:
    """Delete files whose object is gone, rows and bytes; answers how many."""
    with acting(by):
        gone = list(Attachment.objects.select_for_update().filter(pk__in=numbers).values_list("pk", flat=True))
        Attachment.objects.filter(pk__in=gone).delete()
        enter(by, subject="attachment:dropped", at=at, deleted=len(gone), because=because)
        transaction.on_commit(partial(_forget, gone))
    return len(gone)


def _forget(numbers: Sequence[UUID]) -> None:
    for number in numbers:
        keeping.forget(number)
