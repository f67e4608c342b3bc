"""Background work of papers and files; the clock is read here."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hamrong.access.upkeep import as_keeper
from hamrong.papers.actions import sweeping


@app.periodic(cron="20 3 * * *")
@app.task(name="papers.sweep", queue="housekeeping", queueing_lock="papers.sweep")
def sweep(timestamp: int) -> None:
    """Delete the bytes of files that were never kept."""
    try:
        now = timezone.now()
        sweeping.sweep(by=as_keeper("attachment.sweep", "sweep-files", now), at=now)
    finally:
        connection.close()
