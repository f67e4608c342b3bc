"""The nightly work on the record of audit; the clock is read here."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hamrong.access import upkeep


@app.periodic(cron="40 3 * * *")
@app.task(name="access.erase_details", queue="housekeeping", queueing_lock="access.erase_details")
def erase_details(timestamp: int) -> None:
    """Erase personal details of the record whose time is over, every night."""
    try:
        erase_due(dry_run=False)
    finally:
        connection.close()


def erase_due(*, dry_run: bool) -> dict[str, int]:
    """Erase, or only count, the details whose time is over; counts by kind."""
    now = timezone.now()
    by = upkeep.as_keeper("audit.erase", "erase-details", now)
    if dry_run:
        return {"audit_details": upkeep.details_due(by=by, at=now)}
    erased = 0
    while done := upkeep.erase_details(by=by, at=now):
        erased += done
    return {"audit_details": erased}
