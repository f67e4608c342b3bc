"""Addresses of the design system's own pages."""

from django.urls import path

from hamrong.ui import pages

app_name = "ui"
urlpatterns = [
    path("", pages.gallery, name="gallery"),
    path("/desk", pages.desk, name="desk"),
    path("/public", pages.public, name="public"),
    path("/confirm", pages.confirm, name="confirm"),
    path("/print", pages.paper, name="print"),
    path("/errors/<int:code>", pages.error, name="error"),
    path("/theme", pages.theme, name="theme"),
]
