"""The commune's night: who has reported, who is silent and has to be rung, by list, by kind and by street."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.actors import Grant
from hamrong.access.web import guarded
from hamrong.kernel.vietnamese import fold
from hamrong.lodging.actions.reading import note_call
from hamrong.lodging.nights import last_deadline, night_deadline, night_of
from hamrong.lodging.pages.officers import NightForm, desk_page, local, night_asked, nights_beside
from hamrong.lodging.pages.shown import name_of
from hamrong.lodging.queries.nights import STANDINGS, PlaceNight, Standing, board
from hamrong.ui.answers import tell
from hamrong.ui.parts import Cell, Column, Link, Pager, Row, Stat, Table, Tone
from hamrong.ui.states import state

SHOWN: Final = 50
STREETS: Final = 40
VIEWS: Final = ("list", "street", "kind")
TONES: Final[dict[Standing, tuple[Tone, str]]] = {
    "silent": ("bad", "triangle-alert"),
    "late": ("warn", "clock-alert"),
    "waiting": ("info", "clock"),
    "nil": ("plain", "circle-minus"),
    "going_on": ("good", "bed-double"),
    "reported": ("good", "circle-check"),
}
HOUSE: Final = re.compile(r"^(số nhà|số|sn|nhà)\s+\S+\s+(?:(ngõ|ngách|hẻm)\s+\S+\s+)?", re.IGNORECASE)


class BoardForm(NightForm):
    """What the board is narrowed by; everything lives in the address."""

    standing = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Loại cơ sở"), required=False)
    street = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    q = forms.CharField(label=gettext_lazy("Tên, mã hoặc địa chỉ"), required=False, max_length=100)
    view = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("q", "standing", "kind", "night")

    def __init__(self, *args: Any, kinds: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("Tất cả"))
        self.fields["standing"].choices = [every, *((one, standing_word(one)) for one in STANDINGS)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [every, *((one, name_of("establishment-kinds", one)) for one in kinds)]  # type: ignore[attr-defined]


def standing_word(standing: str) -> str:
    """How an establishment stands, in words."""
    if standing == "not_expected":
        return _("Không có phòng")
    return str(_("Còn trong hạn") if standing == "waiting" else state(standing).label)


def street_of(address: str) -> str:
    """The street or hamlet of an address: without the house's number, up to the first comma."""
    return HOUSE.sub("", address.split(",")[0].strip()).strip() or address


