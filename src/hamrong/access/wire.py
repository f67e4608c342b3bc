"""A connection beside Django's, whose statements are prepared once and go out together, for one round trip."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import psycopg
from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.walls import WALL

Run = Callable[..., "psycopg.RawCursor[tuple[Any, ...]]"]
OURS: Final = {"context", "cursor_factory", "prepare_threshold"}
"""Parameters of Django's connections that make them Django's."""


class Wire:
    """One connection of the application's role, opened when it is first needed and again after it broke.

    Only one thread at a time may use it.
    """

    def __init__(self, **settings: str) -> None:
        self._options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def _open(self) -> "psycopg.Connection[tuple[Any, ...]]":
        if self._connection is None or self._connection.closed:
            parts = {name: value for name, value in connection.get_connection_params().items() if name not in OURS}
            parts["options"] = f"{parts.get('options', '')} {self._options}".strip()
            self._connection = psycopg.connect(**parts, autocommit=True, prepare_threshold=0)
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """Statements ($1 …) of one transaction, sent without waiting; their rows can be read when it has ended.

        Raises psycopg.Error where one of them failed; then none has happened, unless the connection broke at the very
        end, when nobody can know.
        """
        opened = self._open()

        def run(statement: str, values: Sequence[Any] = ()) -> "psycopg.RawCursor[tuple[Any, ...]]":
            cursor = psycopg.RawCursor(opened)
            cursor.execute(statement, values)
            return cursor

        try:
            with opened.pipeline():
                run("begin")
                yield run
                ended = run("commit")
        except BaseException:
            with suppress(psycopg.Error):
                opened.rollback()
            raise
        if ended.statusmessage != "COMMIT":
            raise psycopg.InternalError("the transaction was rolled back")

    def behind_walls(
        self, statement: str, asked: Sequence[tuple[Grant, Sequence[Any]]], before: Sequence[Sequence[Any]] = ()
    ) -> "list[tuple[Any, ...] | None] | None":
        """The first row of a statement for each grant and its values, each run behind the wall of its own grant.

        All in one transaction, which begins with the statements of `before`; None where one failed: then none is kept.
        """
        # in one order, so that two groups cannot wait for each other
        ordered = sorted(range(len(asked)), key=lambda number: asked[number][0].scope)
        rows: dict[int, psycopg.RawCursor[tuple[Any, ...]]] = {}
        try:
            with self.transaction() as run:
                for opening in before:
                    run(*opening)
                for number in ordered:
                    by, values = asked[number]
                    run(WALL, [by.holding.definition.wall, by.scope])
                    rows[number] = run(statement, values)
        except psycopg.Error:
            return None
        return [rows[number].fetchone() for number in range(len(asked))]

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
