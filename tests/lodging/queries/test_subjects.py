"""A person asks who reported them and who looked."""

from hamrong.access.actors import Grant, Target
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.lodging.models import Stay
from hamrong.lodging.queries import subjects
from hamrong.lodging.rules import DocumentIn
from tests import world


def as_inspector() -> Grant:
    return world.grant(world.actor("inspector", world.PROVINCE), "subject.read", Target(province=world.PROVINCE))


def test_learns_of_every_establishment_that_reported_them_and_every_reading() -> None:
    number, paper = (number := world.a_number()), DocumentIn("cccd", number)
    here, there = world.an_establishment(), world.an_establishment()
    first, _ = world.a_notification(here, document=paper), world.a_notification(there, document=paper)
    looked = world.as_ward(here.ward, "stay.open", purpose="investigation", case_ref="01/2026")
    with acting(looked):
        enter(looked, subject=f"stay:{first.stay}", at=world.NOW)
    by = as_inspector()
    with acting(by):
        own = subjects.about(by, number)
        assert {one.stay.establishment for one in own} == {here.code, there.code}
        acts = next(one.acts for one in own if one.stay.pk == first.stay)
        assert [entry.type for entry in acts] == ["stay.notify", "stay.open"]
        assert acts[1].purpose == "investigation"


def test_the_inspector_sees_no_stay_but_of_the_document_that_was_shown() -> None:
    place = world.an_establishment()
    world.a_notification(place)
    by = as_inspector()
    with acting(by):
        assert not Stay.objects.exists()
        assert subjects.about(by, world.a_number()) == []
        assert not Stay.objects.exists()
