"""The night after: the day's petitions written anew in another order, as the sealed room does with its reports."""

from datetime import date, datetime

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.petitions.models import Petition
from hamrong.sealed.actions.settling import anew


def settle(*, by: Grant, before: date, at: datetime) -> int:
    """Shuffle what came in before a day and was not shuffled yet; their number goes on record."""
    with acting(by), connection.cursor() as cursor:
        found = list(Petition.objects.filter(settled=False, received_on__lt=before).values_list("pk", flat=True))
        cursor.execute("set constraints all deferred")
        cursor.execute("update petitions_petition set settled = true where id = any(%s)", [found])
        cursor.execute(anew("petitions_petition", "id"), [found])
        enter(by, subject="petition:settled", at=at, petitions=len(found), before=before.isoformat())
        return len(found)
