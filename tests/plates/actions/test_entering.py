"""Plates from elsewhere: another province's, or won at an auction; nobody gets a number of a pool by it."""

import itertools
import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.walls import acting
from hamrong.plates.actions import after
from hamrong.plates.actions.after import NOT_OLD
from hamrong.plates.actions.entering import (
    KNOWN,
    NOT_OURS,
    OURS,
    STILL_GIVEN,
    STILL_THERE,
    UNREADABLE,
    EnterIn,
    enter_plate,
)
from hamrong.plates.actions.pools import change
from hamrong.plates.models import Act, Plate
from hamrong.plates.numbers import Run, written
from hamrong.plates.queries import subjects
from hamrong.plates.queries.after import history
from tests.plates.given import a_document, a_plate, asked, asking, by_keeper, night, plate_now
from tests.plates.owners import WARD, a_file, a_press, a_sealer, a_vehicle, numbers_of, officer
from tests.plates.pools import BASIS, a_pool, manager, small_pool
from tests.world import NOW, PROVINCE, actor, grant

OTHER = "14812"
SOURCE = "Phòng CSGT Công an tỉnh Ninh Bình"


_numbers = itertools.count(secrets.randbelow(90_000))


def elsewhere() -> str:
    """A number of another province that no other test takes."""
    return f"35A{10_000 + next(_numbers) % 90_000}"


def told(**changes: Any) -> EnterIn:
    facts: dict[str, Any] = {
        "origin": "province", "number": elsewhere(), "kind": "car", "colour": "white", "source": SOURCE,
        "on": date(2025, 3, 3), "dossier": "HS-99", "vehicle": a_vehicle(), "owner": "Nguyễn Thị Thử",
        "owner_document": a_document(),
    }  # fmt: skip
    return EnterIn(**{**facts, **changes})


def entering(ward: str = WARD, **changes: Any) -> Act | Refusal:
    return enter_plate(by=officer("plate.change", ward), told=told(**changes), province=PROVINCE, at=NOW)


def entered(**changes: Any) -> Act:
    made = entering(**changes)
    assert isinstance(made, Act), made
    return made


def handed(act: Act) -> None:
    assert isinstance(after.finish(by=officer("plate.change"), act=act.pk, at=NOW), Act)


def a_won_number(pool: str = "", series: str = "", number: int = 8888) -> str:
    """A number that was set aside, auctioned and recorded as won."""
    if not pool:
        pool, (series,) = a_pool()
    for type in ("pool.set-aside", "pool.issue"):
        change(by=manager(), pool=pool, type=type, runs=[Run(series, number, number)], basis=BASIS, at=NOW)
    return written(series, number)


def test_a_plate_of_another_province_is_on_its_vehicle_with_its_origin_and_its_certificate_is_due():
    number, document = elsewhere(), a_document()
    act = entered(number=f"{number[:3]}-{number[3:6]}.{number[6:]}", owner_document=document)
    assert (act.act, act.number, act.rule.partition("@")[0]) == ("enter", number, "plate.cert")
    assert act.due_at is not None and act.done_at is None
    assert SOURCE in act.note and "03/03/2025" in act.note
    plate = plate_now(number)
    assert plate is not None
    assert (plate.state, plate.pool, plate.origin, plate.source, plate.source_on, plate.kind) == (
        "in-use", "", "province", SOURCE, date(2025, 3, 3), "car",
    )  # fmt: skip


def test_it_is_exchanged_reissued_kept_put_on_again_and_moved_on_like_every_other():
    document = a_document()
    number = elsewhere()
    handed(entered(number=number, owner_document=document))
    handed(asked(number, "exchange", "colour", colour="yellow"))
    plate = plate_now(number)
    assert plate is not None and plate.colour == "yellow"
    handed(asked(number, "reissue", "lost"))
    asked(number, "keep", "sold")
    again = asked(number, "assign", "registered", ward=OTHER, vehicle=a_vehicle(), owner_document=document)
    assert again.origin == WARD and plate_now(number) is None
    there = plate_now(number, OTHER)
    assert there is not None and there.origin == "province"
    assert isinstance(after.finish(by=officer("plate.change", OTHER), act=again.pk, at=NOW), Act)
    asked(number, "move", "moved", owner_document=document)
    here = plate_now(number)
    assert here is not None
    by = officer("plate.open")
    with acting(by):
        acts = [act.act for act in history(by, here)]
    assert sorted(acts) == sorted(["enter", "exchange", "reissue", "keep", "assign", "move"])


