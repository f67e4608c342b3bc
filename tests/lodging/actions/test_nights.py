"""A night without guests."""

from datetime import timedelta

from hamrong.access.actors import Refusal
from hamrong.lodging.actions.nights import report_nil, withdraw_nil
from hamrong.lodging.models import Establishment, NilReport
from hamrong.lodging.receipts import Facts
from tests import world

TONIGHT = world.NOW.date()


def said(place: Establishment, back: int = 0) -> Facts | Refusal:
    night = TONIGHT - timedelta(days=back)
    by = world.as_host(place, "nil.report")
    return report_nil(by=by, place=place, night=night, today=TONIGHT, at=world.NOW)


def taken_back(place: Establishment) -> NilReport | Refusal:
    return withdraw_nil(by=world.as_host(place, "nil.report"), place=place, night=TONIGHT, at=world.NOW)


def test_gets_a_receipt_of_no_guests() -> None:
    facts = said(world.an_establishment())
    assert isinstance(facts, Facts)
    assert (facts.kind, facts.count, facts.on_time) == ("nil", 0, True)


def test_saying_it_twice_gets_the_same_receipt() -> None:
    place = world.an_establishment()
    assert said(place) == said(place)


def test_is_refused_when_guests_were_reported() -> None:
    place = world.an_establishment()
    world.a_notification(place)
    refusal = said(place)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "conflict"


def test_is_refused_while_a_guest_of_an_earlier_night_is_still_there() -> None:
    place, before = world.an_establishment(at=world.NOW - timedelta(days=3)), world.NOW - timedelta(days=1)
    world.a_notification(
        place, at=before, arrival_at=(before - timedelta(minutes=5)).isoformat(),
        planned_departure_at=(world.NOW + timedelta(days=1)).isoformat(),
    )  # fmt: skip
    refusal = said(place)
    assert isinstance(refusal, Refusal) and "chưa đi" in refusal.vi


def test_can_be_taken_back_and_said_again() -> None:
    place = world.an_establishment()
    first = said(place)
    assert isinstance(taken_back(place), NilReport)
    assert isinstance(taken_back(place), Refusal)
    assert said(place) != first


def test_is_for_tonight_or_last_night_only() -> None:
    place = world.an_establishment()
    assert isinstance(said(place, back=1), Facts)
    assert isinstance(said(place, back=2), Refusal)
