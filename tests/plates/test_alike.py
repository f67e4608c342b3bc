"""A motorcycle's 29-A1 2345 and a car's 29A-123.45 have the same letters and digits, and are two plates."""

import itertools
import secrets

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.plates.actions import after
from hamrong.plates.actions.after import SEVERAL
from hamrong.plates.models import Act, Plate
from hamrong.plates.queries import subjects
from tests.plates.actions.test_entering import NOW, OTHER, entered, entering, handed
from tests.plates.desks import an_officer, desk, text
from tests.plates.given import a_document, asked, asking
from tests.plates.owners import WARD, officer
from tests.plates.test_queries_subjects import as_inspector

_numbers = itertools.count(secrets.randbelow(8_000))


@pytest.fixture
def alike():
    """(number, owner of the car, owner of the motorcycle): both plates were brought from one province to one office."""
    number, car, bike = f"29A{11_000 + next(_numbers):05d}", a_document(), a_document()
    handed(entered(number=f"29A-{number[3:6]}.{number[6:]}", owner_document=car))
    handed(entered(number=f"29-A{number[3]} {number[4:]}", kind="motorcycle", owner_document=bike))
    return number, car, bike


def stands(number, ward=WARD):
    with acting(officer("plate.open", ward)):
        return dict(Plate.objects.filter(number=number).values_list("kind", "state"))


def test_both_are_on_the_books_and_each_once(alike):
    number, *_ = alike
    assert stands(number) == {"car": "in-use", "motorcycle": "in-use"}
    for kind in ("car", "motorcycle"):
        again = entering(number=number, kind=kind)
        assert isinstance(again, Refusal) and again.reason == "conflict", kind


def test_an_act_is_on_one_of_them_and_which_is_asked(alike):
    number, *_ = alike
    assert asking(number, "keep", "sold") == SEVERAL
    made = asked(number, "keep", "sold", kind="motorcycle")
    assert stands(number) == {"car": "in-use", "motorcycle": "kept"}
    asked(number, "reissue", "lost", kind="car")
    assert isinstance(after.undo(by=officer("plate.change"), act=made.pk, reason="Nhầm", at=NOW), Act)
    assert stands(number) == {"car": "in-use", "motorcycle": "in-use"}


def test_the_owners_document_tells_which_plate_moves(alike):
    number, car, _ = alike
    asked(number, "move", "moved", ward=OTHER, owner_document=car)
    assert (stands(number), stands(number, OTHER)) == ({"motorcycle": "in-use"}, {"car": "in-use"})


def test_an_owner_of_both_is_asked_which_moves(alike):
    number, _, bike = alike
    with acting(officer("plate.change")):
        Plate.objects.filter(number=number).update(owner_index=vault().find(bike))
        after.enter(officer("plate.change"), subject="test", at=NOW)
    assert asking(number, "move", "moved", ward=OTHER, owner_document=bike) == SEVERAL
    asked(number, "move", "moved", ward=OTHER, owner_document=bike, kind="car")
    assert stands(number, OTHER) == {"car": "in-use"}


def test_whoever_types_the_number_is_shown_both_and_opens_one(alike):
    number, *_ = alike
    client = an_officer()
    page = text(client.get(desk(f"given/{number}/")))
    assert "Biển nào?" in page
    car, bike = (desk(f"given/{number}~{kind}/") for kind in ("car", "motorcycle"))
    assert f'href="{car}"' in page and f'href="{bike}"' in page
    page = text(client.get(bike))
    assert f"29-A{number[3]} {number[4:]}" in page and "Ô tô" not in page
    answer = client.post(f"{bike}reissue", {"reason": "lost", "dossier": "HS-1"})
    assert answer.headers["Location"] == bike
    assert "HS-1" in text(client.get(bike)) and "HS-1" not in text(client.get(car))
    assert bike in text(client.get(desk("given/")))


def test_a_search_shows_both_and_opens_each(alike):
    number, *_ = alike
    client = an_officer()
    asked_for = client.post(desk("search/"), {"purpose": "vehicle-registration", "plate": number})
    results = asked_for.headers["Location"]
    page = text(client.get(results))
    assert f"29-A{number[3]} {number[4:]}" in page and f"29A-{number[3:6]}.{number[6:]}" in page
    assert "Mô tô" in text(client.get(f"{results}{number}~motorcycle/"))


def test_who_looked_at_one_is_no_business_of_the_others_owner(alike):
    number, car, bike = alike
    an_officer().get(desk(f"given/{number}~car/"))
    with acting(as_inspector()):
        told = {document: subjects.taken_in(as_inspector(), document)[0] for document in (car, bike)}
    looked = {document: [each.type for each in own.acts].count("plate.open") for document, own in told.items()}
    assert looked == {car: 1, bike: 0}
