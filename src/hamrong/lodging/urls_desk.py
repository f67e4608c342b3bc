"""Addresses of the officers' pages: the desk of a commune, and the province's."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from hamrong.lodging.pages import desk, night_stays, places


class WardConverter(StringConverter):
    """The code of a commune, five digits."""

    regex = "[0-9]{5}"


register_converter(WardConverter, "ward")

urlpatterns = [
    path("desk/<ward:ward>/", desk.board_page, name="board"),
    path("desk/<ward:ward>/calls/", desk.calls_page, name="calls"),
    path("desk/<ward:ward>/calls/<str:code>", desk.call_noted, name="call_noted"),
    path("desk/<ward:ward>/sheet", desk.sheet, name="sheet"),
    path("desk/<ward:ward>/places/", places.places_page, name="places"),
    path("desk/<ward:ward>/places/<str:code>/", places.place_page, name="ward_place"),
    path("desk/<ward:ward>/places/<str:code>/decide", places.decided, name="place_decided"),
    path("desk/<ward:ward>/stays/", night_stays.stays_page, name="night_stays"),
    path("desk/<ward:ward>/stays/<day:night>/<uuid:stay>/", night_stays.stay_page, name="ward_stay"),
]
