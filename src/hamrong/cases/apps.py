"""Django's entry for the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hamrong.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
