"""A new file: what the officer types or reads from the card, checked once more, filed; the owner presses after that."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.audit.signing import SigningProblem
from hamrong.plates.actions.files import file
from hamrong.plates.forms.filing import CardForm, FileForm, Scan, scanned
from hamrong.plates.pages.frame import crumbs, desk_page, signing
from hamrong.plates.queries import after, files, pools
from hamrong.plates.sealer import VEHICLE_KEY
from hamrong.plates.wording import plate, plate_kind
from hamrong.ui.answers import words
from hamrong.ui.parts import Answer


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.file", "ward")
def new_file(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The form and what its buttons do: `read` a card, `check` the answers, `edit` again, `file`."""
    there = [one for one in pools.pools(settings.HAMRONG_PROVINCE) if one.remaining]
    if request.method != "POST":
        return _form(request, grant, ward, FileForm(pools=there))
    form, do = FileForm(request.POST, pools=there), request.POST.get("do", "check")
    if do == "read" and request.POST.get("scan", "").strip():
        scan = scanned(request.POST["scan"], timezone.localdate())
        filled = FileForm(initial={**form.typed(), **scan.values}, pools=there)
        return _form(request, grant, ward, filled, scan)
    if do == "edit":
        return _form(request, grant, ward, FileForm(initial=form.typed(), pools=there))
    if not form.is_valid():
        return _form(request, grant, ward, form)
    return _filed(request, grant, ward, form, timezone.now()) if do == "file" else _check(request, grant, ward, form)


def _form(request: HttpRequest, grant: Grant, ward: str, form: FileForm, scan: Scan | None = None) -> HttpResponse:
    return desk_page(
        request, grant, "file_form", ward=ward, form=form, scan=scan, crumbs=crumbs(ward, _("Hồ sơ xe mới")),
        card=CardForm(initial={"scan": request.POST.get("scan", "") if scan and scan.problem else ""}),
    )  # fmt: skip


def _check(request: HttpRequest, grant: Grant, ward: str, form: FileForm) -> HttpResponse:
    """Everything once more before it is filed: what is filed cannot be changed, only cancelled."""
    told, chosen = form.told, pools.pool(form.pool)
    answers = [
        Answer(_("Loại biển số"), plate_kind(chosen, form.pool, told.colour)),
        Answer(_("Số hồ sơ"), told.dossier),
        Answer(_("Số khung"), told.vehicle),
        Answer(_("Chủ xe"), told.owner),
        Answer(_("Số giấy tờ của chủ xe"), told.owner_document),
    ]
    held = after.kept_for(told.owner_document)
    if held:
        enter(grant, subject=f"ward:{ward}", at=timezone.now(), kept=[one.name for one in held])
    return desk_page(
        request, grant, "file_check", ward=ward, answers=answers, carried=list(form.typed().items()),
        held=[(one, plate(one.number, one.kind)) for one in held],
        crumbs=crumbs(ward, _("Hồ sơ xe mới")),
    )  # fmt: skip


def _filed(request: HttpRequest, grant: Grant, ward: str, form: FileForm, now: datetime) -> HttpResponse:
    prove = partial(signing().prove, VEHICLE_KEY)
    try:
        answer = file(by=grant, pool=form.pool, told=form.told, province=settings.HAMRONG_PROVINCE, prove=prove, at=now)
    except SigningProblem:
        form.add_error(None, _("Tiến trình giữ khóa chưa trả lời. Chưa có gì được ghi; hãy thử lại sau ít phút."))
        return _form(request, grant, ward, form)
    if not isinstance(answer, Refusal):
        return redirect("plates:file", ward=ward, draw=answer.pk)
    there = files.waiting_of_vehicle(grant, ward, form.told.vehicle) if answer.reason == "conflict" else None
    if there is not None:
        messages.info(request, _("Xe này đã có hồ sơ chờ bấm số. Đây là hồ sơ đó; không có hồ sơ mới."))
        return redirect("plates:file", ward=ward, draw=there.pk)
    form.add_error(None, words(answer))
    return _form(request, grant, ward, form)
