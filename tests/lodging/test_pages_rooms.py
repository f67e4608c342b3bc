"""The rooms of an establishment: many typed at once, odd names kept as they are, nonsense told and nothing lost."""

import pytest

from hamrong.access.walls import acting
from hamrong.lodging.forms.rooms import read_names
from hamrong.lodging.queries import hosts
from tests import world
from tests.lodging.hosts import an_open_place, at_work


@pytest.fixture
def place():
    return an_open_place(rooms=0)


def names(place):
    by = world.as_host(place, "place.rooms")
    with acting(by):
        return {room.name for room in hosts.rooms(by)}


def test_names_are_kept_as_they_are_on_the_doors(place):
    odd = {'=HYPERLINK("x")', "P/2", "Sen & Súng", '"Vua"', "<b>101</b>", "Ốc đảo 🏝", "+84"}
    client = at_work(place)
    told = {"do": "add", "beds": "2", "names": ", ".join(sorted(odd))}
    page = client.post(f"/lodging/{place.code}/rooms", told, follow=True).content.decode()
    assert names(place) == odd
    assert "<b>101</b>" not in page and "&lt;b&gt;101&lt;/b&gt;" in page
    client.post(f"/lodging/{place.code}/rooms", {"do": "remove", "room": ["P/2", "+84"]})
    assert names(place) == odd - {"P/2", "+84"}


@pytest.mark.parametrize("typed", ["1-" + "9" * 4400, "x" * 51, "101-102, " + "Phòng " * 20])
def test_a_name_that_is_too_long_is_told_and_what_was_typed_stays(place, typed):
    page = at_work(place).post(f"/lodging/{place.code}/rooms", {"do": "add", "beds": "2", "names": typed})
    assert page.status_code == 200
    assert names(place) == set() and "quá dài" in page.content.decode()
    assert typed.strip()[:50] in page.content.decode()


def test_a_range_keeps_zeros_and_the_words_before_it():
    assert read_names("A01-A03, VIP 1; 7") == ["A01", "A02", "A03", "VIP 1", "7"]
    assert read_names("101-109-111") == ["101-109-111"]
