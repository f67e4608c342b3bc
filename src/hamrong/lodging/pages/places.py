"""Establishments as their commune sees them: the list, one of them with its nights, and what is decided about it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.actors import Grant
from hamrong.access.web import guarded
from hamrong.kernel.vietnamese import fold
from hamrong.lodging.actions.establishments import FROM, decide
from hamrong.lodging.nights import night_deadline, night_of
from hamrong.lodging.pages.desk import TONES, standing_word, way_word
from hamrong.lodging.pages.officers import crumbs, desk_page
from hamrong.lodging.pages.shown import moment, name_of
from hamrong.lodging.queries import places
from hamrong.lodging.queries.hosts import Establishment
from hamrong.lodging.queries.nights import standing
from hamrong.lodging.queries.places import PastNight
from hamrong.ui.answers import tell
from hamrong.ui.parts import Answer, Cell, Column, Event, Pager, Row, Table

SHOWN: Final = 100
NIGHTS: Final = 30
STATES: Final = ("applied", "active", "suspended", "closed", "refused")
LOOKS: Final = {"applied": "waiting", "refused": "rejected"}
"""Where the look of a state has another name than the state."""


class PlacesForm(forms.Form):
    """What the list of establishments is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Tên, mã hoặc địa chỉ"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("Trạng thái"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Tất cả")), *((one, state_word(one)) for one in STATES)]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What the commune decides, and why."""

    decision = forms.ChoiceField(label=gettext_lazy("Quyết định"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bắt buộc khi từ chối, tạm ngừng hoặc đóng. Cơ sở đọc được lý do này."),
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_now = [one for one, states in FROM.items() if state in states]
        self.fields["decision"].choices = [(one, decision_word(one)) for one in open_now]  # type: ignore[attr-defined]


def state_word(state: str) -> str:
    """An establishment's state in words."""
    words = {
        "applied": _("Chờ duyệt"),
        "active": _("Đang hoạt động"),
        "suspended": _("Đang tạm ngừng"),
        "closed": _("Đã đóng"),
        "refused": _("Đã từ chối"),
    }
    return words[state]


def decision_word(decision: str) -> str:
    """A decision as the button that takes it says it."""
    words = {
        "approve": _("Duyệt, cho thông báo từ bây giờ"),
        "refuse": _("Từ chối"),
        "suspend": pgettext("decision", "Tạm ngừng"),
        "close": _("Đóng"),
        "reopen": _("Cho hoạt động lại"),
    }
    return words[decision]


