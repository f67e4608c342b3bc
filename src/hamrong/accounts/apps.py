"""Django's entry for the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hamrong.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
