"""The ways in which somebody with the whole database could tamper with the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg


@contextmanager
def tampering(admin: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """As a superuser who has switched the triggers off: what the chain must show even then."""
    with admin.transaction():
        admin.execute("set local session_replication_role = replica")
        yield admin