@require_safe
@guarded("place.list", "ward")
def places_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The establishments of a commune; applications come first."""
    form = PlacesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = fold(asked.get("q") or "")
    found = [
        place
        for place in places.in_ward(grant, ward)
        if asked.get("state") in ("", None, place.state)
        and wanted in f"{place.name_key} {fold(place.code)} {fold(place.address)}"
    ]
    found.sort(key=lambda place: place.state != "applied")
    table = _table(found, ward, request.GET.get("after", ""))
    waiting = sum(place.state == "applied" for place in found)
    return desk_page(request, grant, "places", ward=ward, here="places", form=form, table=table, waiting=waiting)


def _table(found: Sequence[Establishment], ward: str, after: str) -> Table:
    start = next((n + 1 for n, place in enumerate(found) if place.code == after), 0)
    shown = found[start : start + SHOWN]
    more = shown[-1].code if start + SHOWN < len(found) else ""
    rows = [
        Row(
            [
                Cell(place.name, note=f"{place.code} · {place.address}"),
                Cell(state_word(place.state), state=LOOKS.get(place.state, place.state)),
                name_of("establishment-kinds", place.kind),
                place.manager_name,
                Cell(place.phone, url=f"tel:{place.phone.replace(' ', '')}" if place.phone else ""),
                moment(place.decided_at or place.applied_at),
            ],
            reverse("lodging:ward_place", args=[ward, place.code]),
        )
        for place in shown
    ]
    columns = [
        Column(_("Cơ sở")), Column(_("Trạng thái")), Column(_("Loại cơ sở")), Column(_("Người quản lý")),
        Column(_("Điện thoại"), "code"), Column(_("Từ"), "day"),
    ]  # fmt: skip
    return Table(
        _("Cơ sở lưu trú trên địa bàn"),
        columns,
        rows,
        empty=_("Không có cơ sở nào như vậy"),
        empty_hint=_("Bỏ bớt điều kiện lọc. Cơ sở mới tự đăng ký ở trang công khai."),
        pager=Pager(after=more, shown=len(shown), total=len(found)),
        caption_seen=False,
    )


@require_safe
@guarded("place.list", "ward")
def place_page(request: HttpRequest, grant: Grant, ward: str, code: str) -> HttpResponse:
    """One establishment: who runs it, its last thirty nights, its calls, and what can be decided."""
    return _place(request, grant, ward, code)


@require_POST
@guarded("place.decide", "ward")
def decided(request: HttpRequest, grant: Grant, ward: str, code: str) -> HttpResponse:
    """Decide about an establishment; the reason is asked for by the act itself."""
    place = _found(grant, ward, code)
    form = DecisionForm(request.POST, state=place.state)
    if not form.is_valid():
        return _place(request, grant, ward, code, form)
    asked = form.cleaned_data
    answer = decide(by=grant, code=code, decision=asked["decision"], reason=asked["reason"], at=timezone.now())
    tell(request, answer, _("Đã ghi quyết định."))
    return redirect("lodging:ward_place", ward=ward, code=code)


def _found(grant: Grant, ward: str, code: str) -> Establishment:
    place = places.one_in_ward(grant, ward, code)
    if place is None:
        raise Http404
    return place


def _place(request: HttpRequest, grant: Grant, ward: str, code: str, form: DecisionForm | None = None) -> HttpResponse:
    now, place = timezone.now(), _found(grant, ward, code)
    tonight, rooms = night_of(now), places.rooms_of(grant, code)
    nights = places.past_nights(grant, place, tonight - timedelta(days=NIGHTS - 1), tonight)
    form = form or DecisionForm(state=place.state)
    return desk_page(
        request,
        grant,
        "place",
        ward=ward,
        here="places",
        place=place,
        state=(LOOKS.get(place.state, place.state), state_word(place.state)),
        answers=_answers(place, len(rooms), sum(room.beds for room in rooms)),
        rooms=rooms,
        strip=[_strip(one, place, bool(rooms), now) for one in nights],
        calls=[Event(way_word(one.way), one.at, one.who, one.note) for one in places.contacts_of(grant, code, 10)],
        form=form if form.fields["decision"].choices and grant.scope_kind == "ward" else None,  # type: ignore[attr-defined]
        crumbs=crumbs(ward, last=place.name),
        tonight=tonight,
    )


def _answers(place: Establishment, rooms: int, beds: int) -> list[Answer]:
    remote = {"normal": _("Thường: người nước ngoài 12 giờ"), "remote": _("Vùng xa: người nước ngoài 24 giờ")}
    told = [
        (_("Mã"), place.code),
        (_("Loại cơ sở"), name_of("establishment-kinds", place.kind)),
        (_("Địa chỉ"), place.address),
        (_("Người quản lý"), place.manager_name),
        (_("Điện thoại"), place.phone),
        (_("Phòng"), _("%(rooms)d phòng, %(beds)d giường") % {"rooms": rooms, "beds": beds}),
        (_("Địa bàn"), remote[place.area]),
        (_("Đăng ký lúc"), moment(place.applied_at)),
        (_("Quyết định lúc"), moment(place.decided_at)),
        (_("Lý do"), place.decision_reason),
    ]
    return [Answer(label, value) for label, value in told if value]


def _strip(one: PastNight, place: Establishment, rooms: bool, now: datetime) -> dict[str, object]:
    """A night of the strip; before the establishment was active it had nothing to say."""
    if not one.stays and not one.going_on and not one.nil and _not_yet(place, one.night):
        return {"night": one.night, "tone": "", "icon": "circle-dashed", "word": _("Chưa hoạt động"), "stays": 0}
    passed = now > night_deadline(one.night).legal
    stands = standing(
        stays=one.stays, going_on=one.going_on, late=one.late, nil=one.nil, rooms=int(rooms), deadline_passed=passed
    )
    tone, icon = TONES.get(stands, ("plain", "circle-dashed"))
    return {"night": one.night, "tone": tone, "icon": icon, "word": standing_word(stands), "stays": one.stays}


def _not_yet(place: Establishment, night: date) -> bool:
    return place.decided_at is None or timezone.localtime(place.decided_at).date() > night
