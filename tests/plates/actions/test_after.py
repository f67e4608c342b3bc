"""Plates after they were given: every act from every state, its deadline by law, undoing, and two officers at once."""

import itertools
import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.law import deadline
from hamrong.plates.actions import after
from hamrong.plates.actions.files import FileIn, file
from hamrong.plates.course import MOVES, move, possible
from hamrong.plates.models import Act
from tests.plates.given import a_document, a_plate, asked, asking, plate_now
from tests.plates.owners import WARD, a_file, a_vehicle, officer
from tests.plates.pools import a_pool
from tests.world import NOW, PROVINCE

OTHER = "14812"
NEXT_DAY = NOW + timedelta(days=1)
TOLD = {
    "exchange": {"reason": "worn"}, "reissue": {"reason": "lost"}, "keep": {"reason": "sold"},
    "leave": {"reason": "other-province", "note": "Nghệ An, Phòng Cảnh sát giao thông"},
    "withdraw": {"reason": "decision", "note": "QĐ 7/QĐ-CAT"},
}  # fmt: skip


def undone(act, reason="Nhập nhầm", at=NOW):
    return after.undo(by=officer("plate.change"), act=act.pk, reason=reason, at=at)


def finished(act, at=NOW):
    return after.finish(by=officer("plate.change"), act=act.pk, at=at)


def a_plate_that_is(state):
    """A plate in a state, with its owner's document."""
    document = a_document()
    number = a_plate(a_pool()[0], document=document)
    if state == "kept":
        asked(number, "keep", "sold")
    if state == "away":
        asked(number, "leave", **TOLD["leave"])
    if state == "withdrawn":
        asked(number, "withdraw", "decision", note="QĐ 7")
    return number, document


@pytest.mark.parametrize(
    ("state", "act"), list(itertools.product(("in-use", "kept", "away", "withdrawn"), [m.act for m in MOVES]))
)
def test_an_act_is_done_from_the_states_of_its_row_and_from_no_other(state, act):
    number, document = a_plate_that_is(state)
    facts = TOLD.get(act) or {"reason": "registered", "vehicle": a_vehicle(), "owner_document": document}
    moves = act == "move"
    office = OTHER if moves else WARD
    facts = {"reason": "moved", "owner_document": document} if moves else facts
    answer = asking(number, act, ward=office, **facts)
    allowed = move(act) in possible(state, open_act=False, here=not moves)
    assert isinstance(answer, Act if allowed else Refusal), answer
    plate = plate_now(number, office if allowed else WARD)
    assert plate is not None and plate.state == (move(act).target if allowed else state)


def test_exchange_and_reissue_are_due_by_their_own_rules_of_law():
    for act, reason, leaf in (("exchange", "worn", "plate.auction_exchange_id"), ("reissue", "lost", "plate.reissue")):
        made = asked(a_plate(a_pool()[0]), act, reason)
        due = deadline(leaf, NOW.date())
        assert (made.due_at, made.legal_at, made.rule) == (due.strict, due.legal, due.law_version)
        assert made.done_at is None
        done = finished(made, NEXT_DAY)
        assert isinstance(done, Act) and done.done_at == NEXT_DAY and done.done_by
        assert isinstance(finished(made), Refusal)


def test_a_plate_is_kept_five_years_and_its_vehicle_may_draw_another():
    vehicle = a_vehicle()
    pool, _ = a_pool()
    number = a_plate(pool, vehicle=vehicle)
    asked(number, "keep", "sold")
    plate = plate_now(number)
    assert plate.kept_until == date(2031, 11, 25)
    assert plate.vehicle_index is None
    assert a_plate(pool, vehicle=vehicle) != number


def test_the_owner_brings_the_kept_plate_to_another_office_and_to_no_other_owner():
    document = a_document()
    number = a_plate(a_pool()[0], document=document)
    asked(number, "keep", "sold")
    facts = {"vehicle": a_vehicle(), "ward": OTHER}
    wrong = asking(number, "assign", "registered", owner_document=a_document(), **facts)
    assert isinstance(wrong, Refusal) and plate_now(number, OTHER) is None
    made = asked(number, "assign", "registered", owner_document=document, **facts)
    plate = plate_now(number, OTHER)
    assert (made.ward, plate.ward, plate.state, plate.kept_until) == (OTHER, OTHER, "in-use", None)
    assert plate_now(number) is None


def test_a_kept_plate_goes_to_no_vehicle_that_has_one_or_waits_for_a_draw():
    pool, document, vehicle = a_pool()[0], a_document(), a_vehicle()
    number = a_plate(pool, document=document)
    asked(number, "keep", "sold")
    a_plate(pool, vehicle=vehicle)
    for other in (vehicle, "waits"):
        if other == "waits":
            other = a_vehicle()
            a_file(pool, vehicle=other)
        answer = asking(number, "assign", "registered", vehicle=other, owner_document=document)
        assert isinstance(answer, Refusal) and answer.reason == "conflict"
    assert plate_now(number).state == "kept"


