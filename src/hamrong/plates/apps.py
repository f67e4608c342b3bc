"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.plates.policy import POLICY


class PlatesConfig(AppConfig):
    name = "hamrong.plates"
    label = "plates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(POLICY)
