"""Background work of lodging: each job calls one action; the clock is read here."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.lodging.actions import batches, deliveries
from hamrong.lodging.actions.progress import progress

LOST = 30.0
"""Seconds without a sign of life after which a worker counts as killed."""


@contextmanager
def own_connection() -> Iterator[None]:
    """A job's thread gives its connection back at the end, whatever happened to it."""
    try:
        yield
    finally:
        connection.close()


@app.task(name=batches.JOB, queue="bulk", lock="lodging.bulk", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
def take_in_batch(
    *, batch: str, establishment: str, actor: str, session: str, role: str, act: str, purpose: str
) -> None:
    """Take in a queued batch for whom submitted it; one at a time, so that single notifications are never starved."""
    held = Holding(role, establishment)
    grant = Grant(Actor(actor, "", session, (held,)), act, held, purpose)
    with own_connection(), progress(grant, UUID(batch)) as done:
        batches.work_off(by=grant, batch_id=UUID(batch), at=timezone.now(), done=done)


@app.periodic(cron="* * * * *")
@app.task(name="lodging.resume_lost", queue="housekeeping", queueing_lock="lodging.resume_lost", pass_context=True)
async def resume_lost(context: JobContext, timestamp: int) -> None:
    """Give jobs of killed workers to another one; what they had begun was undone by the database."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=LOST):
        await jobs.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(name="lodging.deliver_webhooks", queue="webhooks", queueing_lock="lodging.deliver_webhooks")
def deliver_webhooks(timestamp: int) -> None:
    """Tell webhooks what they are owed, until nothing is due."""
    with own_connection():
        while deliveries.deliver(by=kept("webhook.deliver"), at=timezone.now()) == deliveries.AT_ONCE:
            pass


def kept(act: str) -> Grant:
    """The grant of the house's own background work for an act."""
    grant = decide(keeper(act, timezone.now()), act, Target())
    assert not isinstance(grant, Refusal), f"policy gives {act} to the keeper"
    return grant
