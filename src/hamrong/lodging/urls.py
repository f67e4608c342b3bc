"""Addresses of lodging: the establishment's own pages and the public ones."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from hamrong.lodging.pages import amendments, drafts, files, guests, host, public, receipts, registration, rooms, stays


class CodeConverter(StringConverter):
    """The code of an establishment, which no other address looks like."""

    regex = "[A-Z]{1,6}-[0-9]{4,6}"


class ActConverter(StringConverter):
    """A small act upon a stay."""

    regex = "extend|leave_early|depart|cancel"


register_converter(CodeConverter, "place")
register_converter(ActConverter, "act")

app_name = "lodging"
urlpatterns = [
    path("", include("hamrong.lodging.urls_desk")),
    path("lodging/", public.about, name="about"),
    path("lodging/deadline", public.calculator, name="calculator"),
    path("lodging/outages", public.outages, name="outages"),
    path("lodging/apply", registration.apply, name="apply"),
    path("lodging/follow", registration.follow, name="follow"),
    path("r/", receipts.lookup, name="lookup"),
    path("r/<str:code>", receipts.receipt, name="receipt"),
    path("r/<str:code>/receipt.json", receipts.receipt_json, name="receipt_json"),
    path("lodging/<place:establishment>/", host.tonight_page, name="tonight"),
    path("lodging/<place:establishment>/nil", host.nil, name="nil"),
    path("lodging/<place:establishment>/nil/undo", host.nil_undo, name="nil_undo"),
    path("lodging/<place:establishment>/guests/new", guests.new_guest, name="new_guest"),
    path("lodging/<place:establishment>/guests", stays.guests, name="guests"),
    path("lodging/<place:establishment>/guests/list.<file:kind>", stays.export, name="export"),
    path("lodging/<place:establishment>/guests/<day:night>/<uuid:stay>", stays.stay, name="stay"),
    path("lodging/<place:establishment>/guests/<day:night>/<uuid:stay>/correct", amendments.correct, name="correct"),
    path("lodging/<place:establishment>/guests/<day:night>/<uuid:stay>/<act:act>", amendments.act, name="amend"),
    path("lodging/<place:establishment>/drafts", drafts.save, name="save_draft"),
    path("lodging/<place:establishment>/drafts/<uuid:draft>", drafts.open_draft, name="draft"),
    path("lodging/<place:establishment>/drafts/<uuid:draft>/delete", drafts.delete, name="delete_draft"),
    path("lodging/<place:establishment>/files", files.files, name="files"),
    path("lodging/<place:establishment>/files/upload", files.upload, name="upload"),
    path("lodging/<place:establishment>/files/template.xlsx", files.blank, name="file_template"),
    path("lodging/<place:establishment>/files/<uuid:batch>", files.file, name="file"),
    path("lodging/<place:establishment>/files/<uuid:batch>/columns", files.confirm, name="file_confirm"),
    path("lodging/<place:establishment>/files/<uuid:batch>/send", files.run, name="file_run"),
    path("lodging/<place:establishment>/files/<uuid:batch>/marked.xlsx", files.marked, name="file_marked"),
    path("lodging/<place:establishment>/rooms", rooms.rooms, name="rooms"),
    path("lodging/<place:establishment>/card.pdf", rooms.card, name="card"),
    path("lodging/<place:establishment>/receipts/<str:code>", receipts.host_receipt, name="host_receipt"),
    path("lodging/<place:establishment>/receipts/<str:code>/receipt.pdf", receipts.receipt_pdf, name="receipt_pdf"),
]
