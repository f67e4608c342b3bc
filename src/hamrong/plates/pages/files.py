"""An office's files: those of a day, one of them with its live state, and cancelling one that nobody has pressed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.plates import alarm, rules
from hamrong.plates.actions.files import void
from hamrong.plates.models import Draw, Pool
from hamrong.plates.pages.frame import crumbs, desk_page
from hamrong.plates.queries import files, log, pools
from hamrong.plates.queries.files import Filter, numbers_of
from hamrong.plates.wording import LOOKS, STATES, hint, level, plate, plate_kind, pool_name, state
from hamrong.ui.answers import tell, words
from hamrong.ui.forms import DayField
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Answer, Cell, Column, Row, Stat, Table
from hamrong.ui.qr import qr_of

TONES: Final = {
    "filed": ("info", "circle-dashed"), "pressed": ("info", "clock"), "sealed": ("info", "lock"),
    "drawn": ("good", "circle-check"), "void": ("plain", "ban"),
}  # fmt: skip
NO_CONTENT: Final = 204
"""What htmx is told where nothing has changed: the page stays, and nobody is read the same words again."""


class FilesForm(forms.Form):
    """What the list is narrowed by; everything lives in the address. Without a day in it, it is today's list."""

    q = forms.CharField(label=gettext_lazy("Số hồ sơ hoặc tên chủ xe"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *STATES.items()],
    )
    pool = forms.ChoiceField(label=gettext_lazy("Kho số"), required=False)
    day = DayField(label=gettext_lazy("Ngày nộp"), required=False)

    def __init__(self, asked: Mapping[str, Any], today: date, there: Sequence[Pool]) -> None:
        super().__init__({"day": f"{today:%d/%m/%Y}", **{name: asked[name] for name in asked}})
        choices = [("", _("Tất cả")), *((one.code, pool_name(one)) for one in there)]
        self.fields["pool"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Filter:
        """What a form narrows the list to; one that makes no sense narrows nothing."""
        got = self.cleaned_data if self.is_valid() else {}
        return Filter(got.get("day"), got.get("state", ""), got.get("pool", ""), got.get("q", ""))


@require_safe
@guarded("plate.list", "ward")
def files_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The files of a day, the latest first, with how many stand how; reading the list is on record."""
    now, there = timezone.now(), pools.pools(settings.HAMRONG_PROVINCE)
    today = timezone.localdate(now)
    form = FilesForm(request.GET, today, there)
    chosen = form.chosen
    page = portion(files.of_office(grant, ward, chosen), "filed_at", request.GET, descending=True)
    enter(grant, subject=f"ward:{ward}", at=now, rows=len(page.rows), day=chosen.day.isoformat() if chosen.day else "")
    table = Table(
        _("Hồ sơ, mới nhất trước. Việc xem danh sách này được ghi vào nhật ký."),
        [Column(pgettext("vehicle", "Hồ sơ")), Column(_("Tình trạng")), Column(_("Biển số"), "code"),
         Column(_("Loại biển")), Column(_("Chủ xe")), Column(_("Số khung")), Column(_("Nộp lúc"))],
        [_line(each, {one.code: one for one in there}, ward) for each in page.rows],
        empty=_("Chưa có hồ sơ nào như vậy"),
        empty_hint=_("Bỏ bớt điều kiện lọc, hoặc nhập hồ sơ mới."),
        pager=page.pager, caption_seen=False,
    )  # fmt: skip
    return desk_page(
        request, grant, "files", ward=ward, form=form, table=table, tiles=_tiles(grant, ward, chosen.day or today),
        left_over=files.left_over(grant, ward, today), day=chosen.day,
        late=files.late(grant, ward, log.overdue(now)), minutes=alarm.MINUTES,
        export_url=f"{reverse('plates:export', args=[ward])}?{request.GET.urlencode()}",
    )  # fmt: skip


def _tiles(grant: Grant, ward: str, day: date) -> list[Stat]:
    counted, here = files.counts(grant, ward, day), reverse("plates:files", args=[ward])
    return [
        Stat(state(one), counted.get(one, 0), "", f"{here}?state={one}&day={day:%d/%m/%Y}", tone, icon)  # type: ignore[arg-type]
        for one, (tone, icon) in TONES.items()
    ]


def _line(draw: Draw, there: Mapping[str, Pool], ward: str) -> Row:
    pool = there.get(draw.pool)
    return Row(
        [
            Cell(draw.dossier, note=draw.ticket),
            Cell(state(draw.state), state=LOOKS[draw.state]),
            plate(draw.number, pool.kind if pool else "") if draw.number else "",
            plate_kind(pool, draw.pool, draw.colour),
            draw.owner_name,
            hint(draw.vehicle_hint),
            draw.filed_at,
        ],
        reverse("plates:file", args=[ward, draw.pk]),
    )


def found_or_404(grant: Grant, ward: str, draw: UUID) -> Draw:
    """A file of the office."""
    found = files.one(grant, ward, draw)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.open", "ward", purpose="vehicle-registration")
def file_page(request: HttpRequest, grant: Grant, ward: str, draw: UUID) -> HttpResponse:
    """One file: its ticket with the QR code of the owner's screen, how it stands, and by POST its numbers in full.

    Opening it is on record, with whether the numbers were shown.
    """
    found, numbers = found_or_404(grant, ward, draw), request.method == "POST"
    enter(grant, subject=f"plates-draw:{found.pk}", at=timezone.now(), numbers=numbers)
    shown = numbers_of(found) if numbers else (hint(found.vehicle_hint), hint(found.owner_hint))
    screen = request.build_absolute_uri(reverse("plates:press", args=[found.ticket]))
    return desk_page(
        request, grant, "file", ward=ward, screen=screen, qr=qr_of(screen), crumbs=crumbs(ward, found.dossier),
        numbers=numbers, answers=answers_of(found, shown), **standing(found),
    )  # fmt: skip


def answers_of(draw: Draw, numbers: tuple[str, str]) -> list[Answer]:
    """A file as questions and answers, with the numbers of vehicle and owner as they may be shown."""
    vehicle, document = numbers
    return [
        Answer(_("Số hồ sơ"), draw.dossier),
        Answer(_("Chủ xe"), draw.owner_name),
        Answer(_("Số giấy tờ của chủ xe"), document),
        Answer(_("Số khung"), vehicle),
        Answer(_("Nộp lúc"), draw.filed_at),
        Answer(_("Bấm lúc"), draw.pressed_at),
        Answer(_("Ra số lúc"), draw.drawn_at),
    ]


@require_safe
@guarded("plate.list", "ward")
def file_state(request: HttpRequest, grant: Grant, ward: str, draw: UUID) -> HttpResponse:
    """How a file stands, asked every second; nothing of it is about a person. 204 where it stands as it was seen.

    What can be done with the file, and when it was pressed, stand elsewhere on its page, which so is loaded anew; but
    not where only its place was fixed, for the number is a second away and would have to wait for the page.
    """
    found, seen = found_or_404(grant, ward, draw), request.GET.get("seen")
    if seen == found.state:
        return HttpResponse(status=NO_CONTENT)
    if request.headers.get("HX-Request") and (seen, found.state) != ("pressed", "sealed"):
        return HttpResponse(status=NO_CONTENT, headers={"HX-Refresh": "true"})
    return desk_page(request, grant, "file_state", ward=ward, **standing(found))


def standing(draw: Draw) -> dict[str, Any]:
    """What a page shows of how a draw stands."""
    pool = pools.pool(draw.pool)
    return {
        "draw": draw, "look": LOOKS[draw.state], "state_word": state(draw.state),
        "plate_kind": plate_kind(pool, draw.pool, draw.colour),
        "number": plate(draw.number, pool.kind if pool else "") if draw.number else "",
        "level_word": level(draw.level) if draw.level else "",
    }  # fmt: skip


class VoidForm(forms.Form):
    """Why a file is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do hủy"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do hủy.")},
    )
    use_required_attribute = False


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.void", "ward")
def void_page(request: HttpRequest, grant: Grant, ward: str, draw: UUID) -> HttpResponse:
    """Cancel a file that nobody has pressed: asked once more, with the reason."""
    found, form = found_or_404(grant, ward, draw), VoidForm(request.POST or None)
    back = reverse("plates:file", args=[ward, draw])
    if request.method != "POST" and rules.step("void", found.state) is None:
        messages.warning(request, _("Hồ sơ này không hủy được nữa."))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        answer = void(by=grant, draw=draw, reason=form.cleaned_data["reason"], at=timezone.now())
        if not isinstance(answer, Refusal) or answer.reason == "state":
            tell(request, answer, _("Đã hủy hồ sơ. Xe này có thể nộp hồ sơ mới."))
            return redirect(back)
        form.add_error("reason", words(answer))
    return desk_page(
        request, grant, "void", ward=ward, form=form, draw=found, back_url=back, danger=True, layout="ui/desk.html",
        submit_label=_("Hủy hồ sơ"), crumbs=crumbs(ward, found.dossier),
    )  # fmt: skip
