"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.cases import dates


class CasesConfig(AppConfig):
    name = "hamrong.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        dates.declare("hamrong.cases.actions.reckoning.CLOCKS")
