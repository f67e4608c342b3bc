"""How far a batch has come, told by a connection of its own while the batch's transaction is still open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.walls import CONTEXT

TELL: Final = "update lodging_batch set rows_done = %s where id = %s and state = 'queued'"


@contextmanager
def progress(by: Grant, batch: UUID) -> Iterator[Callable[[int], None]]:
    """A function that tells how many rows are behind; each telling is a transaction of its own."""
    other = connection.copy()

    def tell(done: int) -> None:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(CONTEXT, (by.holding.definition.wall, by.scope))
            cursor.execute(TELL, [done, batch])
        other.commit()

    try:
        yield tell
    finally:
        other.close()
