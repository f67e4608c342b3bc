"""The vault with the keys of this installation."""

from functools import cache

from django.conf import settings

from hamrong.identity.vault import Vault


@cache
def vault() -> Vault:
    """The one vault of the process; its keys come from files, never from the repository."""
    return Vault(settings.HAMRONG_KEYS["documents"], settings.HAMRONG_KEYS["document_index"])
