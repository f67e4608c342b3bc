"""Two questions that a supervisor asks: does the process live, and can it work; and how what stands behind it does."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from hamrong.access.connections import drop_dead
from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.audit.logs import RECORD
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.audit.standing import leads, standing

CLOCK_TOLERANCE: Final = dt.timedelta(seconds=2)
PATIENCE: Final = 2.0
"""Seconds that the signer has for an answer."""


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """200 whenever the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations, queue and clock are in order, otherwise 503; the body says which.

    `behind` is about the processes that sign, order and draw: pages work without them, so it makes nothing unready.
    """
    behind: dict[str, Any] | None = None
    try:
        state = {"database": True, "migrations": _migrated(), "queue": _queue(), "clock": _clock()}
        behind = _behind() if state["migrations"] else None
    except Error:
        drop_dead()
        state = {"database": False, "migrations": False, "queue": False, "clock": False}
    ready = all(state.values())
    return JsonResponse({"ready": ready, **state, "behind": behind}, status=200 if ready else 503)


def _behind() -> dict[str, Any]:
    now = timezone.now()
    with acting(as_keeper("audit.verify", "health", now)):
        told = standing(RECORD, now)._asdict()
        led = {"sequencer": leads("record"), "sealer": leads("plates")}
    return {"signer": _signs(), **led, **told}


def _signs() -> bool:
    signing = Signing(settings.HAMRONG_SIGNER, patience=PATIENCE)
    try:
        signing.public()
    except SigningProblem:
        return False
    finally:
        signing.close()
    return True


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _queue() -> bool:
    with connection.cursor() as cursor:
        # No error where the table is missing: a database without tables answers, and that is not its failure.
        cursor.execute("SELECT coalesce(has_table_privilege(to_regclass('procrastinate_jobs'), 'SELECT'), false)")
        return bool(cursor.fetchone() == (True,))


def _clock() -> bool:
    """Deadlines are instants: the application's clock and the database's may not drift apart."""
    before = dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: dt.datetime = cursor.fetchone()[0]
    return before - CLOCK_TOLERANCE <= there <= dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE
