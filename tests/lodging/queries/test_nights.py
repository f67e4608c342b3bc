"""Guests who stay on from an earlier night: host, commune and province count them alike; nobody is called silent."""

from datetime import timedelta

import pytest

from hamrong.access.actors import Target, keeper
from hamrong.access.walls import acting
from hamrong.lodging.actions import summaries
from hamrong.lodging.actions.amendments import Amended, Change, amend
from hamrong.lodging.nights import night_deadline, night_of
from hamrong.lodging.queries import nights, places, province, visible
from tests.world import NOW, a_notification, an_establishment, as_host, as_province, as_ward, grant

WARD = "14812"
TONIGHT = night_of(NOW)
ARRIVED = NOW - timedelta(days=2)


def arrives(place, until, **changes):
    """The id of a guest's stay who arrived two nights ago and was to leave at `until`."""
    return a_notification(
        place, at=ARRIVED, arrival_at=(ARRIVED - timedelta(minutes=30)).isoformat(),
        planned_departure_at=until.isoformat(), **changes,
    ).stay  # fmt: skip


def stands(place, night=TONIGHT):
    """How the host, the commune's board, the strip of nights and the fold see a place: (going on, standing)."""
    deadline = night_deadline(night).legal
    by = as_host(place, "stay.read")
    with acting(by):
        own = nights.tonight(by, place, night)
    by = as_ward(WARD, "night.read")
    with acting(by):
        (row,) = [one for one in nights.board(by, WARD, night, deadline=deadline, now=NOW) if one.place == place]
        (past,) = places.past_nights(by, place, night, night)
    summaries.fold(by=grant(keeper("fold", NOW), "night.fold", Target()), nights=[night], at=NOW)
    by = as_province("province.read", purpose="statistics")
    with acting(by):
        folded = visible.night_summaries(by).get(establishment=place.code, night=night)
        silent = visible.night_summaries(by).filter(province.SILENT, pk=folded.pk).exists()
    assert own.going_on == row.going_on == past.going_on == folded.going_on
    assert silent == (row.standing in {"silent", "waiting"})
    return row.going_on, row.standing


@pytest.fixture
def place():
    return an_establishment(ward=WARD, at=NOW - timedelta(days=5))


def test_a_guest_of_several_nights_keeps_a_place_from_being_silent(place):
    arrives(place, NOW + timedelta(days=1))
    assert stands(place) == (1, "going_on")
    assert stands(place, TONIGHT - timedelta(days=1)) == (1, "going_on")
    assert stands(place, night_of(ARRIVED)) == (0, "reported")
    assert stands(place, TONIGHT + timedelta(days=1))[0] == 0


def test_who_leaves_before_the_evening_is_gone_that_night(place):
    evening = night_deadline(TONIGHT).legal
    arrives(place, evening - timedelta(minutes=1))
    assert stands(place) == (0, "waiting")
    arrives(place, evening)
    assert stands(place) == (1, "going_on")


def test_a_departure_a_cancellation_and_an_extension_are_followed_at_once(place):
    stay = arrives(place, NOW + timedelta(days=1))

    def change(act, **told):
        answer = amend(
            by=as_host(place, "stay.amend"), night=night_of(ARRIVED), stay=stay, change=Change(act, **told), at=NOW
        )
        assert isinstance(answer, Amended), answer

    change("depart", when=NOW - timedelta(hours=5))
    assert stands(place) == (0, "waiting")
    change("extend", when=NOW + timedelta(days=3))
    assert stands(place) == (1, "going_on")
    assert stands(place, TONIGHT + timedelta(days=2))[0] == 1
    change("cancel", reason="Nhập nhầm khách")
    assert stands(place) == (0, "waiting")


def test_new_guests_and_none_come_before_those_who_stay_on(place):
    arrives(place, NOW + timedelta(days=1))
    a_notification(place)
    assert stands(place) == (1, "reported")
