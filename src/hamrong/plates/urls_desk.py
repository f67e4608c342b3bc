"""Addresses of the office that registers vehicles, and of the province's pools."""

from django.urls import path

from hamrong.plates.pages import after, changing, delays, entering, files, filing, search, slips, stock, tallies

urlpatterns = [
    path("desk/<ward:ward>/plates/", files.files_page, name="files"),
    path("desk/<ward:ward>/plates/export", search.export_page, name="export"),
    path("desk/<ward:ward>/plates/new", filing.new_file, name="new_file"),
    path("desk/<ward:ward>/plates/given/", after.given_page, name="given"),
    path("desk/<ward:ward>/plates/given/enter", entering.enter_page, name="given_enter"),
    path("desk/<ward:ward>/plates/given/act/<uuid:act>/done", after.finish_page, name="given_finish"),
    path("desk/<ward:ward>/plates/given/act/<uuid:act>/undo", after.undo_page, name="given_undo"),
    path("desk/<ward:ward>/plates/given/<str:number>/", after.plate_page, name="given_plate"),
    path("desk/<ward:ward>/plates/given/<str:number>/<str:what>", after.ask_page, name="given_ask"),
    path("desk/<ward:ward>/plates/search/", search.search_page, name="search"),
    path("desk/<ward:ward>/plates/search/<uuid:search>/", search.results_page, name="results"),
    path("desk/<ward:ward>/plates/search/<uuid:search>/<uuid:draw>/", search.found_page, name="found"),
    path("desk/<ward:ward>/plates/search/<uuid:search>/<str:number>/", search.found_plate_page, name="found_plate"),
    path("desk/<ward:ward>/plates/<uuid:draw>/", files.file_page, name="file"),
    path("desk/<ward:ward>/plates/<uuid:draw>/state", files.file_state, name="file_state"),
    path("desk/<ward:ward>/plates/<uuid:draw>/void", files.void_page, name="void"),
    path("desk/<ward:ward>/plates/<uuid:draw>/slip.pdf", slips.slip, name="slip"),
    path("province/plates/", stock.stock_page, name="stock"),
    path("province/plates/series.csv", stock.series_csv, name="series_csv"),
    path("province/plates/open", changing.open_page, name="open_pool"),
    path("province/plates/given", tallies.province_page, name="given_province"),
    path("province/plates/delays/<int:seal>", delays.remark_page, name="remark"),
    path("province/plates/<str:pool>/", stock.pool_page, name="stock_pool"),
    path("province/plates/<str:pool>/add", changing.add_page, name="add_series"),
    path("province/plates/<str:pool>/list", changing.list_new, name="new_list"),
    path("province/plates/<str:pool>/list/<uuid:number_list>/", changing.list_page, name="list"),
    path("province/plates/<str:pool>/list/<uuid:number_list>/confirm", changing.list_confirm, name="confirm_list"),
    path("province/plates/<str:pool>/list/<uuid:number_list>/drop", changing.list_drop, name="drop_list"),
]
