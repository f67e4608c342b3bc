"""Django's entry for the room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hamrong.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