def test_a_number_that_was_won_keeps_its_pool_and_goes_back_to_it_when_nobody_claims_it():
    pool, (series,) = a_pool()
    number = a_won_number(pool, series)
    act = entered(origin="auction", number=number, source="QĐ 99/QĐ-HĐĐG", kind="motorcycle")
    assert (act.act, act.rule.partition("@")[0]) == ("won", "plate.auction_exchange_id")
    plate = plate_now(number)
    assert plate is not None and (plate.pool, plate.kind, plate.origin) == (pool, "car", "auction")
    handed(act)
    asked(number, "keep", "sold")
    later = NOW + timedelta(days=6 * 366)
    assert {event.type for event in night(later, pool)} == {"pool.hold", "pool.release"}
    assert plate_now(number) is None


@pytest.mark.parametrize("origin", ["auction", "province"])
def test_a_number_that_remains_in_a_pool_cannot_be_taken_by_anybody(origin):
    pool, (series,) = a_pool()
    expected = STILL_THERE["left"] if origin == "auction" else OURS
    assert entering(origin=origin, number=written(series, 9999)) == expected
    assert numbers_of(pool) == set()


def test_a_number_set_aside_drawn_or_withdrawn_was_not_won():
    pool, (series,) = a_pool()
    change(by=manager(), pool=pool, type="pool.set-aside", runs=[Run(series, 5, 5)], basis=BASIS, at=NOW)
    assert entering(origin="auction", number=written(series, 5)) == STILL_THERE["aside"]
    change(by=manager(), pool=pool, type="pool.recall", runs=[Run(series, 6, 6)], basis=BASIS, at=NOW)
    assert entering(origin="auction", number=written(series, 6)) == STILL_THERE[""]
    drawn = a_plate(pool)
    assert entering(origin="auction", number=drawn) == STILL_THERE[""]


def test_no_draw_ever_gives_a_number_that_was_won():
    pool, series = small_pool(3)
    number = a_won_number(pool, series, 2)
    entered(origin="auction", number=number)
    for _ in range(2):
        a_press(pool)
    a_sealer().work()
    assert numbers_of(pool) == {written(series, place) for place in (1, 2, 3)}
    plate = plate_now(number)
    assert plate is not None and plate.origin == "auction"


def test_a_number_of_ours_in_no_pool_and_one_that_nobody_can_read_are_refused():
    answer = entering(number="36A12345")
    assert answer == OURS
    no_pool = entering(origin="auction", number="36Z99999")
    assert isinstance(no_pool, Refusal) and "kho" in no_pool.vi
    assert entering(number="không phải biển") == UNREADABLE
    assert entering(number="35A00000") == UNREADABLE
    assert entering(number=elsewhere(), colour="red") == UNREADABLE


def an_old_number(digits: int = 4) -> str:
    """A motorcycle's number of the kind that this province gave until 2023; no other test takes it."""
    return f"36B{1 + next(_numbers) % 9}{next(_numbers) % 10**digits or 1:0{digits}d}"


def old(**changes: Any) -> dict[str, Any]:
    return {"origin": "older", "kind": "motorcycle", "source": "Công an huyện Hoằng Hóa", **changes}


def test_an_old_plate_of_the_province_comes_onto_the_books_at_once_and_its_vehicle_draws_a_new_number():
    number, vehicle = an_old_number(), a_vehicle()
    act = entered(**old(number=f"36-{number[2:4]} {number[4:]}", vehicle=vehicle))
    assert (act.act, act.number, act.due_at) == ("book", number, None) and act.done_at
    plate = plate_now(number)
    assert plate is not None and (plate.pool, plate.origin, plate.state) == ("", "older", "in-use")
    renewed = asked(number, "renew", "five-digits", kind="motorcycle")
    plate = plate_now(number)
    assert plate is not None and (plate.state, plate.vehicle_index) == ("withdrawn", None)
    a_file(a_pool()[0], vehicle=vehicle)
    undone = after.undo(by=officer("plate.change"), act=renewed.pk, reason="Nhầm", at=NOW)
    assert isinstance(undone, Refusal) and undone.reason == "conflict"


def test_an_old_plate_of_five_digits_keeps_its_number_whatever_is_done_with_it():
    number, document = an_old_number(5), a_document()
    entered(**old(number=number, owner_document=document))
    assert asking(number, "renew", "five-digits") == NOT_OLD
    handed(asked(number, "exchange", "worn"))
    asked(number, "keep", "sold")
    again = asked(number, "assign", "registered", vehicle=a_vehicle(), owner_document=document)
    assert again.number == number
    plate = plate_now(number)
    assert plate is not None and plate.state == "in-use"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"number": "36A-123.45", "kind": "car"}, STILL_GIVEN), ({"number": "36-AA 123.45"}, STILL_GIVEN),
        ({"number": "36-B1 123.45", "colour": "blue"}, STILL_GIVEN), ({"number": "35-B1 1234"}, NOT_OURS),
        ({"number": "36-B1 0000"}, UNREADABLE), ({"number": "36-B1 1234", "origin": "province"}, OURS),
    ],
)  # fmt: skip
def test_no_number_that_can_be_drawn_or_won_is_taken_in_as_an_old_one(changes, why):
    assert entering(**old(**changes)) == why


