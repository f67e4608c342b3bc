"""Django's entry for the room."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "hamrong.board"
    label = "board"
