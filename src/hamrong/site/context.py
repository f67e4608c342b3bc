"""What the layouts know of who is reading: name, unit, and the places that a post of theirs opens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import Error
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamrong.access.actors import Actor, Holding
from hamrong.access.decisions import registered
from hamrong.access.queries import names_of
from hamrong.access.roles import Purpose, Role, Scope, Words, purposes, roles, words_of_acts
from hamrong.access.web import LENDER, actor_of
from hamrong.org.queries import unit
from hamrong.site.home import work_of
from hamrong.ui.places import Entry, more_of, place_of


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation: whom it is for, the act that opens it, its address, words and icon."""

    scope: Scope
    act: str
    url: str
    label: str | Promise
    icon: str


NAVIGATION = (
    Place("establishment", "stay.read", "lodging:tonight", _("Đêm nay"), "moon"),
    Place("establishment", "stay.notify", "lodging:new_guest", _("Thêm khách"), "plus"),
    Place("establishment", "stay.read", "lodging:guests", pgettext_lazy("navigation", "Khách"), "users"),
    Place("establishment", "batch.read", "lodging:files", _("Gửi tệp"), "upload"),
    Place("establishment", "place.rooms", "lodging:rooms", pgettext_lazy("navigation", "Phòng"), "bed-double"),
    Place("establishment", "clerk.read", "establishment_people", _("Nhân viên"), "id-card"),
    Place("establishment", "key.read", "establishment_keys", _("Khóa phần mềm"), "key-round"),
    Place("ward", "night.read", "lodging:board", _("Đêm nay"), "moon"),
    Place("ward", "place.call", "lodging:calls", _("Gọi nhắc"), "phone"),
    Place("ward", "stay.list", "lodging:night_stays", _("Lượt lưu trú"), "bed-double"),
    Place("ward", "place.list", "lodging:places", _("Cơ sở"), "building-2"),
    Place("ward", "stay.search", "lodging:ward_search", _("Tìm lượt lưu trú"), "search"),
    Place("ward", "stay.assist", "lodging:assist", _("Thông báo hộ"), "pencil"),
    Place("ward", "plate.file", "plates:files", _("Hồ sơ biển số"), "car"),
    Place("ward", "plate.file", "plates:new_file", _("Hồ sơ xe mới"), "plus"),
    Place("ward", "plate.change", "plates:given", _("Biển đã cấp"), "clock"),
    Place("ward", "plate.search", "plates:search", _("Tìm hồ sơ xe"), "search"),
    Place("province", "province.read", "board:overview", _("Điều hành"), "chart-column"),
    Place("province", "province.read", "lodging:province", _("Toàn tỉnh"), "map-pin"),
    Place("province", "province.read", "lodging:discipline", _("Chấp hành"), "scale"),
    Place("province", "stay.search", "lodging:province_search", _("Tìm lượt lưu trú"), "search"),
    Place("province", "outage.publish", "lodging:publish_outage", _("Sự cố tiếp nhận"), "wifi-off"),
    Place("province", "pool.read", "plates:stock", _("Kho biển số"), "package"),
    Place("ward", "petition.list", "petitions_desk:register", _("Sổ tiếp nhận đơn"), "inbox"),
    Place("province", "petition.list", "petitions_desk:register", _("Sổ tiếp nhận đơn"), "inbox"),
    Place("ward", "petition.count", "petitions_desk:report", _("Báo cáo về đơn"), "chart-column"),
    Place("province", "petition.count", "petitions_desk:report", _("Báo cáo về đơn"), "chart-column"),
    Place("ward", "petition.enter", "petitions_desk:take", _("Nhận đơn"), "plus"),
    Place("province", "petition.enter", "petitions_desk:take", _("Nhận đơn"), "plus"),
    Place("ward", "reception.list", "petitions_desk:receptions", _("Sổ tiếp công dân"), "users"),
    Place("province", "reception.list", "petitions_desk:receptions", _("Sổ tiếp công dân"), "users"),
    Place("ward", "case.list", "casework:desk", pgettext_lazy("navigation", "Hồ sơ cần xử lý"), "clock-alert"),
    Place("province", "case.list", "casework:desk", pgettext_lazy("navigation", "Hồ sơ cần xử lý"), "clock-alert"),
    Place("ward", "case.list", "casework:cases", _("Mọi hồ sơ"), "list"),
    Place("province", "case.list", "casework:cases", _("Mọi hồ sơ"), "list"),
    Place("ward", "emergency.list", "casework:emergencies", _("Mở khẩn cấp"), "triangle-alert"),
    Place("province", "emergency.list", "casework:emergencies", _("Mở khẩn cấp"), "triangle-alert"),
    Place("ward", "case.backdated", "casework:backdated", _("Việc ghi lùi ngày"), "history"),
    Place("province", "case.backdated", "casework:backdated", _("Việc ghi lùi ngày"), "history"),
    Place("province", "case.reorganise", "casework:reorganise", _("Sắp xếp đơn vị"), "building-2"),
    Place("province", "case.reckon", "casework:reckon", _("Tính lại hạn"), "calendar"),
    Place("province", "person.read", "administration", _("Người và chức trách"), "users"),
    Place("province", "audit.read", "inspection", _("Nhật ký"), "history"),
    Place("province", "audit.read", "questions", _("Điều đáng hỏi"), "scale"),
    Place("province", "sealed.answer", "sealed:requests", _("Đề nghị mở danh tính"), "lock"),
    Place("province", "sealed.deal", "sealed:dealing", _("Chia lại khóa"), "users"),
    Place("province", "sealed.request", "sealed:own_requests", _("Đề nghị mở danh tính"), "lock"),
    Place("ward", "sealed.request", "sealed:own_requests", _("Đề nghị mở danh tính"), "lock"),
    Place("province", "sealed.key", "sealed:key", _("Khóa niêm phong"), "key-round"),
    Place("ward", "sealed.key", "sealed:key", _("Khóa niêm phong"), "key-round"),
    Place("province", "subject.read", "own_data", _("Trích lục cá nhân"), "id-card"),
)
"""Every place of the house that a post can open; one that is not built yet is left out."""


