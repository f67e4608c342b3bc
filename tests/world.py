"""The world that tests need, built by plain functions that call the real actions."""

import itertools
import os
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hamrong.access import actions as access_actions
from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, visitor
from hamrong.access.decisions import decide
from hamrong.accounts.models import Person
from hamrong.law import VIETNAM
from hamrong.lodging.actions import establishments
from hamrong.lodging.actions.intake import Notified, notify
from hamrong.lodging.models import Establishment
from hamrong.lodging.rules import BirthIn, CaptureIn, DocumentIn, ReasonIn, ResidenceIn, StayIn, check

PROVINCE = "38"
PASSWORD = "sóng vỗ bờ cát 2026"
NOW = datetime(2026, 11, 24, 22, 10, tzinfo=VIETNAM)
"""The evening on which most tests happen: fifty minutes before the deadline."""

_numbers = itertools.count(int.from_bytes(os.urandom(3)) % 900_000)


def actor(role: str, scope: str, *, strong: bool = True) -> Actor:
    """Somebody who holds one role, signed in with a second factor."""
    name = secrets.token_hex(4)
    return Actor(f"person:{name}", "Người thử", f"session:{name}", (Holding(role, scope),), strong)


def grant(who: Actor, act: str, target: Target, *, purpose: str = "", case_ref: str = "") -> Grant:
    """The grant that somebody gets for an act; fails the test where policy refuses it."""
    answer = decide(who, act, target, purpose=purpose, case_ref=case_ref)
    assert isinstance(answer, Grant), answer
    return answer


def as_host(place: Establishment, act: str, role: str = "host-manager") -> Grant:
    """A grant of somebody of the establishment."""
    return grant(actor(role, place.code), act, Target(establishment=place.code))


def as_ward(ward: str, act: str, *, purpose: str = "", case_ref: str = "", role: str = "ward-duty") -> Grant:
    """A grant of an officer of the commune."""
    return grant(actor(role, ward), act, Target(ward=ward, province=PROVINCE), purpose=purpose, case_ref=case_ref)


def as_province(act: str, *, purpose: str = "", case_ref: str = "", role: str = "province-residence") -> Grant:
    """A grant of an officer of the province."""
    return grant(actor(role, PROVINCE), act, Target(province=PROVINCE), purpose=purpose, case_ref=case_ref)


def a_ward() -> str:
    """The code of a commune's police; tests share the 166 of them and are told apart by their establishments."""
    return "14797"


def an_establishment(
    *, ward: str | None = None, kind: str = "hotel", rooms: int = 3, at: datetime = NOW, **facts: Any
) -> Establishment:
    """An active establishment with rooms: applied for by a visitor, approved by the ward, rooms set by its manager."""
    ward = ward or a_ward()
    applicant = grant(visitor("visitor"), "place.apply", Target())
    applied = establishments.apply(
        by=applicant,
        ward=ward,
        kind=kind,
        name=facts.pop("name", f"Nhà nghỉ Sóng Biếc {secrets.token_hex(2)}"),
        address="Số 5 đường Hồ Xuân Hương",
        manager_name="Lê Thị Biển",
        phone="0237 000 000",
        at=at,
        province=PROVINCE,
        **facts,
    )
    assert isinstance(applied, Establishment), applied
    place = establishments.decide(
        by=as_ward(ward, "place.decide"), code=applied.code, decision="approve", reason="", at=at
    )
    assert not isinstance(place, Refusal)
    if rooms:
        names = [(f"{100 + number}", 2) for number in range(1, rooms + 1)]
        assert not isinstance(
            establishments.set_rooms(by=as_host(place, "place.rooms"), code=place.code, rooms=names, at=at), Refusal
        )
    return place


def a_number() -> str:
    """An invented citizen's number of the right structure: Thanh Hóa, male, born 1990."""
    return f"038090{next(_numbers) % 1_000_000:06d}"


def a_guest(**changes: Any) -> StayIn:
    """An invented guest who arrives at nine in the evening of `NOW`."""
    facts: dict[str, Any] = {
        "kind": "citizen",
        "full_name": "Trần Văn Khách",
        "sex": "M",
        "birth": BirthIn("1990-05-17", "day"),
        "nationality": "VNM",
        "document": DocumentIn("cccd", a_number()),
        "residence": ResidenceIn("Thanh Hóa"),
        "arrival_at": (NOW - timedelta(minutes=70)).isoformat(),
        "planned_departure_at": (NOW + timedelta(hours=14)).isoformat(),
        "room": "101",
        "reason": ReasonIn("tourism"),
        "capture": CaptureIn("manual"),
    }
    return StayIn(**{**facts, **changes})


def a_notification(place: Establishment, *, at: datetime = NOW, **changes: Any) -> Notified:
    """A guest notified by the establishment's manager through the form."""
    checked = check(a_guest(**changes), now=at, establishment_kind=place.kind, area=place.area)
    taken = notify(by=as_host(place, "stay.notify"), place=place, checked=checked, channel="form", at=at)
    assert taken.stay is not None, [issue.code for issue in taken.issues]
    return taken


def a_key(place: Establishment, at: datetime | None = None) -> str:
    """A bearer key for the establishment's software."""
    _, shown = access_actions.issue_key(
        by=as_host(place, "key.issue"), establishment=place.code, label="PMS", at=at or datetime.now(UTC)
    )
    return shown


def a_host(place: Establishment, role: str = "host-manager") -> Person:
    """A person with a post at the establishment, who can sign in with `PASSWORD`."""
    admin, name, now = actor("accounts-admin", PROVINCE), secrets.token_hex(5), datetime.now(UTC)
    target = Target(province=PROVINCE)
    person = access_actions.create_person(
        by=grant(admin, "person.create", target),
        username=f"host-{name}",
        full_name="Lê Thị Biển",
        password=PASSWORD,
        at=now,
    )
    assert isinstance(person, Person), person
    post = access_actions.appoint(
        by=grant(admin, "post.appoint", target), person=person, role=role, scope=place.code, starts_on=date(2026, 1, 1),
        ordered_by="Quyết định thử", at=now,
    )  # fmt: skip
    assert not isinstance(post, Refusal), post
    return person
