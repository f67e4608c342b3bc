"""Background work of lodging: each job calls one action; the clock is read here."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.lodging.actions import batches, deliveries, forwarding, retention, summaries, webhooks
from hamrong.lodging.actions.progress import progress
from hamrong.lodging.ministry import Ministry
from hamrong.lodging.queries import catalogs

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
    """Give jobs of killed workers to another one; what they had begun was undone by the database.

    Of a job that waits but once, and whose next run waits already, the lost one is over: that run does its work.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=LOST):
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="* * * * *")
@app.task(name="lodging.deliver_webhooks", queue="webhooks", queueing_lock="lodging.deliver_webhooks")
def deliver_webhooks(timestamp: int) -> None:
    """Tell webhooks what they are owed, until nothing is due."""
    with own_connection():
        while deliveries.deliver(by=kept("webhook.deliver"), at=timezone.now()) == deliveries.AT_ONCE:
            pass


@app.periodic(cron="5 * * * *")
@app.task(name="lodging.tell_catalogs", queue="webhooks", queueing_lock="lodging.tell_catalogs")
def tell_catalogs(timestamp: int) -> None:
    """Tell webhooks which catalogues changed: with a new version of this program, or because a day has come."""
    with own_connection():
        now = timezone.now()
        etags = catalogs.etags(timezone.localdate(now))
        webhooks.tell_catalogs(by=kept("webhook.deliver"), etags=etags, at=now)


def kept(act: str) -> Grant:
    """The grant of the house's own background work for an act."""
    grant = decide(keeper(act, timezone.now()), act, Target())
    assert not isinstance(grant, Refusal), f"policy gives {act} to the keeper"
    return grant


@app.periodic(cron="* * * * *")
@app.task(name="lodging.fold", queue="housekeeping", queueing_lock="lodging.fold", lock="lodging.fold")
def fold_nights(timestamp: int) -> None:
    """Count tonight and the nights that late notices still come in for, every minute."""
    with own_connection():
        fold_now()


def fold_now() -> int:
    """Fold the nights of now; answers how many rows were written."""
    now = timezone.now()
    return summaries.fold(by=kept("night.fold"), nights=summaries.nights_to_fold(now), at=now)


@app.periodic(cron="20 3 * * *")
@app.task(name="lodging.purge", queue="housekeeping", queueing_lock="lodging.purge")
def purge(timestamp: int) -> None:
    """Erase what is past its retention, every night."""
    with own_connection():
        purge_due(dry_run=False)


def purge_due(*, dry_run: bool) -> dict[str, int]:
    """Erase, or only count, what is past its retention; counts by kind."""
    now = timezone.now()
    return retention.purge(by=kept("retention.purge"), today=timezone.localdate(now), at=now, dry_run=dry_run)


@app.periodic(cron="*/2 * * * *")
@app.task(name="lodging.forward", queue="ministry", queueing_lock="lodging.forward", lock="lodging.forward")
def forward(timestamp: int) -> None:
    """Hand notifications on to the ministry, where an installation is set to."""
    with own_connection():
        hand_on()


def hand_on() -> dict[str, int]:
    """Hand on what waits; counts by result, empty where the interface is off."""
    url, client, secret = settings.HAMRONG_KBTT
    if not url:
        return {}
    by, now = kept("stay.forward"), timezone.now()
    forwarding.collect(by=by, at=now)
    with Ministry(url, client, secret.read_text("utf-8").strip() if secret else "") as ministry:
        return forwarding.forward(by=by, send=ministry.send, at=now)
