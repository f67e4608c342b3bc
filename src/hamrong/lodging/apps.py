"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.lodging.policy import POLICY


class LodgingConfig(AppConfig):
    name = "hamrong.lodging"
    label = "lodging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(POLICY)
