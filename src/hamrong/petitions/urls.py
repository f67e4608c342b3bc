"""Addresses of petitions: what anybody can hand in, and the page of whoever has a code."""

from django.urls import path

from hamrong.petitions.pages import following, handing, schedule

app_name = "petitions"
urlpatterns = [
    path("to-cao/", handing.denounce, name="denounce"),
    path("khieu-nai/", handing.complain, name="complain"),
    path("phan-anh/", handing.reflect, name="reflect"),
    path("tiep-dan/", schedule.public_page, name="receptions"),
    path("theo-doi/", following.follow, name="follow"),
]
