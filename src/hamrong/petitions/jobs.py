"""Background work of petitions; the clock is read here."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hamrong.access.actors import Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.petitions.actions import settling


@app.periodic(cron="50 2 * * *")
@app.task(name="petitions.settle", queue="housekeeping", queueing_lock="petitions.settle")
def settle(timestamp: int) -> None:
    """Shuffle yesterday's petitions."""
    try:
        now = timezone.now()
        grant = decide(keeper("petition.settle", now), "petition.settle", Target())
        assert not isinstance(grant, Refusal), "policy gives this to the keeper"
        settling.settle(by=grant, before=timezone.localdate(now), at=now)
    finally:
        connection.close()
