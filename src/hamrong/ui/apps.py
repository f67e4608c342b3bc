"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.ui import addresses, forms


class UiConfig(AppConfig):
    name = "hamrong.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        addresses.register()
        forms.speak_plainly()
        forms.show_what_is_written()
