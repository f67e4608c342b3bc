"""Background work of plates: each job calls one action; the clock is read here."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hamrong.access.actors import Actor, Grant, Holding
from hamrong.plates import judged
from hamrong.plates.actions import lists
from hamrong.plates.queries import pools

AGAIN: Any = RetryStrategy(max_attempts=5, exponential_wait=2)


@app.task(name=lists.READ, queue="bulk", lock="plates.bulk", retry=AGAIN)
def read_list(*, identifier: str, **given: str) -> None:
    """Read a large list for whom uploaded it."""
    try:
        lists.read(by=_grant(**given), identifier=UUID(identifier))
    finally:
        connection.close()


@app.task(name=lists.APPLY, queue="bulk", lock="plates.bulk", retry=AGAIN)
def apply_list(*, identifier: str, **given: str) -> None:
    """Apply a large list for whom confirmed it."""
    try:
        lists.apply(by=_grant(**given), identifier=UUID(identifier), at=timezone.now())
    finally:
        connection.close()


@app.periodic(cron="40 2 * * *")
@app.task(name="plates.judge", queue="housekeeping", queueing_lock="plates.judge")
def judge_draws(timestamp: int) -> None:
    """Make the public statistical report on all draws, every night."""
    try:
        judge_now()
    finally:
        connection.close()


def judge_now() -> int:
    """Make the report now; how many draws it is about."""
    codes = [pool.code for pool in pools.pools(settings.HAMRONG_PROVINCE)]
    return judged.judge(settings.HAMRONG_PUBLIC, codes, timezone.now()).report.draws


def _grant(*, province: str, actor: str, session: str, role: str, act: str, purpose: str) -> Grant:
    held = Holding(role, province)
    return Grant(Actor(actor, "", session, (held,)), act, held, purpose)