@require_safe
@guarded("night.read", "ward")
def board_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The night of a commune at a glance, and every establishment in the order of need."""
    now = timezone.now()
    night = night_asked(NightForm(request.GET), now)
    rows = _rows(grant, ward, night, now)
    form = BoardForm(request.GET, kinds=sorted({row.place.kind for row in rows}))
    asked = form.cleaned_data if form.is_valid() else {}
    view = next((one for one in VIEWS if one == asked.get("view")), VIEWS[0])
    chosen = [row for row in rows if _fits(row, asked)]
    return desk_page(
        request,
        grant,
        "board",
        ward=ward,
        here="board",
        night=night,
        now=now,
        due=night_deadline(night).legal,
        last=last_deadline(night),
        why=night_deadline(night).as_dict(get_language() or "vi"),
        is_tonight=night == night_of(now),
        beside=nights_beside(night, night_of(now)),
        form=form,
        tiles=_tiles(rows, ward, night),
        views=_views(request, view),
        table=_table(chosen, ward, night, request.GET.get("after", ""))
        if view == "list"
        else _grouped(chosen, view, ward, night),
        urgent=sum(row.standing == "silent" for row in rows),
    )


def _rows(grant: Grant, ward: str, night: date, now: datetime) -> Sequence[PlaceNight]:
    return board(grant, ward, night, deadline=night_deadline(night).legal, now=now)


def _fits(row: PlaceNight, asked: dict[str, Any]) -> bool:
    wanted = fold(asked.get("q") or "")
    found = not wanted or wanted in f"{row.place.name_key} {fold(row.place.code)} {fold(row.place.address)}"
    return (
        found
        and asked.get("standing") in ("", None, row.standing)
        and asked.get("kind") in ("", None, row.place.kind)
        and asked.get("street") in ("", None, street_of(row.place.address))
    )


def _tiles(rows: Sequence[PlaceNight], ward: str, night: date) -> list[Stat]:
    """How many stand how; each number opens its list."""
    counts = Counter(row.standing for row in rows)
    guests, foreigners = sum(row.stays for row in rows), sum(row.foreigners for row in rows)
    day = f"{night:%d/%m/%Y}"
    here, stays = reverse("lodging:board", args=[ward]), reverse("lodging:night_stays", args=[ward])
    called = sum(row.standing == "silent" and row.word is not None for row in rows)
    notes = {"silent": _("đã gọi %(n)d") % {"n": called} if counts["silent"] else ""}
    # until the deadline nobody is silent, after it nobody has time left
    unsaid = "silent" if counts["waiting"] else "waiting"
    tiles = [
        Stat(
            standing_word(one),
            counts[one],
            notes.get(one, ""),
            f"{here}?standing={one}&night={day}",
            tone if counts[one] else "plain",
            icon,
        )
        for one, (tone, icon) in TONES.items()
        if one != unsaid
    ]
    in_all = _("%(n)d người nước ngoài") % {"n": foreigners}
    return [*tiles, Stat(_("Khách trong đêm"), guests, in_all, f"{stays}?night={day}", "plain", "users")]


def _views(request: HttpRequest, view: str) -> list[Link]:
    """The faces of the board, with the filters kept."""
    labels = {"list": _("Danh sách"), "street": _("Theo đường, thôn"), "kind": _("Theo loại cơ sở")}
    icons = {"list": "list", "street": "map-pin", "kind": "building-2"}
    links = []
    for one in VIEWS:
        query = request.GET.copy()
        query.pop("after", None)
        query["view"] = one
        links.append(Link(labels[one], f"?{query.urlencode()}", one == view, icons[one]))
    return links


def _table(rows: Sequence[PlaceNight], ward: str, night: date, after: str) -> Table:
    start = next((n + 1 for n, row in enumerate(rows) if row.place.code == after), 0)
    shown = rows[start : start + SHOWN]
    more = shown[-1].place.code if start + SHOWN < len(rows) else ""
    columns = [
        Column(_("Cơ sở")),
        Column(_("Tình trạng")),
        Column(_("Khách (+ ở tiếp)"), "number"),
        Column(_("Nước ngoài"), "number"),
        Column(_("Chậm"), "number"),
        Column(_("Phòng"), "number"),
        Column(_("Báo lần cuối"), "day"),
        Column(_("Điện thoại"), "code"),
    ]
    return Table(
        _("Cơ sở lưu trú, cần chú ý trước"),
        columns,
        [_line(row, ward, night) for row in shown],
        empty=_("Không có cơ sở nào như vậy"),
        empty_hint=_("Bỏ bớt điều kiện lọc, hoặc xem đêm khác."),
        pager=Pager(after=more, shown=len(shown), total=len(rows)),
        caption_seen=False,
        name="places",
    )


def _line(row: PlaceNight, ward: str, night: date) -> Row:
    place = row.place
    address = reverse("lodging:ward_place", args=[ward, place.code])
    stands: object = standing_word(row.standing)
    if row.standing != "not_expected":
        stands = Cell(standing_word(row.standing), state=row.standing, note=_word(row))
    stays = f"{reverse('lodging:night_stays', args=[ward])}?place={place.code}&night={night:%d/%m/%Y}"
    return Row(
        [
            Cell(place.name, note=f"{place.code} · {name_of('establishment-kinds', place.kind)} · {place.address}"),
            stands,
            Cell(row.stays, url=stays if row.stays else "", note=f"+{row.going_on}" if row.going_on else ""),
            row.foreigners,
            row.late,
            row.rooms,
            f"{local(row.last_at):%H:%M %d/%m}" if row.last_at else "",
            Cell(place.phone, url=f"tel:{place.phone.replace(' ', '')}" if place.phone else ""),
        ],
        f"{address}?night={night:%d/%m/%Y}",
        place.code,
    )


def _word(row: PlaceNight) -> str:
    """The last call about the night, in a few words."""
    if row.word is None:
        return ""
    return f"{way_word(row.word.way)} {local(row.word.at):%H:%M}"


def way_word(way: str) -> str:
    """What a call was."""
    words = {
        "reached": _("Đã gọi, có người nghe"),
        "no_answer": _("Đã gọi, không ai nghe"),
        "phoned": _("Cơ sở gọi đến"),
        "came": _("Đến trực tiếp"),
    }
    return words[way]


def _grouped(rows: Sequence[PlaceNight], view: str, ward: str, night: date) -> Table:
    """How many establishments stand how, by street or by kind; those with most silent ones first."""
    keys = [street_of(row.place.address) if view == "street" else row.place.kind for row in rows]
    counts = Counter(zip(keys, (row.standing for row in rows), strict=True))
    guests: Counter[str] = Counter()
    for key, row in zip(keys, rows, strict=True):
        guests[key] += row.stays
    names = sorted(set(keys), key=lambda one: (-counts[one, "silent"], -counts[one, "late"], one))
    here, day = reverse("lodging:board", args=[ward]), f"{night:%d/%m/%Y}"
    lines = [
        Row(
            [
                one if view == "street" else name_of("establishment-kinds", one),
                *(counts[one, standing] for standing in TONES),
                guests[one],
            ],
            f"{here}?{urlencode({view: one, 'night': day})}",
        )
        for one in names[:STREETS]
    ]
    title = _("Đường, thôn") if view == "street" else _("Loại cơ sở")
    columns = [Column(title), *(Column(standing_word(one), "number") for one in TONES), Column(_("Khách"), "number")]
    return Table(_("Số cơ sở theo tình trạng"), columns, lines, caption_seen=False, name=f"by-{view}")


@require_safe
@guarded("night.read", "ward")
def calls_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """Whom to ring: establishments with rooms that have said nothing, those nobody rang yet first."""
    now = timezone.now()
    night = night_asked(NightForm(request.GET), now)
    quiet = [row for row in _rows(grant, ward, night, now) if row.standing in {"silent", "waiting"}]
    quiet.sort(key=lambda row: (row.word is not None, row.standing != "silent", -row.rooms))
    return desk_page(
        request,
        grant,
        "calls",
        ward=ward,
        here="calls",
        night=night,
        now=now,
        due=night_deadline(night).legal,
        rows=[(row, way_word(row.word.way) if row.word else "") for row in quiet],
        called=sum(row.word is not None for row in quiet),
        may_note=grant.scope_kind == "ward",
    )


@require_POST
@guarded("place.call", "ward")
def call_noted(request: HttpRequest, grant: Grant, ward: str, code: str) -> HttpResponse:
    """Note a call, and go back to whom to ring next."""
    now = timezone.now()
    night = night_asked(NightForm(request.POST), now)
    way, note = request.POST.get("way", ""), request.POST.get("note", "")
    answer = note_call(by=grant, code=code, night=night, way=way, note=note, at=now)
    tell(request, answer, _("Đã ghi cuộc gọi."))
    return redirect(f"{reverse('lodging:calls', args=[ward])}?night={night:%d/%m/%Y}")


@require_safe
@guarded("night.read", "ward")
def sheet(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The night on paper: counts, and who has to be rung."""
    now = timezone.now()
    night = night_asked(NightForm(request.GET), now)
    rows = _rows(grant, ward, night, now)
    counts = Counter(row.standing for row in rows)
    lines = [(standing_word(one), counts[one]) for one in STANDINGS]
    quiet = [row for row in rows if row.standing in {"silent", "waiting", "late"}]
    return desk_page(
        request,
        grant,
        "sheet",
        ward=ward,
        night=night,
        now=now,
        lines=lines,
        rows=[(row, standing_word(row.standing), _word(row)) for row in quiet],
        guests=sum(row.stays for row in rows),
        foreigners=sum(row.foreigners for row in rows),
    )