def test_a_vehicle_with_a_kept_plate_on_it_again_is_not_filed():
    pool, document, vehicle = a_pool()[0], a_document(), a_vehicle()
    number = a_plate(pool, document=document)
    asked(number, "keep", "sold")
    asked(number, "assign", "registered", vehicle=vehicle, owner_document=document)
    told = FileIn("HS-2", vehicle, "Nguyễn Thị Thử", document, "white")
    answer = file(by=officer(), pool=pool, told=told, province=PROVINCE, at=NOW, prove=lambda alphas: [b""])
    assert isinstance(answer, Refusal)


def test_after_five_years_a_kept_plate_is_given_to_nobody():
    number, document = a_plate_that_is("kept")
    late = NOW.replace(year=2031) + timedelta(days=1)
    answer = asking(number, "assign", "registered", vehicle=a_vehicle(), owner_document=document, at=late)
    assert isinstance(answer, Refusal) and answer.reason == "state"


def test_one_application_is_open_at_a_time_and_a_mistaken_one_is_undone():
    number = a_plate(a_pool()[0])
    first = asked(number, "exchange", "worn")
    second = asking(number, "reissue", "lost")
    assert isinstance(second, Refusal) and second.reason == "conflict"
    assert isinstance(undone(first, reason=" "), Refusal)
    assert isinstance(undone(first), Act)
    assert isinstance(undone(first), Refusal)
    assert isinstance(asking(number, "reissue", "lost"), Act)


def test_undoing_puts_the_plate_back_as_it_was():
    number, document = a_plate_that_is("kept")
    before = plate_now(number)
    made = asked(number, "assign", "registered", vehicle=a_vehicle(), owner_document=document)
    assert isinstance(undone(made, at=NEXT_DAY), Act)
    now = plate_now(number)
    assert (now.state, now.kept_on, now.kept_until, now.vehicle_index) == (
        "kept",
        before.kept_on,
        before.kept_until,
        None,
    )


def test_keeping_is_undone_on_its_day_only_and_not_onto_a_vehicle_with_another_plate():
    pool, vehicle = a_pool()[0], a_vehicle()
    number = a_plate(pool, vehicle=vehicle)
    carried = bytes(plate_now(number).vehicle_index)
    made = asked(number, "keep", "sold")
    assert isinstance(undone(made, at=NEXT_DAY), Refusal)
    assert isinstance(undone(made), Act)
    assert bytes(plate_now(number).vehicle_index) == carried
    again = asked(number, "keep", "sold", at=NOW + timedelta(minutes=1))
    a_plate(pool, vehicle=vehicle)
    assert isinstance(undone(again), Refusal)


def test_what_was_handed_over_is_not_undone():
    made = asked(a_plate(a_pool()[0]), "exchange", "worn")
    finished(made)
    assert isinstance(undone(made), Refusal)


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        ("exchange", {"reason": "lost"}), ("exchange", {"reason": "colour", "colour": "red"}),
        ("exchange", {"reason": "colour", "colour": "white"}), ("withdraw", {"reason": "decision"}),
        ("burn", {"reason": "worn"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_words_and_changes_nothing(act, facts):
    number = a_plate(a_pool()[0])
    answer = asking(number, act, **facts)
    assert isinstance(answer, Refusal) and answer.vi and answer.en
    assert plate_now(number).state == "in-use"


def test_another_office_neither_sees_nor_changes_a_plate():
    number = a_plate(a_pool()[0])
    answer = asking(number, "exchange", "worn", ward=OTHER)
    assert isinstance(answer, Refusal) and answer.reason == "other-scope"
    made = asked(number, "exchange", "worn")
    other = officer("plate.change", OTHER)
    assert isinstance(after.finish(by=other, act=made.pk, at=NOW), Refusal)
    assert isinstance(after.undo(by=other, act=made.pk, reason="x", at=NOW), Refusal)
    with acting(other):
        assert not Act.objects.filter(number=number).exists()


def test_of_two_officers_who_press_at_once_one_gets_it():
    number, answers, gate = a_plate(a_pool()[0]), [], threading.Barrier(2)

    def work(act, reason):
        gate.wait()
        answers.append(asking(number, act, reason))
        connection.close()

    both = [threading.Thread(target=work, args=one) for one in (("keep", "sold"), ("exchange", "worn"))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(type(answer).__name__ for answer in answers) == ["Act", "Refusal"]


def test_every_act_is_on_record_without_the_vehicle(admin_connection):
    number, document = a_plate_that_is("kept")
    vehicle = a_vehicle()
    made = asked(number, "assign", "registered", vehicle=vehicle, owner_document=document)
    finished(made)
    found = admin_connection.execute(
        "select type, details from audit_entry join audit_detail on entry_id = id where subject = %s",
        [f"plate:{number}"],
    ).fetchall()
    assert [type_ for type_, _ in found] == ["plate.change"] * 3
    assert vehicle not in str(found) and document not in str(found)
