"""Applying for an establishment, the ward's decision, rooms."""

import pytest

from hamrong.access.actors import Refusal, Target, visitor
from hamrong.access.walls import acting
from hamrong.lodging.actions.establishments import Establishment, apply, decide, prefix_of, set_rooms
from hamrong.lodging.queries import visible
from tests import world

SAM_SON = "16531"


def applied(ward: str = SAM_SON) -> Establishment | Refusal:
    by = world.grant(visitor("visitor"), "place.apply", Target())
    return apply(
        by=by, ward=ward, kind="homestay", name="  Homestay   Chân Sóng", address="Ngõ 15", manager_name="Dương Yến",
        phone="0237", at=world.NOW, province=world.PROVINCE,
    )  # fmt: skip


def decided(code: str, decision: str, reason: str = "", ward: str = SAM_SON) -> Establishment | Refusal:
    return decide(by=world.as_ward(ward, "place.decide"), code=code, decision=decision, reason=reason, at=world.NOW)


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("Công an phường Sầm Sơn", "SS"), ("Công an phường Nam Sầm Sơn", "NSS"), ("Công an xã Đông Tiến", "DT")],
)
def test_codes_begin_with_the_initials_of_the_commune(name: str, prefix: str) -> None:
    assert prefix_of(name) == prefix


def test_an_application_waits_for_the_ward() -> None:
    place = applied()
    assert isinstance(place, Establishment)
    assert place.code.startswith("SS-")
    assert (place.state, place.name, place.name_key) == ("applied", "Homestay Chân Sóng", "homestay chan song")


def test_an_application_needs_a_commune_that_exists() -> None:
    assert isinstance(applied("99999"), Refusal)
    assert isinstance(applied("38"), Refusal)


def test_codes_are_never_given_twice() -> None:
    codes = {place.code for place in (applied() for _ in range(5)) if isinstance(place, Establishment)}
    assert len(codes) == 5


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        (["approve"], "active"),
        (["refuse"], "refused"),
        (["approve", "suspend"], "suspended"),
        (["approve", "suspend", "reopen"], "active"),
        (["approve", "close"], "closed"),
    ],
)
def test_the_ward_decides(decisions: list[str], state: str) -> None:
    place = applied()
    assert isinstance(place, Establishment)
    for decision in decisions:
        place = decided(place.code, decision, "Thiếu giấy tờ")
        assert isinstance(place, Establishment)
    assert place.state == state
    assert place.decided_by


@pytest.mark.parametrize("decision", ["refuse", "suspend", "close"])
def test_a_hard_decision_needs_its_reason(decision: str) -> None:
    place = applied()
    assert isinstance(place, Establishment)
    assert isinstance(decided(place.code, decision, " "), Refusal)


def test_a_decision_that_the_state_does_not_allow_is_refused() -> None:
    place = applied()
    assert isinstance(place, Establishment)
    assert isinstance(decided(place.code, "suspend", "x"), Refusal)
    assert isinstance(decided(place.code, "explode", "x"), Refusal)


def test_another_ward_does_not_find_it() -> None:
    place = applied()
    assert isinstance(place, Establishment)
    assert isinstance(decided(place.code, "approve", ward="16516"), Refusal)


def test_rooms_are_replaced_whole_and_named_once() -> None:
    place = world.an_establishment(rooms=3)
    by = world.as_host(place, "place.rooms")
    assert isinstance(set_rooms(by=by, code=place.code, rooms=[("A", 1), ("A ", 2)], at=world.NOW), Refusal)
    assert not isinstance(set_rooms(by=by, code=place.code, rooms=[("A", 1), ("B", 2)], at=world.NOW), Refusal)
    with acting(by):
        assert [room.name for room in visible.rooms(by)] == ["A", "B"]
