"""Where each room's pages begin."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from hamrong.lodging.api import interface
from hamrong.site import health, home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("desk/", home.desk, name="desk"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("language", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("ui", include("hamrong.ui.urls")),
    path("api/v1/", include("hamrong.lodging.api.interface")),
    path("receipts/key", interface.public_key, name="receipts_key"),
    path("", include("hamrong.lodging.urls")),
]
