"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.site import checks


class SiteConfig(AppConfig):
    name = "hamrong.site"
    label = "site"

    def ready(self) -> None:
        checks.register_all()
