"""Background work of plates: each job calls one action; the clock is read here."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.plates import judged
from hamrong.plates.actions import keeping, lists
from hamrong.plates.queries import pools

AGAIN: Any = RetryStrategy(max_attempts=5, exponential_wait=2)


class Waiting(RuntimeError):
    """A pool cannot change yet: a batch is fixed and has no numbers. The job comes again."""


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


@app.periodic(cron="10 2 * * *")
@app.task(name="plates.settle", queue="housekeeping", queueing_lock="plates.settle", retry=AGAIN)
def settle_kept(timestamp: int) -> None:
    """Tell of plates that are kept for their owners, and return those whose time is over."""
    try:
        now = timezone.now()
        grant = decide(keeper("pool.release", now), "pool.release", Target())
        assert not isinstance(grant, Refusal), "policy gives this to the keeper"
        waiting = [each.en for each in keeping.settle(by=grant, at=now) if isinstance(each, Refusal)]
    finally:
        connection.close()
    if waiting:
        raise Waiting("; ".join(waiting))


def _grant(*, province: str, actor: str, session: str, role: str, act: str, purpose: str) -> Grant:
    held = Holding(role, province)
    return Grant(Actor(actor, "", session, (held,)), act, held, purpose)
