"""Addresses of the board."""

from django.urls import path

from hamrong.board import pages

app_name = "board"
urlpatterns = [path("", pages.overview, name="overview")]
