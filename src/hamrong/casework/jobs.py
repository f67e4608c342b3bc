"""Background work of cases; the clock is read here."""

import logging

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hamrong.access.upkeep import as_keeper
from hamrong.cases.actions import reckoning

log = logging.getLogger(__name__)


@app.periodic(cron="15 1 * * *")
@app.task(name="casework.confirm_clocks", queue="housekeeping", queueing_lock="casework.confirm_clocks")
def confirm_clocks(timestamp: int) -> None:
    """Reckon all running clocks again, and say how many would move; none does before an officer has signed."""
    try:
        now = timezone.now()
        would = reckoning.confirm(by=as_keeper("case.confirm", "confirm-clocks", now), at=now)
        if would:
            log.warning("%s running clocks would move under the law and calendar of today: /ho-so/tinh-lai/", would)
    finally:
        connection.close()
