"""Addresses of number plates: what everybody may read and check, the owner's screen, and the desks."""

from django.urls import include, path

from hamrong.plates.pages import checking, delays, fairness, owner, public, reading, slips

app_name = "plates"
urlpatterns = [
    path("", include("hamrong.plates.urls_desk")),
    path("bien-so/", public.about, name="about"),
    path("bien-so/kiem-tra/", checking.check, name="check"),
    path("bien-so/doc/", reading.read_page, name="read"),
    path("p/<path:code>", checking.check_code, name="check_code"),
    # a QR code holds capitals in less, and these are the capitals of the address above
    path("P/<path:code>", checking.check_code),
    path("p/", checking.check_code),
    path("P/", checking.check_code),
    path("bien-so/luot-bam/<day:day>/", public.day, name="day"),
    path("bien-so/luot-bam/<day:day>.csv", public.day_csv, name="day_csv"),
    path("bien-so/luot-bam/<day:day>.json", public.day_json, name="day_json"),
    path("bien-so/cho-ra-so.json", public.waiting_json, name="waiting_json"),
    path("bien-so/ra-so-cham/", delays.delays_page, name="delays"),
    path("bien-so/ra-so-cham.json", delays.delays_json, name="delays_json"),
    path("bien-so/cong-bang/", fairness.fairness, name="fairness"),
    path("bien-so/cong-bang/bao-cao.json", fairness.fairness_json, name="fairness_json"),
    path("bien-so/cong-bang/phep-thu.yaml", fairness.fairness_tests, name="fairness_tests"),
    path("bien-so/kho/<str:pool>/", public.pool, name="pool"),
    path("bien-so/kho/<str:pool>/<int:event>.txt", public.pool_file, name="pool_file"),
    path("bien-so/phieu/<str:pool>/<int:seq>.plate.json", slips.receipt_file, name="receipt_file"),
    path("bien-so/bam/", owner.tickets, name="tickets"),
    path("bien-so/bam/<str:ticket>", owner.press_page, name="press"),
    path("bien-so/bam/<str:ticket>/phieu.pdf", slips.own_slip, name="own_slip"),
]
