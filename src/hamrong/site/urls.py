"""Where each room's pages begin."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from hamrong.site import health, home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("desk/", home.desk, name="desk"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("language", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
]
for room, prefix in (("ui", "ui"), ("lodging", "")):
    if (Path(__file__).parent.parent / room / "urls.py").is_file():
        urlpatterns.append(path(prefix, include(f"hamrong.{room}.urls")))
