"""The signer with the receipt key of this installation."""

from functools import cache

from django.conf import settings

from hamrong.lodging.receipts import Signer


@cache
def signer() -> Signer:
    """The one signer of the process; its seed comes from a file, never from the repository."""
    return Signer(settings.HAMRONG_KEYS["receipts"])
