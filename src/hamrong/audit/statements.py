"""Statements that come again and again: planned once by the server, their values sent beside them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model


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


def put(rows: Sequence[Model]) -> None:
    """Insert rows of one table, each with its own key, at once; no signal and no default of the database is heeded.

    `bulk_create` writes every value into the statement as text, which the server reads anew each time.
    """
    if rows:
        statement, columns = _insertion(type(rows[0]), len(rows))
        prepared(statement, [getattr(row, column) for row in rows for column in columns])


@cache
def _insertion(model: type[Model], rows: int) -> tuple[str, tuple[str, ...]]:
    """The statement that inserts so many rows, and the attributes that each brings."""
    fields, table = model._meta.concrete_fields, model._meta.db_table
    places = [f"${place}" for place in range(1, rows * len(fields) + 1)]
    each = (", ".join(places[row * len(fields) : (row + 1) * len(fields)]) for row in range(rows))
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(f"({row})" for row in each)
    return f'insert into "{table}" ({names}) values {values}', tuple(field.attname for field in fields)
