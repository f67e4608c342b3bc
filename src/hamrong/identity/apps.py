"""Django's entry for the room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "hamrong.identity"
    label = "identity"
