"""Acts upon a notified stay: each makes a version and a receipt, and each wrong one is refused in words."""

from datetime import timedelta
from typing import Any

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.lodging.actions.amendments import Amended, Change, amend
from hamrong.lodging.actions.intake import Notified
from hamrong.lodging.models import Receipt
from hamrong.lodging.queries import visible
from hamrong.lodging.rules import STEPS, DocumentIn, check
from tests import world

LATER = world.NOW + timedelta(days=2)
SOONER = world.NOW + timedelta(hours=2)


def done(place: Any, notified: Notified, change: Change, version: int | None = None) -> Amended | Refusal:
    assert notified.stay is not None
    assert notified.facts is not None
    by = world.as_host(place, "stay.amend")
    return amend(by=by, stay=notified.stay, night=notified.facts.night, change=change, at=world.NOW, version=version)


def corrected(**changes: Any) -> Change:
    return Change("correct", corrected=check(world.a_guest(**changes), now=world.NOW, establishment_kind="hotel"))


@pytest.mark.parametrize(
    "change",
    [
        Change("extend", LATER),
        Change("leave_early", SOONER),
        Change("depart", SOONER),
        Change("cancel", reason="Nhầm khách"),
    ],
)
def test_makes_the_next_version_with_a_receipt_that_replaces_the_old_one(change: Change) -> None:
    place = world.an_establishment()
    notified = world.a_notification(place)
    amended = done(place, notified, change)
    assert isinstance(amended, Amended)
    assert amended.stay.version == 2
    assert notified.facts is not None
    assert Receipt.objects.get(pk=notified.facts.code).replaced_by == amended.facts.code
    by = world.as_host(place, "stay.read")
    with acting(by):
        kept = visible.amendments(by).get(stay=notified.stay)
        assert (kept.act, kept.version) == (change.act, 2)
        assert kept.before["version"] == 1


def test_a_correction_changes_the_guest_and_keeps_when_it_came_in() -> None:
    place = world.an_establishment()
    notified = world.a_notification(place)
    amended = done(place, notified, corrected(full_name="Trần Văn Khánh"))
    assert isinstance(amended, Amended)
    assert amended.stay.full_name == "Trần Văn Khánh"
    assert amended.stay.name_key == "tran van khanh"
    assert amended.stay.received_at == world.NOW


def test_a_correction_onto_another_guests_document_is_refused() -> None:
    place, paper = world.an_establishment(), DocumentIn("cccd", world.a_number())
    world.a_notification(place, document=paper)
    refusal = done(place, world.a_notification(place), corrected(document=paper))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "conflict"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Change("cancel"), "invalid"),
        (Change("extend", SOONER), "invalid"),
        (Change("leave_early", LATER), "invalid"),
        (Change("depart", world.NOW - timedelta(days=1)), "invalid"),
        (corrected(full_name=""), "invalid"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(change: Change, reason: str) -> None:
    place = world.an_establishment()
    notified = world.a_notification(place)
    refusal = done(place, notified, change)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason
    by = world.as_host(place, "stay.read")
    with acting(by):
        assert visible.stays(by).get(pk=notified.stay).version == 1


ACTS = {"correct": corrected(), "extend": Change("extend", LATER), "leave_early": Change("leave_early", SOONER),
        "depart": Change("depart", SOONER), "cancel": Change("cancel", reason="Nhầm khách")}  # fmt: skip
INTO = {"notified": None, "departed": ACTS["depart"], "cancelled": ACTS["cancel"]}


@pytest.mark.parametrize("state", INTO)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_allowed_in_just_the_states_of_the_table(act: str, state: str) -> None:
    place = world.an_establishment()
    notified = world.a_notification(place)
    if (way := INTO[state]) is not None:
        assert isinstance(done(place, notified, way), Amended)
    allowed = any(step.act == act and step.source == state for step in STEPS)
    assert isinstance(done(place, notified, ACTS[act]), Amended) == allowed


def test_a_departure_is_mended_by_another_time_or_taken_back() -> None:
    place = world.an_establishment()
    notified = world.a_notification(place)
    done(place, notified, Change("depart", SOONER))
    again = done(place, notified, Change("depart", SOONER + timedelta(hours=1)))
    assert isinstance(again, Amended)
    assert (again.stay.state, again.stay.departed_at) == ("departed", SOONER + timedelta(hours=1))
    back = done(place, notified, Change("extend", SOONER + timedelta(hours=5)))
    assert isinstance(back, Amended)
    assert (back.stay.state, back.stay.departed_at) == ("notified", None)
    assert (back.stay.planned_departure_at, back.stay.version) == (SOONER + timedelta(hours=5), 4)


def test_a_change_that_saw_an_older_version_is_refused() -> None:
    place = world.an_establishment()
    notified = world.a_notification(place)
    assert isinstance(done(place, notified, Change("extend", LATER), version=1), Amended)
    stale = done(place, notified, Change("leave_early", SOONER), version=1)
    assert isinstance(stale, Refusal)
    assert stale.reason == "conflict"


def test_another_establishment_does_not_find_the_stay() -> None:
    notified = world.a_notification(world.an_establishment())
    refusal = done(world.an_establishment(), notified, Change("extend", LATER))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "other-scope"
