"""The public ledger of times in which notifications could not be received."""

from collections.abc import Sequence

from hamrong.lodging.models import Outage


def published(limit: int = 200) -> Sequence[Outage]:
    """Outages as published, the latest first."""
    return list(Outage.objects.all()[:limit])
