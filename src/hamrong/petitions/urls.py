"""Addresses of petitions: what anybody can hand in, and the page of whoever has a code."""

from django.urls import path

from hamrong.petitions.pages import following, handing, schedule, statistics

app_name = "petitions"
urlpatterns = [
    path("to-cao/", handing.denounce, name="denounce"),
    path("khieu-nai/", handing.complain, name="complain"),
    path("phan-anh/", handing.reflect, name="reflect"),
    path("tiep-dan/", schedule.public_page, name="receptions"),
    path("so-lieu-don/", statistics.statistics_page, name="statistics"),
    path("so-lieu-don/<slug:quarter>/", statistics.statistics_page, name="quarter"),
    path("so-lieu-don/<slug:quarter>.csv", statistics.statistics_file, name="quarter_file"),
    path("theo-doi/", following.follow, name="follow"),
]
