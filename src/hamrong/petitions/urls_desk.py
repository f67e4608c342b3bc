"""Addresses of petitions for officers; where a sealed one is read nothing is left behind (`ui.sealedpaths`)."""

from django.urls import path

from hamrong.petitions.pages import (
    archive,
    covering,
    listing,
    moved,
    petition,
    receptions,
    register,
    renewing,
    reports,
    schedule,
    team,
    transferring,
)

app_name = "petitions_desk"
urlpatterns = [
    path("don/", listing.register_page, name="register"),
    path("don/tim", listing.search_page, name="search"),
    path("don/xuat", listing.export_page, name="export"),
    path("don/bao-cao/", reports.report_page, name="report"),
    path("don/nhan", register.take_page, name="take"),
    path("don/het-han/", archive.archive_page, name="archive"),
    path("don/het-han/<uuid:number>/", archive.erasure_page, name="erasure"),
    path("don/<uuid:number>/", petition.petition_page, name="petition"),
    path("don/<uuid:number>/ban-che", covering.cover_page, name="cover"),
    path("don/<uuid:number>/ma-moi", renewing.renew_page, name="renew"),
    path("tiep-cong-dan/", receptions.book_page, name="receptions"),
    path("tiep-cong-dan/ghi", receptions.new_page, name="new_reception"),
    path("tiep-cong-dan/lich", schedule.schedule_page, name="schedule"),
    path("tiep-cong-dan/<uuid:number>/", receptions.reception_page, name="reception"),
    path("tiep-cong-dan/<uuid:number>/bien-ban", receptions.minutes_page, name="minutes"),
    path("niem-phong/noi-dung/<uuid:number>/", petition.sealed_page, name="sealed"),
    path("niem-phong/noi-dung/<uuid:number>/ban-che", covering.sealed_cover_page, name="sealed_cover"),
    path("niem-phong/noi-dung/<uuid:number>/ma-moi", renewing.sealed_renew_page, name="sealed_renew"),
    path("niem-phong/noi-dung/<uuid:number>/tep/<uuid:file>/", petition.sealed_file_page, name="sealed_file"),
    path("niem-phong/sau-sap-xep/", moved.moved_page, name="moved"),
    path("niem-phong/ho-so/<uuid:number>/chuyen", transferring.offer_page, name="offer"),
    path("niem-phong/ho-so/<uuid:number>/to-xac-minh", team.team_page, name="team"),
    path("don/ho-so/<uuid:number>/lien-quan", team.away_page, name="away"),
]
