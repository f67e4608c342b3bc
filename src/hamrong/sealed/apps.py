"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.sealed.policy import POLICY


class SealedConfig(AppConfig):
    name = "hamrong.sealed"
    label = "sealed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(POLICY)
