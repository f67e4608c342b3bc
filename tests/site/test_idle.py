"""A session lasts as long as somebody works in it, and no longer."""

import time

import pytest

from hamrong.site import idle
from tests import world
from tests.entrances import a_person, browser_of
from tests.lodging.hosts import an_open_place, at_work

HOUR = 60 * 60


def an_officer():
    ward = world.a_ward()
    person = a_person("ward-duty", ward)
    return person, browser_of(person), f"/desk/{ward}/"


def left_alone(client, seconds, *, name=idle.SEEN):
    session = client.session
    session[name] = int(time.time()) - seconds
    session.save()


def test_a_desk_that_nobody_used_for_an_hour_asks_to_sign_in_again_and_it_is_on_record(admin_connection):
    person, client, board = an_officer()
    assert client.get(board).status_code == 200
    left_alone(client, HOUR + 5)
    assert client.get(board)["Location"].startswith("/accounts/login/")
    query = "select count(*) from audit_entry where type = 'session.idle' and actor = %s"
    assert admin_connection.execute(query, [f"person:{person.pk}"]).fetchone() == (1,)


def test_a_desk_at_which_somebody_works_goes_on_and_its_use_is_marked():
    _person, client, board = an_officer()
    client.get(board)
    left_alone(client, HOUR - 60)
    assert client.get(board).status_code == 200
    assert time.time() - client.session[idle.SEEN] < 60


def test_a_board_that_asks_for_itself_is_no_use_of_the_desk():
    _person, client, board = an_officer()
    client.get(board)
    left_alone(client, HOUR - 60)
    assert client.get(board, headers={"HX-Request": "true"}).status_code == 200
    assert time.time() - client.session[idle.SEEN] > HOUR - 120


def test_nobody_stays_signed_in_for_more_than_a_day_however_busy():
    _person, client, board = an_officer()
    client.get(board)
    left_alone(client, 24 * HOUR + 5, name=idle.BEGAN)
    assert client.get(board).status_code == 302


@pytest.mark.parametrize(("hours", "answer"), [(11, 200), (13, 302)])
def test_the_desk_of_an_establishment_lies_idle_for_a_night(hours, answer):
    place = an_open_place()
    client = at_work(place)
    client.get(f"/lodging/{place.code}/")
    left_alone(client, hours * HOUR)
    assert client.get(f"/lodging/{place.code}/").status_code == answer


def test_use_moves_the_end_of_the_session():
    place = an_open_place()
    client = at_work(place)
    client.get(f"/lodging/{place.code}/")
    left_alone(client, 10 * HOUR)
    answer = client.get(f"/lodging/{place.code}/")
    assert answer.cookies["sessionid"]["max-age"] == 12 * HOUR
