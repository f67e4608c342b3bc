"""Background work of the sealed room; the clock is read here."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hamrong.access.actors import Grant, Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.sealed.actions import settling


def kept(act: str) -> Grant:
    """The grant of the house's own background work for an act."""
    grant = decide(keeper(act, timezone.now()), act, Target())
    assert not isinstance(grant, Refusal), f"policy gives {act} to the keeper"
    return grant


@app.periodic(cron="40 2 * * *")
@app.task(name="sealed.settle", queue="housekeeping", queueing_lock="sealed.settle")
def settle(timestamp: int) -> None:
    """Shuffle yesterday's reports, end requests that nobody opened in time, and take back what stand-ins had."""
    try:
        now = timezone.now()
        settling.settle(by=kept("sealed.settle"), before=timezone.localdate(now), at=now)
        settling.end_requests(by=kept("sealed.settle"), at=now)
        settling.end_lent(by=kept("sealed.settle"), at=now)
    finally:
        connection.close()
