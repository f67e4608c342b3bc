"""What a database that was away leaves behind: how to tell it from a bug, and pooled connections that are dead."""

from collections.abc import Iterator
from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError, connection

AWAY: Final = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""The errors of a database that does not answer, or not now; a pool that found no connection in time is one of them."""

LOST: Final = ("08", "57P")
"""Beginnings of SQLSTATE where the server ended the connection; an error without one never came from a server."""


def is_lost(error: BaseException) -> bool:
    """Whether this error, or what caused it, means that the server is gone, not that it refused one statement."""
    found = [each for each in _causes(error) if isinstance(each, AWAY)]
    state = getattr(found[-1], "sqlstate", None) if found else None
    return bool(found) and (state is None or state.startswith(LOST))


def reason(error: BaseException) -> str:
    """The first line of what the driver said, such as `connection refused`; it holds no values of a statement."""
    said = [line for each in _causes(error) if isinstance(each, AWAY) for line in str(each).strip().splitlines()]
    return said[0] if said else type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def drop_dead() -> None:
    """Let the pool find out which of its connections are dead, so that none of them costs somebody an answer."""
    pool = getattr(connection, "pool", None)
    if pool is not None and not pool.closed:
        pool.check()
