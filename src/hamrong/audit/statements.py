"""Statements that come again and again: planned once by the server, their values sent beside them."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def prepared(statement: str, values: Sequence[Any] = ()) -> "psycopg.RawCursor[tuple[Any, ...]]":
    """Run a statement ($1 …) on this thread's connection, as a part of its transaction."""
    connection.ensure_connection()
    kept = connection.connection
    if kept.prepare_threshold is None:
        kept.prepare_threshold = 0  # Django's own statements are bound by the client, and never prepared
    cursor: psycopg.RawCursor[tuple[Any, ...]] = psycopg.RawCursor(kept)
    return cursor.execute(statement, values)


def one(statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    """The one row that a statement always answers with."""
    row = prepared(statement, values).fetchone()
    assert row is not None, statement
    return row
