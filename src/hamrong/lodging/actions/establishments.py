"""Establishments: applying, the ward's decision, rooms."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.vietnamese import clean, fold
from hamrong.lodging.models import Establishment, Room
from hamrong.lodging.queries import visible
from hamrong.org.models import Unit
from hamrong.org.queries import unit

__all__ = ["Establishment", "apply", "decide", "prefix_of", "set_rooms"]

DECISIONS = {"approve": "active", "refuse": "refused", "suspend": "suspended", "close": "closed", "reopen": "active"}
FROM = {
    "approve": {"applied"},
    "refuse": {"applied"},
    "suspend": {"active"},
    "close": {"active", "suspended"},
    "reopen": {"suspended", "closed"},
}


def prefix_of(name: str) -> str:
    """The letters that codes of a commune begin with: the initials of its name, without its kind."""
    words = fold(name).split()
    kinds = (["cong", "an", "phuong"], ["cong", "an", "xa"], ["phuong"], ["xa"])
    for kind in kinds:
        if words[: len(kind)] == kind:
            words = words[len(kind) :]
    return "".join(word[0] for word in words).upper()[:6] or "XP"


def apply(
    *,
    by: Grant,
    ward: str,
    kind: str,
    name: str,
    address: str,
    manager_name: str,
    phone: str,
    at: datetime,
    province: str,
    area: str = "normal",
) -> Establishment | Refusal:
    """An application to lodge guests, for the ward to decide on; its code is given at once and is its own."""
    place = unit(ward)
    if place is None or place.kind != Unit.Kind.COMMUNE:
        return Refusal("invalid", "Không có công an xã, phường này.", "There is no such commune police.")
    shown = clean(name)
    with acting(by), connection.cursor() as cursor:
        cursor.execute("select lodging_new_code(%s)", [prefix_of(place.name)])
        (code,) = cursor.fetchone()
        new = Establishment(
            code=code,
            kind=kind,
            name=shown,
            name_key=fold(shown),
            address=clean(address),
            ward=place.code,
            province=province,
            area=area,
            phone=phone.strip(),
            manager_name=clean(manager_name),
            state="applied",
            applied_at=at,
        )
        new.save(force_insert=True)
        enter(by, subject=f"establishment:{code}", stream=f"establishment:{code}", at=at, kind=kind, ward=ward)
    return new


def decide(*, by: Grant, code: str, decision: str, reason: str, at: datetime) -> Establishment | Refusal:
    """The ward approves, refuses, suspends, closes or reopens; a refusal or a suspension needs its reason in words."""
    if decision not in DECISIONS:
        return Refusal("invalid", "Không có quyết định này.", "There is no such decision.")
    if decision in {"refuse", "suspend", "close"} and not reason.strip():
        return Refusal("invalid", "Hãy ghi lý do để cơ sở biết.", "Give the reason, so that the establishment knows.")
    with acting(by):
        place = visible.establishments(by).select_for_update().filter(pk=code).first()
        if place is None:
            return Refusal("other-scope", "Không có cơ sở này trong địa bàn.", "There is no such establishment here.")
        if place.state not in FROM[decision]:
            return Refusal("state", "Cơ sở không ở trạng thái cho phép việc này.", "Its state does not allow this.")
        place.state, place.decided_at, place.decided_by = DECISIONS[decision], at, by.actor.ref
        place.decision_reason = clean(reason)
        place.save(update_fields=["state", "decided_at", "decided_by", "decision_reason"])
        enter(by, subject=f"establishment:{code}", stream=f"establishment:{code}", at=at, decision=decision)
    return place


def set_rooms(*, by: Grant, code: str, rooms: Sequence[tuple[str, int]], at: datetime) -> Sequence[Room] | Refusal:
    """Replace the list of rooms: names (as on the doors) and beds; a name twice is refused."""
    names = [clean(name) for name, _ in rooms]
    if not all(names) or len(set(names)) != len(names):
        return Refusal("invalid", "Tên phòng bị trống hoặc trùng nhau.", "A room's name is empty or used twice.")
    with acting(by):
        place = visible.establishments(by).select_for_update().filter(pk=code).first()
        if place is None:
            return Refusal("other-scope", "Không có cơ sở này.", "There is no such establishment.")
        visible.rooms(by).filter(establishment=code).delete()
        fresh = Room.objects.bulk_create(
            Room(establishment=code, ward=place.ward, province=place.province, name=name, beds=beds)
            for name, (_, beds) in zip(names, rooms, strict=True)
        )
        enter(by, subject=f"establishment:{code}", stream=f"establishment:{code}", at=at, rooms=len(fresh))
    return fresh
