"""Two questions that a supervisor asks: does the process live, and can it work."""

import datetime as dt
from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

CLOCK_TOLERANCE: Final = dt.timedelta(seconds=2)


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """200 whenever the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations, queue and clock are in order, otherwise 503; the body says which."""
    try:
        state = {"database": True, "migrations": _migrated(), "queue": _queue(), "clock": _clock()}
    except DatabaseError:
        state = {"database": False, "migrations": False, "queue": False, "clock": False}
    return JsonResponse({"ready": all(state.values()), **state}, status=200 if all(state.values()) else 503)


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _queue() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE false")
        return cursor.fetchone() is not None


def _clock() -> bool:
    """Deadlines are instants: the application's clock and the database's may not drift apart."""
    before = dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: dt.datetime = cursor.fetchone()[0]
    return before - CLOCK_TOLERANCE <= there <= dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE
