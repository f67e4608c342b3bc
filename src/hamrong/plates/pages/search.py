"""Searching plates and files by a number, for a purpose, on record; and the list of files as a file."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.web import Refused, guarded
from hamrong.org.queries import unit
from hamrong.plates.forms.search import ExportForm, SearchForm
from hamrong.plates.models import Draw, Plate
from hamrong.plates.pages.after import event_of, facts_of
from hamrong.plates.pages.files import FilesForm, answers_of, standing
from hamrong.plates.pages.frame import desk_page, office_name, purpose_name, written
from hamrong.plates.queries import after, files, pools
from hamrong.plates.queries.files import Search
from hamrong.plates.wording import LOOKS, ORIGINS, PLATE_STATES, colour, hint, local, plate, plate_kind, state
from hamrong.ui.answers import words
from hamrong.ui.exports import sent
from hamrong.ui.kept import keep, kept
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Cell, Column, Row, Table
from hamrong.ui.sheets import Line

SESSION: Final = "plates.searches"
SHOWN: Final = 100
"""How many plates a search shows; how many more there are is said."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.list", "ward", purpose="vehicle-registration")
def search_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The form; a search that is allowed is kept, sealed, and what it found is another page."""
    form = SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        answer = _asked(grant, "plate.search", ward, got["purpose"], got["case_ref"])
        if not isinstance(answer, Refusal):
            content = {**asdict(form.search), "purpose": got["purpose"], "case_ref": got["case_ref"], "ward": ward}
            return redirect("plates:results", ward=ward, search=keep(request, SESSION, content))
        form.add_error("case_ref" if answer.reason == "case-missing" else "purpose", words(answer))
    return desk_page(request, grant, "search", ward=ward, form=form)


def _asked(grant: Grant, act: str, ward: str, purpose: str, case_ref: str = "") -> Grant | Refusal:
    """The answer of policy to the same actor for another act, with the purpose that was chosen."""
    target = Target(ward=ward, province=settings.HAMRONG_PROVINCE)
    return decide(grant.actor, act, target, purpose=purpose, case_ref=case_ref)


def _kept(request: HttpRequest, grant: Grant, act: str, ward: str, search: UUID) -> tuple[Search, Grant]:
    """A search of this session with the grant for its purpose, decided anew; 404 where the session has none."""
    content = kept(request, SESSION, search)
    if content is None or content.pop("ward") != ward:
        raise Http404
    answer = _asked(grant, act, ward, content.pop("purpose"), content.pop("case_ref"))
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return Search(**content), answer


@require_safe
@guarded("plate.list", "ward", purpose="vehicle-registration")
def results_page(request: HttpRequest, grant: Grant, ward: str, search: UUID) -> HttpResponse:
    """What a search found within the grant, the latest first; each page is on record with what was looked for."""
    asked, allowed = _kept(request, grant, "plate.search", ward, search)
    page = portion(files.found(allowed, asked), "filed_at", request.GET, descending=True)
    every = files.found_plates(allowed, asked)
    plates, count = list(every[:SHOWN]), every.count()
    rows, subject = len(page.rows), f"search:{search}"
    enter(allowed, subject=subject, at=timezone.now(), rows=rows, plates=len(plates), **asked.told())
    columns = [
        Column(pgettext("vehicle", "Hồ sơ")), Column(_("Tình trạng")), Column(_("Biển số"), "code"),
        Column(_("Chủ xe")), Column(_("Số khung")), Column(_("Nơi đăng ký")), Column(_("Nộp lúc")),
    ]  # fmt: skip
    table = Table(
        _("Hồ sơ bấm số, mới nhất trước"), columns, [_line(each, ward, search) for each in page.rows],
        empty=_("Không tìm thấy hồ sơ nào"), empty_hint=_("Kiểm tra lại từng chữ; phải gõ đủ cả số."),
        pager=page.pager, caption_seen=False,
    )  # fmt: skip
    return desk_page(
        request, grant, "results", ward=ward, table=table, purpose=purpose_name(allowed.purpose),
        case_ref=allowed.case_ref, told=_told(asked), plates=_plates(plates, ward, search), more=count - len(plates),
    )  # fmt: skip


def _plates(found: Sequence[Plate], ward: str, search: UUID) -> Table:
    """The plates on the books that fit: how each stands now, whoever drew it or brought it."""
    rows = [
        Row(
            [
                plate(one.number, one.kind),
                Cell(str(PLATE_STATES[one.state][1]), state=PLATE_STATES[one.state][0]),
                plate_kind(None, one.kind, one.colour), one.owner_name,
                str(ORIGINS[one.origin]) if one.origin else _("Bấm số"), office_name(one.ward), one.since,
            ],
            reverse("plates:found_plate", args=[ward, search, one.name]),
        )
        for one in found
    ]  # fmt: skip
    columns = [
        Column(_("Biển số"), "code"), Column(_("Tình trạng")), Column(_("Loại biển")), Column(_("Chủ xe")),
        Column(_("Nguồn gốc")), Column(_("Nơi quản lý")), Column(_("Từ lúc")),
    ]  # fmt: skip
    return Table(
        _("Biển trong sổ, mới nhất trước"), columns, rows, empty=_("Không có biển nào như vậy trong sổ của đơn vị"),
        empty_hint=_("Kiểm tra lại từng chữ; phải gõ đủ cả số. Biển do nơi khác quản lý thì tìm tại nơi đó."),
        caption_seen=False, name="plates",
    )  # fmt: skip


def _told(asked: Search) -> list[str]:
    """What was looked for; of the numbers of vehicles and people only that there was one."""
    told = [_("một số khung") if asked.vehicle else "", _("một số giấy tờ") if asked.document else "", asked.plate]
    return [word for word in told if word]


def _line(draw: Draw, ward: str, search: UUID) -> Row:
    office = unit(draw.ward)
    return Row(
        [
            Cell(draw.dossier, note=draw.ticket), Cell(state(draw.state), state=LOOKS[draw.state]),
            written(draw.number) if draw.number else "", draw.owner_name, hint(draw.vehicle_hint),
            office.name if office else draw.ward, draw.filed_at,
        ],
        reverse("plates:found", args=[ward, search, draw.pk]),
    )  # fmt: skip


@require_safe
@guarded("plate.list", "ward", purpose="vehicle-registration")
def found_page(request: HttpRequest, grant: Grant, ward: str, search: UUID, draw: UUID) -> HttpResponse:
    """One file that a search found, opened for the purpose of that search; opening it is on record."""
    asked, allowed = _kept(request, grant, "plate.open", ward, search)
    found = files.found(allowed, asked).filter(pk=draw).first()
    if found is None:
        raise Http404
    enter(allowed, subject=f"plates-draw:{found.pk}", at=timezone.now())
    return desk_page(
        request, grant, "found", ward=ward, purpose=purpose_name(allowed.purpose),
        back=reverse("plates:results", args=[ward, search]), own=found.ward == ward,
        answers=answers_of(found, (hint(found.vehicle_hint), hint(found.owner_hint))), **standing(found),
    )  # fmt: skip


@require_safe
@guarded("plate.list", "ward", purpose="vehicle-registration")
def found_plate_page(request: HttpRequest, grant: Grant, ward: str, search: UUID, number: str) -> HttpResponse:
    """One plate that a search found, as it stands and with what was done to it, for the purpose of that search."""
    asked, allowed = _kept(request, grant, "plate.open", ward, search)
    name, _mark, kind = number.partition("~")
    plates = files.found_plates(allowed, asked).filter(number=name)
    found = (plates.filter(kind=kind) if kind else plates).first()
    if found is None:
        raise Http404
    enter(allowed, subject=found.subject, at=timezone.now())
    look, word = PLATE_STATES[found.state]
    return desk_page(
        request, grant, "found_plate", ward=ward, purpose=purpose_name(allowed.purpose), plate=found,
        number=plate(found.number, found.kind), look=look, state_word=word, own=found.ward == ward,
        back=reverse("plates:results", args=[ward, search]), answers=facts_of(found),
        history=[event_of(one) for one in after.history(allowed, found)],
    )  # fmt: skip


def head() -> tuple[str, ...]:
    """The columns of an export; numbers of vehicles and owners stay masked in it."""
    return (
        _("Nộp lúc"), _("Số hồ sơ"), _("Kho"), _("Loại biển"), _("Tình trạng"), _("Chủ xe"), _("Số khung (che)"),
        _("Mã phiếu"), _("Thứ tự"), _("Biển số"), _("Mức"), _("Ra số lúc"),
    )  # fmt: skip


def line(draw: Draw) -> Line:
    """A file in the order of `head`."""
    return (
        local(draw.filed_at).isoformat(timespec="minutes"), draw.dossier, draw.pool, colour(draw.colour),
        state(draw.state), draw.owner_name, draw.vehicle_hint, draw.ticket, str(draw.seq or ""), draw.number or "",
        draw.level, local(draw.drawn_at).isoformat(timespec="seconds") if draw.drawn_at else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.list", "ward", purpose="vehicle-registration")
def export_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponseBase:
    """The list of files as a file: purpose first; the filters of the list stay in force."""
    now = timezone.now()
    form = ExportForm(request.POST or None, initial={"format": "xlsx"})
    if request.method == "POST" and form.is_valid():
        answer = _asked(grant, "plate.export", ward, form.cleaned_data["purpose"])
        if isinstance(answer, Refusal):
            form.add_error("purpose", words(answer))
        else:
            there = pools.pools(settings.HAMRONG_PROVINCE)
            chosen = FilesForm(request.GET, timezone.localdate(now), there).chosen
            found = files.of_office(answer, ward, chosen).order_by("-filed_at", "-id")
            name = f"bien-so-{ward}-{timezone.localdate(now):%Y%m%d}"
            file = sent(form, by=answer, found=found, head=head(), line=line, name=name, subject=f"ward:{ward}", at=now)
            if file:
                return file
    back = f"{reverse('plates:files', args=[ward])}?{request.GET.urlencode()}"
    return desk_page(request, grant, "export", ward=ward, form=form, back=back)
