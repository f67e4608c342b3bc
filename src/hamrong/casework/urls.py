"""Addresses of the desk of cases."""

from django.urls import path

from hamrong.casework.pages import (
    backdated,
    between,
    calendars,
    case,
    delegations,
    desk,
    emergencies,
    footings,
    lists,
    orders,
    proposals,
    reviews,
    steps,
)

app_name = "casework"
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    path("da-xem", desk.seen_page, name="seen"),
    path("danh-sach/", lists.list_page, name="cases"),
    path("danh-sach/tep", lists.export_page, name="export"),
    path("lich/", calendars.own_page, name="calendar"),
    path("lich/<str:secret>.ics", calendars.feed, name="feed"),
    path("uy-quyen/", delegations.delegations_page, name="delegations"),
    path("uy-quyen/<uuid:number>/ket-thuc", delegations.recall_page, name="recall"),
    path("sap-xep/", orders.move_page, name="reorganise"),
    path("ghi-lui/", backdated.backdated_page, name="backdated"),
    path("tinh-lai/", orders.reckon_page, name="reckon"),
    path("de-xuat/<uuid:number>/", proposals.proposal_page, name="proposal"),
    path("chuyen/<uuid:number>/", between.transfer_page, name="transfer"),
    path("khan-cap/", emergencies.list_page, name="emergencies"),
    path("khan-cap/<uuid:number>/", emergencies.emergency_page, name="emergency"),
    path("khan-cap/<uuid:number>/ho-so", emergencies.reading_page, name="emergency_case"),
    path("khan-cap/<uuid:number>/xem-xet", emergencies.review_page, name="emergency_review"),
    path("<uuid:number>/", case.case_page, name="case"),
    path("<uuid:number>/in", case.paper_page, name="print"),
    path("<uuid:number>/chuyen", between.offer_page, name="offer"),
    path("<uuid:number>/nhap", between.join_page, name="join"),
    path("<uuid:number>/tach-lai", between.part_page, name="part"),
    path("<uuid:number>/tach", between.split_page, name="split"),
    path("<uuid:number>/can-cu/<uuid:step>", footings.footing_page, name="footing"),
    path("<uuid:number>/xem-lai/<str:act>", reviews.review_page, name="review"),
    path("<uuid:number>/buoc/<str:act>", steps.step_page, name="step"),
]
