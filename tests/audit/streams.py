"""Streams of invented acts."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hamrong.access.upkeep import check_record
from hamrong.audit.record import Act, record
from hamrong.audit.verification import Report
from tests.world import NOW


def a_stream(length: int = 5, *, step: timedelta = timedelta(minutes=1)) -> str:
    """A stream of its own with that many entries, a minute apart."""
    stream = f"test:{secrets.token_hex(6)}"
    for number in range(length):
        an_entry(stream, at=NOW + number * step, number=number)
    return stream


def an_entry(stream: str, *, at: datetime = NOW, **details: Any) -> Any:
    """One entry in a transaction of its own; answers its id."""
    with transaction.atomic():
        return record(Act("stay.open", "person:an", stream, "stay:1", "night-control", "14797", at, details))


def checked(stream: str) -> Report:
    return check_record(stream, NOW)
