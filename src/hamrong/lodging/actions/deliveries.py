"""Sending what webhooks are owed, with patience: again after longer and longer times, and then given up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.lodging import telling
from hamrong.lodging.models import Delivery

Send = Callable[..., str]
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
AT_ONCE: Final = 20
LEASE: Final = timedelta(minutes=5)
"""How long a worker has for those that it took; after that another one may send them."""


def deliver(*, by: Grant, at: datetime, send: Send = telling.send) -> int:
    """Send up to `AT_ONCE` deliveries that are due; answers how many were tried. No row is locked while it waits."""
    due = _taken(by, at)
    for delivery in due:
        secret = vault().open(bytes(delivery.webhook.secret_sealed), delivery.webhook.pk.bytes)
        status = send(
            url=delivery.webhook.url, secret=secret, identifier=f"msg_{delivery.pk.hex}", body=delivery.body, at=at
        )
        with acting(by):
            _note(delivery, status, at)
    return len(due)


def _taken(by: Grant, at: datetime) -> list[Delivery]:
    with acting(by):
        waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
        due = list(waiting.filter(state="queued", next_at__lte=at).order_by("next_at")[:AT_ONCE])
        Delivery.objects.filter(pk__in=[each.pk for each in due]).update(next_at=at + LEASE)
    return due


def _note(delivery: Delivery, status: str, at: datetime) -> None:
    delivery.attempts += 1
    delivery.last_status = status
    if status.startswith("2") and len(status) == 3:
        delivery.state = "delivered"
    elif delivery.attempts > len(WAITS):
        delivery.state = "given_up"
    else:
        delivery.next_at = at + WAITS[delivery.attempts - 1]
    Delivery.objects.filter(pk=delivery.pk, state="queued").update(
        attempts=delivery.attempts, last_status=status, state=delivery.state, next_at=delivery.next_at
    )
