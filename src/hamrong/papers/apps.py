"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.papers import subjects
from hamrong.papers.policy import POLICY


class PapersConfig(AppConfig):
    name = "hamrong.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(POLICY)
        subjects.declare("case", "hamrong.papers.cases.case")
        subjects.know("hamrong.papers.known.known")
