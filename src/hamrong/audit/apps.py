"""Django's entry for the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hamrong.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