def test_a_number_of_a_pool_is_no_old_one_even_of_another_writing():
    _, (series,) = a_pool()
    assert entering(**old(number=written(series, 77), kind="car")) == STILL_GIVEN


def test_an_old_plate_that_was_entered_by_mistake_is_gone_when_it_is_undone_the_same_day():
    number = an_old_number()
    act = entered(**old(number=number))
    assert isinstance(after.undo(by=officer("plate.change"), act=act.pk, reason="Nhầm số", at=NOW), Act)
    assert plate_now(number) is None


def test_what_is_on_the_books_anywhere_is_not_taken_in_twice_and_a_vehicle_has_one_plate():
    number, vehicle = elsewhere(), a_vehicle()
    entered(number=number, vehicle=vehicle)
    assert entering(ward=OTHER, number=number) == KNOWN
    second = entering(vehicle=vehicle)
    assert isinstance(second, Refusal) and second.reason == "conflict"


@pytest.mark.parametrize(
    "changes",
    [{"origin": "found"}, {"dossier": " "}, {"owner": ""}, {"source": " "}, {"owner_document": "-"}, {"vehicle": "A1"},
     {"on": NOW.date() + timedelta(days=2)}],
)  # fmt: skip
def test_what_is_missing_is_asked_for_and_nothing_is_kept(changes):
    number = elsewhere()
    answer = entering(number=number, **changes)
    assert isinstance(answer, Refusal) and answer.reason == "invalid"
    assert plate_now(number) is None


def test_what_was_entered_by_mistake_is_undone_and_can_be_entered_right():
    number = elsewhere()
    act = entered(number=number)
    undone = after.undo(by=officer("plate.change"), act=act.pk, reason="Nhầm chủ xe", at=NOW)
    assert isinstance(undone, Act) and plate_now(number) is None
    again = entered(number=number)
    handed(again)
    late = after.undo(by=officer("plate.change"), act=again.pk, reason="Nhầm", at=NOW)
    assert isinstance(late, Refusal) and plate_now(number) is not None


def test_a_plate_of_another_province_that_was_kept_long_enough_leaves_our_book():
    number = elsewhere()
    handed(entered(number=number))
    asked(number, "keep", "deregistered")
    night(NOW + timedelta(days=300), "")
    assert plate_now(number) is not None
    night(NOW + timedelta(days=6 * 366), "")
    assert plate_now(number) is None
    with acting(by_keeper()):
        assert Act.objects.filter(number=number, act="release", reason="kept").count() == 1


def test_nothing_else_is_done_to_a_plate_by_these_acts():
    number = elsewhere()
    handed(entered(number=number))
    for act, reason in (("enter", "from-province"), ("won", "auction")):
        answer = asking(number, act, reason, vehicle=a_vehicle(), owner_document=a_document())
        assert isinstance(answer, Refusal)


def test_its_owner_learns_who_took_it_in_and_who_looked():
    number, document = elsewhere(), a_document()
    entered(number=number, owner_document=document)
    by: Grant = grant(actor("inspector", PROVINCE), "subject.read", Target(province=PROVINCE))
    with acting(by):
        assert not Plate.objects.exists()
        (own,) = subjects.taken_in(by, document)
        assert (own.plate.number, [each.type for each in own.acts]) == (number, ["plate.change"])
        assert subjects.taken_in(by, a_document()) == []
    with acting(by):
        assert not Plate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("origin = 'found'", "plate_origin_is_known"), ("origin = ''", "plate_from_elsewhere_says_from_where"),
        ("source = ''", "plate_from_elsewhere_says_from_where"), ("kind = ''", "plate_goes_on_a_kind_of_vehicle"),
        ("source_on = null", "plate_from_elsewhere_says_from_where"),
        ("draw = gen_random_uuid()", "plate_from_elsewhere_says_from_where"),
    ],
)  # fmt: skip
def test_the_database_itself_keeps_where_a_plate_came_from(changes, constraint):
    number = elsewhere()
    entered(number=number)
    statement = f"update plates_plate set {changes} where number = %s"
    by = officer("plate.change")
    with pytest.raises(IntegrityError, match=constraint), acting(by), connection.cursor() as cursor:
        cursor.execute(statement, [number])
