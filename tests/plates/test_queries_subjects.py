"""An owner asks who filed their vehicle and who looked; nobody sees a file that is not of the document shown."""

import secrets
from datetime import datetime, timedelta

import pytest

from hamrong.access.actors import Grant, Target
from hamrong.access.entries import enter
from hamrong.access.walls import acting, ask_about
from hamrong.identity.keys import vault
from hamrong.plates.actions.pressing import press
from hamrong.plates.models import Draw, Plate
from hamrong.plates.queries import subjects
from tests.plates.given import a_plate, asked, night
from tests.plates.owners import a_file, officer, owner
from tests.plates.pools import a_pool
from tests.world import NOW, PROVINCE, a_number, actor, as_province, grant


def as_inspector() -> Grant:
    return grant(actor("inspector", PROVINCE), "subject.read", Target(province=PROVINCE))


def test_learns_of_every_file_and_of_everybody_who_acted_on_it() -> None:
    pool, _ = a_pool()
    number = a_number()
    first, second = a_file(pool, owner_document=number), a_file(pool, owner_document=number)
    a_file(pool)
    press(by=owner(first.ticket), nonce=secrets.token_bytes(16), at=NOW)
    looked = officer("plate.open")
    with acting(looked):
        enter(looked, subject=f"plates-draw:{first.pk}", at=NOW)
    by = as_inspector()
    with acting(by):
        own = subjects.about(by, number)
        assert {one.draw.pk for one in own} == {first.pk, second.pk}
        acts = next(one.acts for one in own if one.draw.pk == first.pk)
        assert [entry.type for entry in acts] == ["plate.file", "plate.press", "plate.open"]


def opened(number: str, at: datetime) -> None:
    """Somebody looks at a plate."""
    looked = officer("plate.open")
    with acting(looked):
        enter(looked, subject=f"plate:{number}", at=at)


def test_learns_of_what_was_done_with_the_plate_and_who_looked_until_it_was_anothers() -> None:
    pool, _ = a_pool()
    document = a_number()
    number = a_plate(pool, document=document)
    other = a_plate(pool)
    opened(number, NOW - timedelta(days=9))
    asked(number, "keep", "sold", at=NOW + timedelta(hours=1))
    opened(number, NOW + timedelta(hours=2))
    opened(other, NOW + timedelta(hours=2))
    returned = NOW + timedelta(days=6 * 366)
    assert {event.type for event in night(returned, pool)} == {"pool.hold", "pool.release"}
    opened(number, returned + timedelta(hours=1))
    by = as_inspector()
    with acting(by):
        (own,) = subjects.about(by, document)
    assert [entry.type for entry in own.acts] == ["plate.file", "plate.press", "plate.change", "plate.open"]


def test_the_database_shows_an_inspector_the_files_of_the_document_shown_and_no_plate() -> None:
    pool, _ = a_pool()
    number = a_number()
    mine = a_file(pool, owner_document=number)
    a_file(pool)
    by = as_inspector()
    with acting(by):
        assert not Draw.objects.exists()
        assert subjects.about(by, a_number()) == []
        assert not Draw.objects.exists()
        subjects.about(by, number)
        assert [each.pk for each in Draw.objects.all()] == [mine.pk]
        assert not Plate.objects.exists()
    with acting(as_inspector()):
        assert not Draw.objects.exists()  # the question ended with its transaction


@pytest.mark.parametrize("by", [officer("plate.list", "14812"), as_province("stay.search", purpose="night-control")])
def test_the_question_shows_others_no_more_than_before(by: Grant) -> None:
    pool, _ = a_pool()
    number = a_number()
    a_file(pool, owner_document=number)
    with acting(by):
        before = Draw.objects.filter(pool=pool).count()
        ask_about(vault().find(number))
        assert Draw.objects.filter(pool=pool).count() == before
