"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.casework.policy import POLICY
from hamrong.papers import subjects
from hamrong.ui import firsts


class CaseworkConfig(AppConfig):
    name = "hamrong.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(POLICY)
        firsts.tell_first("hamrong.casework.pages.liberty.climbing")
        firsts.tell_first("hamrong.casework.pages.emergencies.broken")
        firsts.tell_first("hamrong.casework.pages.orders.of_before")
        subjects.live_at("case", "hamrong.casework.pages.frame.home_of")
