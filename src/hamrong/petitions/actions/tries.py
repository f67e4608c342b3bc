"""How often codes were tried that are nobody's: a number a day, and nothing of who tried."""

import time
from datetime import date
from typing import Final

from django.db import connection

FLOOR: Final = 0.02
"""Seconds: an answer to a code takes a whole multiple of this, so that the time says little about it."""

COUNT: Final = """
insert into petitions_tally as t (day, unknown) values (%s, 1) on conflict (day) do update set unknown = t.unknown + 1
"""


def count_unknown(day: date) -> None:
    """One more code that is nobody's."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [day])


def wait_for_the_floor(since: float) -> None:
    """Sleep until a whole multiple of the floor has passed since a moment of `time.monotonic`."""
    time.sleep(FLOOR - (time.monotonic() - since) % FLOOR)
