"""The second wall: while a grant is in use, PostgreSQL itself shows and takes only rows of its scope."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from hamrong.access.actors import Grant
from hamrong.audit.statements import prepared

CONTEXT = "select set_config('role', %s, true), set_config('hamrong.scope', %s, true)"
WALL = "select set_config('role', $1, true), set_config('hamrong.scope', $2, true)"
"""The same, planned once by the server."""

STEADY = "set transaction isolation level repeatable read"
NOBODY = ("none", "")


class NestedScope(RuntimeError):
    """A second grant was opened inside the transaction of another one."""


@contextmanager
def acting(grant: Grant, *, at_once: bool = False, steady: bool = False) -> Iterator[Grant]:
    """A transaction in which the database knows on whose behalf it works; it ends with the transaction.

    Opening the same scope again inside is a no-op; another scope inside raises `NestedScope`. With `at_once` all its
    statements are `pipelined`, from the first one on; with `steady` all see the database as the first one sees it.
    """
    wanted = (grant.holding.definition.wall, grant.scope)
    current: tuple[str, str] | None = getattr(connection, "hamrong_scope", None)
    if connection.in_atomic_block and current == wanted:
        yield grant
        return
    if connection.in_atomic_block and current is not None:
        raise NestedScope(f"{current} -> {wanted}")
    outermost = not connection.in_atomic_block
    with transaction.atomic(), pipelined() if at_once else nullcontext():
        if steady:
            with connection.cursor() as cursor:
                cursor.execute(STEADY)
        _become(wanted)
        connection.hamrong_scope = wanted  # type: ignore[attr-defined]
        try:
            yield grant
        finally:
            connection.hamrong_scope = None  # type: ignore[attr-defined]
        if not outermost:
            # a savepoint that is released keeps its settings: the rest of the outer transaction is nobody's
            _become(NOBODY)


@contextmanager
def for_a_while(grant: Grant) -> Iterator[Grant]:
    """A narrower grant inside the open transaction of another one; afterwards the other one goes on."""
    outer: tuple[str, str] | None = getattr(connection, "hamrong_scope", None)
    assert outer is not None, "there is no transaction of a grant"
    wanted = (grant.holding.definition.wall, grant.scope)
    with transaction.atomic():
        _become(wanted)
        connection.hamrong_scope = wanted  # type: ignore[attr-defined]
        try:
            yield grant
        finally:
            connection.hamrong_scope = outer  # type: ignore[attr-defined]
        _become(outer)


def _become(context: tuple[str, str]) -> None:
    # a transaction that begins here begins in the same round trip
    with connection.wrap_database_errors, pipelined():
        prepared(WALL, context)


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements of the transaction that go out without waiting for each other; reading a row waits for all before it.

    How many rows a statement changed is not known inside. Errors come at the end, or with the row that is read.
    """
    connection.ensure_connection()
    if connection.connection.pgconn.pipeline_status:  # it goes on: another one inside would wait for it
        yield
        return
    with connection.connection.pipeline():
        yield


def one_at_a_time(kind: int, key: str) -> None:
    """Until the transaction ends, whoever comes with the same key of a kind waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, kind])


def ask_about(index: bytes) -> None:
    """Until the transaction ends, an inspector's grant also shows what belongs to one document, by its blind index."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hamrong.subject', %s, true)", [index.hex()])
