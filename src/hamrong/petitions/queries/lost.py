"""Files of petitions that are there no more."""

from uuid import UUID

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.walls import acting

LOST = """
select a.id from papers_attachment a
 where a.ref like 'petition:%%' and not exists (select from petitions_petition p where 'petition:' || p.id = a.ref)
"""


def lost_files(by: Grant) -> list[UUID]:
    """Their ids, for the keeper, who sees every row of both."""
    assert by.holding.role == "keeper", "whoever sees less would think that much is lost"
    with acting(by), connection.cursor() as cursor:
        cursor.execute(LOST, [])
        return [number for (number,) in cursor.fetchall()]