def desk(request: HttpRequest) -> dict[str, Any]:
    """What the layouts ask for (`nav`, `unit_label`, `acts_for` …), worked out only when one does."""
    ours = {"site_unit": SimpleLazyObject(site_unit)}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return ours
    return ours | {
        "nav": SimpleLazyObject(lambda: _nav(request)),
        "unit_label": SimpleLazyObject(lambda: unit_label(actor_of(request))),
        "person_label": actor_of(request).label,
        "acts_for": SimpleLazyObject(lambda: acting_for(request)),
        "begins_here": SimpleLazyObject(lambda: request.path == work_of(actor_of(request))),
    }


OURS: Final[dict[str, str]] = {}


def site_unit() -> str:
    """What the province's police are called, asked once a process; empty where the database cannot say."""
    code = settings.HAMRONG_PROVINCE
    if code not in OURS:
        try:
            found = unit(code)
        except Error:
            return ""
        if found:
            OURS[code] = found.name
    return OURS.get(code, "")


def _nav(request: HttpRequest) -> list[Entry]:
    own, more = navigation(actor_of(request), place_of(request)), more_of(request)
    known = {address for address, *_ in own}
    return [*own, *(entry for entry in more if entry[0] not in known)]


def navigation(actor: Actor, path: str) -> list[Entry]:
    """The places that some holding of the actor opens, in the order of the table; those not built yet are left out."""
    found = {address: place for place in reversed(NAVIGATION) for address in _addresses(place, actor)}
    here = max((address for address in found if _is_within(path, address)), key=len, default="")
    return [(address, str(place.label), place.icon, address == here, 0) for address, place in reversed(found.items())]


def _is_within(path: str, address: str) -> bool:
    return path == address or path.startswith(address.rstrip("/") + "/")


def _addresses(place: Place, actor: Actor) -> Iterator[str]:
    row = registered().get(place.act)
    for held in actor.holdings if row else ():
        if row and held.role in row.roles and held.definition.scope == place.scope:
            address = _address(place.url, {} if place.scope == "province" else {place.scope: held.scope})
            if address:
                yield address


def _address(name: str, parts: Mapping[str, str]) -> str:
    """The address with the scope in it, or the one that needs none."""
    for given in (parts, {}):
        try:
            return reverse(name, kwargs=dict(given))
        except NoReverseMatch:
            continue
    return ""


def unit_label(actor: Actor) -> str:
    """Where the actor's first post is: an establishment's code or a unit's name."""
    return next((label for label in map(_scope_label, actor.holdings) if label), "")


def _scope_label(held: Holding) -> str:
    if held.definition.scope == "establishment":
        return held.scope
    found = unit(held.scope) if held.scope else None
    return found.name if found else ""


def acting_for(request: HttpRequest) -> tuple[list[str], bool]:
    """In whose place the reader's posts are exercised, by name, and whether there was a choice."""
    held = {one.in_place_of for one in actor_of(request).holdings if one.in_place_of}
    return sorted(names_of(held).values()), bool(held and request.session.get(LENDER))


def purpose_label(code: str) -> str:
    """A purpose's name in the reader's language."""
    return _label(purposes().get(code), code)


def act_label(code: str) -> str:
    """What an act is called in the reader's language."""
    return _label(words_of_acts().get(code), code)


def role_label(code: str) -> str:
    """A role's name in the reader's language."""
    return _label(roles().get(code), code)


def _label(row: Purpose | Words | Role | None, code: str) -> str:
    """The name that a row has; a code that is not in use any more stays as it was written."""
    if row is None:
        return code
    return row.en if get_language() == "en" else row.vi
