"""An owner moves house: the file of the plate goes to the office of the new place and no other, with its history."""

from datetime import timedelta

import pytest
from django.db import connection

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.law import deadline
from hamrong.plates.actions.after import finish, undo
from hamrong.plates.actions.pools import Basis, change
from hamrong.plates.models import Act
from hamrong.plates.numbers import Run, split
from hamrong.plates.queries import after
from tests.plates.given import a_document, a_plate, asked, asking, night, plate_now
from tests.plates.owners import WARD, a_vehicle, officer
from tests.plates.pools import a_pool, manager
from tests.world import NOW, PROVINCE

NEW, THIRD = "14812", "16516"


@pytest.fixture
def owned():
    """A plate on a vehicle, and its owner's document."""
    document = a_document()
    return a_plate(a_pool()[0], document=document), document


def moved(owned, ward=NEW, at=NOW):
    number, document = owned
    return asked(number, "move", "moved", ward=ward, owner_document=document, at=at)


def test_the_file_is_at_the_new_office_and_the_old_one_has_it_no_more(owned):
    made = moved(owned)
    assert (made.ward, made.origin) == (NEW, WARD)
    assert plate_now(owned[0], NEW).state == "in-use" and plate_now(owned[0]) is None
    assert isinstance(asking(owned[0], "exchange", "worn"), Refusal)
    due = deadline("plate.cert", NOW.date())
    assert (made.due_at, made.legal_at, made.rule) == (due.strict, due.legal, due.law_version)
    assert isinstance(finish(by=officer("plate.change", NEW), act=made.pk, at=NOW), Act)
    asked(owned[0], "exchange", "worn", ward=NEW)


def test_the_history_comes_along_and_the_old_office_is_told_where_it_went(owned):
    before = asked(owned[0], "exchange", "worn")
    finish(by=officer("plate.change"), act=before.pk, at=NOW)
    moved(owned, at=NOW + timedelta(hours=1))
    plate = plate_now(owned[0], NEW)
    by = officer("plate.open", NEW)
    with acting(by):
        assert [act.act for act in after.history(by, plate)] == ["move", "exchange"]
    with acting(officer("plate.list")):
        gone = [one for one in after.moved_away(NOW) if one.number == owned[0]]
    assert [one.ward for one in gone] == [NEW]
    with acting(officer("plate.list", THIRD)):
        assert owned[0] not in [one.number for one in after.moved_away(NOW)]
        by = officer("plate.open", THIRD)
        assert after.history(by, plate) == []


def test_nobody_gets_a_plate_without_its_owners_document(owned):
    for document in (a_document(), ""):
        answer = asking(owned[0], "move", "moved", ward=NEW, owner_document=document)
        assert isinstance(answer, Refusal) and plate_now(owned[0]).state == "in-use"
    assert asking("36A00000", "move", "moved", ward=NEW, owner_document=owned[1]).reason == "other-scope"


def test_it_does_not_move_to_where_it_is_or_while_an_application_is_open(owned):
    assert asking(owned[0], "move", "moved", owner_document=owned[1]).reason == "state"
    asked(owned[0], "reissue", "lost")
    assert asking(owned[0], "move", "moved", ward=NEW, owner_document=owned[1]).reason == "conflict"
    assert plate_now(owned[0]) is not None and plate_now(owned[0], NEW) is None


def test_a_move_by_mistake_goes_back_to_the_office_that_it_came_from(owned):
    made = moved(owned)
    assert isinstance(undo(by=officer("plate.change", THIRD), act=made.pk, reason="Nhầm", at=NOW), Refusal)
    assert isinstance(undo(by=officer("plate.change", NEW), act=made.pk, reason="Nhầm biển", at=NOW), Act)
    assert plate_now(owned[0]).state == "in-use" and plate_now(owned[0], NEW) is None
    with acting(officer("plate.list")):
        assert owned[0] not in [one.number for one in after.moved_away(NOW)]


def test_a_move_is_on_record_with_the_office_that_it_came_from_and_without_the_document(owned, admin_connection):
    moved(owned)
    found = admin_connection.execute(
        "select type, details from audit_entry join audit_detail on entry_id = id where subject = %s",
        [f"plate:{owned[0]}"],
    ).fetchall()
    assert [type_ for type_, _ in found] == ["plate.change"]
    assert WARD in str(found) and owned[1] not in str(found)


def test_the_database_gives_a_plate_back_only_for_a_move_that_was_undone(owned):
    made = moved(owned)
    for ward in (NEW, WARD, THIRD):
        with acting(officer("plate.change", ward)), connection.cursor() as cursor:
            cursor.execute("select plates_give_back(%s, %s)", [owned[0], made.pk])
            assert cursor.fetchone() == (False,)


def test_to_another_province_the_plate_goes_along_and_stays_out_of_its_pool():
    pool, _ = a_pool()
    number = a_plate(pool)
    assert asking(number, "leave", "other-province").reason == "invalid", "to where?"
    made = asked(number, "leave", "other-province", note="Nghệ An")
    plate = plate_now(number)
    assert (plate.state, plate.vehicle_index, made.done_at, made.due_at) == ("away", None, NOW, None)
    far = NOW + timedelta(days=6 * 366)
    assert night(far, pool) == [], "no night gives it back"
    grant, basis = manager(), Basis("79/2024/TT-BCA", "QĐ 1", NOW.date(), PROVINCE)
    series, value = split(number)
    released = change(by=grant, pool=pool, type="pool.release", runs=[Run(series, value, value)], basis=basis, at=far)
    assert isinstance(released, Refusal)


def test_leaving_by_mistake_is_undone_on_the_same_day_and_the_vehicle_has_its_plate_again():
    number = a_plate(a_pool()[0])
    vehicle = plate_now(number).vehicle_index
    made = asked(number, "leave", "other-province", note="Nghệ An")
    assert isinstance(undo(by=officer("plate.change"), act=made.pk, reason="Nhầm", at=NOW), Act)
    assert (plate_now(number).state, plate_now(number).vehicle_index) == ("in-use", vehicle)


def test_an_owner_who_comes_back_has_the_plate_at_whatever_office_and_nobody_else_has():
    document, vehicle = a_document(), a_vehicle()
    number = a_plate(a_pool()[0], document=document, vehicle=vehicle)
    asked(number, "leave", "other-province", note="Nghệ An")
    facts = {"vehicle": vehicle, "ward": NEW, "at": NOW + timedelta(days=400)}
    assert isinstance(asking(number, "assign", "returned", owner_document=a_document(), **facts), Refusal)
    asked(number, "assign", "returned", owner_document=document, **facts)
    assert plate_now(number, NEW).state == "in-use" and plate_now(number) is None
