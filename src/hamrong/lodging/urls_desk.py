"""Addresses of the officers' pages: the desk of a commune, and the province's."""

from django.urls import path

from hamrong.lodging.pages import assist, departures, desk, exports, night_stays, places, province, search

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
    path("desk/<ward:ward>/stays/export", exports.night_export, name="night_export"),
    path("desk/<ward:ward>/departures/", departures.departures_page, name="departures"),
    path("desk/<ward:ward>/departures/export", exports.departures_export, name="departures_export"),
    path("desk/<ward:ward>/search/", search.ward_search, name="ward_search"),
    path("desk/<ward:ward>/search/<uuid:search>/", search.ward_results, name="ward_results"),
    path("desk/<ward:ward>/search/<uuid:search>/export", exports.ward_search_export, name="ward_search_export"),
    path("desk/<ward:ward>/search/<uuid:search>/<day:night>/<uuid:stay>/", search.ward_found, name="ward_found_stay"),
    path("province/search/", search.province_search, name="province_search"),
    path("province/search/<uuid:search>/", search.province_results, name="province_results"),
    path("province/search/<uuid:search>/export", exports.province_search_export, name="province_search_export"),
    path("province/search/<uuid:search>/<day:night>/<uuid:stay>/", search.province_found, name="province_found_stay"),
    path("desk/<ward:ward>/assist/", assist.choose, name="assist"),
    path("desk/<ward:ward>/assist/<place:code>/", assist.assist, name="assist_for"),
    path("desk/<ward:ward>/assist/<place:code>/<str:receipt>", assist.assisted, name="assisted"),
    path("province/", province.province_page, name="province"),
    path("province/discipline/", province.discipline_page, name="discipline"),
    path("province/outage", province.publish_outage, name="publish_outage"),
]
