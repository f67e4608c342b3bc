"""Where each room's pages begin."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from hamrong.access.web import open_to_all
from hamrong.lodging.api import interface
from hamrong.site import health, home, lawbook, published

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("desk/", home.desk, name="desk"),
    path("healthz", open_to_all(health.alive), name="healthz"),
    path("readyz", open_to_all(health.ready), name="readyz"),
    path("language", open_to_all(set_language), name="set_language"),
    path("accounts/", include("hamrong.site.signin_urls")),
    path("", include("hamrong.site.administration_urls")),
    path("ui", include("hamrong.ui.urls")),
    path("api/v1/", include("hamrong.lodging.api.interface")),
    path("receipts/key", interface.public_key, name="receipts_key"),
    path("luat/", lawbook.index, name="law"),
    path("luat/<str:rule_id>", lawbook.rule, name="law_rule"),
    path("nhat-ky/", published.about, name="logs"),
    path("nhat-ky/<str:log>/noi-tiep", published.continued, name="continued"),
    path("nhat-ky/<str:log>/<int:size>.checkpoint", published.checkpoint_file, name="checkpoint_file"),
    path("nhat-ky/<str:log>/<int:old>-<int:new>.proof", published.proof_file, name="proof_file"),
    path("nhat-ky/<str:name>", published.program, name="program"),
    path("audit/<path:path>", published.log_file, {"log": "audit"}, name="audit_log"),
    path("plates/log/<path:path>", published.log_file, {"log": "plates"}, name="plates_log"),
    path("plates/keys.json", published.keys, name="plates_keys"),
    path("board/", include("hamrong.board.urls")),
    path("ho-so/", include("hamrong.casework.urls")),
    path("niem-phong/", include("hamrong.sealed.urls")),
    path("", include("hamrong.papers.urls")),
    path("", include("hamrong.lodging.urls")),
    path("", include("hamrong.plates.urls")),
    path("", include("hamrong.petitions.urls")),
    path("", include("hamrong.petitions.urls_desk")),
]

handler400 = "hamrong.ui.errors.bad_request"
handler403 = "hamrong.ui.errors.forbidden"
handler404 = "hamrong.ui.errors.not_found"
handler500 = "hamrong.site.outages.failed"
