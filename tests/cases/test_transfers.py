"""A case goes to another unit with all that belongs to it, or stays; and merged units hand over everything at once."""

from datetime import timedelta

import pytest
from django.db import connection

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.audit.models import Entry
from hamrong.cases.actions import transfers
from hamrong.cases.actions.steps import take
from hamrong.cases.models import Case, Clock, Fact, Transfer
from hamrong.cases.queries import desk
from tests.cases.course import a_case, an_open_case, by, of_province, told
from tests.cases.trial import OTHER, THIRD, WARD
from tests.world import NOW


def offered(case: Case, *, sender: str = WARD, receiver: str = OTHER) -> Transfer:
    answer = transfers.offer(
        by=by("test.accept", unit=sender), case=case, revision=case.revision, receiver=receiver,
        reason="Không thuộc thẩm quyền", at=NOW,
    )  # fmt: skip
    assert isinstance(answer, Transfer), answer
    return answer


def seen_by(unit: str, case: Case) -> tuple[int, int, int]:
    """How much of a case a unit sees: the case, its facts, its clocks."""
    with acting(by("test.accept", unit=unit)):
        return (
            Case.objects.filter(pk=case.pk).count(),
            Fact.objects.filter(case=case).count(),
            Clock.objects.filter(case=case).count(),
        )


def test_a_case_stays_with_its_sender_until_it_is_accepted_and_then_goes_with_all_it_has():
    case = an_open_case()
    transfer = offered(case)
    assert seen_by(WARD, case) == (1, 2, 2) and seen_by(OTHER, case) == (0, 0, 0)
    receiver = by("test.accept", unit=OTHER)
    with acting(receiver):
        assert transfer in desk.offered(receiver)
    taken = transfers.accept(by=receiver, transfer=transfer, at=NOW)
    assert isinstance(taken, Case) and taken.unit == OTHER and taken.transfers == 1
    assert seen_by(WARD, case) == (0, 0, 0) and seen_by(OTHER, case) == (1, 2, 2)
    go_on = take(by=by("test.pause", unit=OTHER), case=taken, revision=2, told=told(document="1/QĐ"), at=NOW)
    assert isinstance(go_on, Case)


def test_only_the_unit_to_which_it_was_offered_accepts_and_only_once():
    case = a_case()
    transfer = offered(case)
    for unit in (WARD, THIRD):
        assert isinstance(transfers.accept(by=by("test.accept", unit=unit), transfer=transfer, at=NOW), Refusal)
    assert isinstance(transfers.accept(by=by("test.accept", unit=OTHER), transfer=transfer, at=NOW), Case)
    assert isinstance(transfers.accept(by=by("test.accept", unit=OTHER), transfer=transfer, at=NOW), Refusal)


def test_a_case_is_not_offered_before_the_day_on_which_it_began():
    case, early = a_case(), NOW - timedelta(days=1)
    answer = transfers.offer(
        by=by("test.accept"), case=case, revision=1, receiver=OTHER, reason="Không thuộc thẩm quyền", at=early
    )
    assert isinstance(answer, Refusal) and answer.reason == "invalid"


def test_refusing_says_why_and_leaves_the_case():
    case = a_case()
    transfer = offered(case)
    receiver = by("test.accept", unit=OTHER)
    assert isinstance(transfers.refuse(by=receiver, transfer=transfer, answer="", at=NOW), Refusal)
    assert isinstance(transfers.refuse(by=receiver, transfer=transfer, answer="Đúng thẩm quyền", at=NOW), Transfer)
    assert seen_by(WARD, case)[0] == 1
    assert isinstance(offered(case), Transfer)


def test_an_offer_is_taken_back_by_its_sender_alone_and_is_the_only_one():
    case = a_case()
    transfer = offered(case)
    again = transfers.offer(by=by("test.accept"), case=case, revision=1, receiver=THIRD, reason="Nhầm", at=NOW)
    assert isinstance(again, Refusal) and again.reason == "conflict"
    assert isinstance(transfers.withdraw(by=by("test.accept", unit=OTHER), transfer=transfer, at=NOW), Refusal)
    assert isinstance(transfers.withdraw(by=by("test.accept"), transfer=transfer, at=NOW), Transfer)
    assert isinstance(transfers.accept(by=by("test.accept", unit=OTHER), transfer=transfer, at=NOW), Refusal)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_transfer_says_why(reason):
    answer = transfers.offer(by=by("test.accept"), case=a_case(), revision=1, receiver=OTHER, reason=reason, at=NOW)
    assert isinstance(answer, Refusal)


def test_the_third_transfer_raises_an_alarm_on_record():
    case, last = a_case(), None
    for sender, receiver in ((WARD, OTHER), (OTHER, THIRD), (THIRD, WARD)):
        transfer = offered(case, sender=sender, receiver=receiver)
        last = by("test.accept", unit=receiver)
        case = transfers.accept(by=last, transfer=transfer, at=NOW)
    assert isinstance(case, Case) and case.transfers == transfers.MANY
    assert last is not None and alarms(case) == 1


def alarms(case: Case) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_inspector', false)")
        count = Entry.objects.filter(stream=f"case:{case.pk}", detail__details__contains="many-transfers").count()
        cursor.execute("select set_config('role', 'none', false)")
    return count


def test_units_that_are_merged_hand_over_every_open_case_and_closed_ones_stay():
    gone, heir = "90001", "90002"
    cases = [an_open_case(unit=gone) for _ in range(5)]
    closed = take(
        by=by("test.return", unit=gone), case=(stays := a_case(unit=gone)), revision=1, told=told(reason="x"), at=NOW
    )
    assert isinstance(closed, Case)
    waiting = offered(a_case(unit=THIRD), sender=THIRD, receiver=gone)
    order = of_province("test.reorganise")
    moved = transfers.reorganise(by=order, successors={gone: heir}, document="1686/NQ-UBTVQH15", at=NOW)
    assert moved == 5
    assert all(seen_by(heir, case) == (1, 2, 2) and seen_by(gone, case) == (0, 0, 0) for case in cases)
    assert seen_by(gone, stays)[0] == 1
    with acting(order):
        assert Transfer.objects.get(pk=waiting.pk).state == "withdrawn"
        assert Transfer.objects.filter(case=cases[0], state="accepted", document="1686/NQ-UBTVQH15").count() == 1
    again = transfers.reorganise(by=order, successors={gone: heir}, document="1686/NQ-UBTVQH15", at=NOW)
    assert again == 0


def test_a_reorganisation_names_its_order_and_no_unit_that_ceases_receives():
    order = of_province("test.reorganise")
    assert isinstance(transfers.reorganise(by=order, successors={"a": "b"}, document=" ", at=NOW), Refusal)
    chain = {"a": "b", "b": "c"}
    assert isinstance(transfers.reorganise(by=order, successors=chain, document="1/NQ", at=NOW), Refusal)
