"""Reckoning the numbers of words of petitions that have none yet, so that what came in before can be sought, too."""

from datetime import datetime
from typing import Final

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.petitions.models import Petition
from hamrong.petitions.queries.reading import opened
from hamrong.petitions.queries.searching import marks_of

AT_ONCE: Final = 500


def index_words(*, by: Grant, at: datetime) -> int:
    """Make some more petitions findable by their words; answers how many, and 0 when all are."""
    with acting(by):
        rows = list(Petition.objects.select_for_update().filter(content__isnull=False, words__isnull=True)[:AT_ONCE])
        for row in rows:
            row.words = marks_of(opened(row))
        Petition.objects.bulk_update(rows, ["words"])
        if rows:
            enter(by, subject="petition:words", at=at, petitions=len(rows))
        return len(rows)
