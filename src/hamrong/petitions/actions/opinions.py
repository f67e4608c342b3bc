"""A sender's answer to how they found the settlement: once, by choice, counted and never linked to the petition."""

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.kernel.seal.derive import derive
from hamrong.petitions.models import Asked, Petition, Remark
from hamrong.petitions.reports import period_of
from hamrong.petitions.statistics import QUARTER

SAY: Final = "select petitions_answer(%s, %s, %s, %s, %s)"
REMARKS_FOR: Final = timedelta(days=2 * 365)
"""So long after their quarter free words are kept; the counts stay."""


def mark_of(petition: Petition) -> str:
    """What stands for a petition whose sender has answered: nobody without the key of the house can tell which."""
    key = settings.HAMRONG_KEYS["document_index"]
    return derive(key, f"petitions/v1/answered/{petition.pk}").hex()


def is_asked(petition: Petition) -> bool:
    """Whether the question is still open for this petition."""
    return not Asked.objects.filter(mark=mark_of(petition)).exists()


def answer(*, by: Grant, petition: Petition, answered: str, words: str, at: datetime) -> bool:
    """Count an answer in the quarter of the day, within the sender's grant; False where there was one already.

    Nothing is put on record: an entry would tell that this petition's sender answered, and when.
    """
    remark, said = uuid4(), words.strip()
    content = vault().seal_bytes(said.encode(), remark.bytes) if said and not petition.secret else None
    quarter = period_of(QUARTER, timezone.localdate(at)).first
    with acting(by), connection.cursor() as cursor:
        cursor.execute(SAY, [mark_of(petition), quarter, answered, remark, content])
        (counted,) = cursor.fetchone()
    return bool(counted)


def forget_old(*, by: Grant, at: datetime) -> int:
    """Destroy free words whose time is over; answers how many."""
    with acting(by):
        many, _each = Remark.objects.filter(first__lt=timezone.localdate(at) - REMARKS_FOR).delete()
        if many:
            enter(by, subject="petitions:remarks", at=at, destroyed=many)
    return many
