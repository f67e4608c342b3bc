"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.access.policy import POLICY


class AccessConfig(AppConfig):
    name = "hamrong.access"
    label = "access"

    def ready(self) -> None:
        register(POLICY)
