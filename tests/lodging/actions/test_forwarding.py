"""Handing on to the ministry: confirmed, rejected or unknown, and never twice what may have arrived."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hamrong.access.actors import Grant, Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.lodging.actions.forwarding import Answered, collect, forward, reconcile
from hamrong.lodging.ministry import Ministry
from hamrong.lodging.models import Forwarding
from tests import kbtt_service, world


@pytest.fixture
def service() -> Iterator[kbtt_service.Service]:
    with kbtt_service.running() as running:
        yield running


@pytest.fixture
def by() -> Grant:
    """The keeper, with an empty box: other tests' notifications are none of ours."""
    answer = decide(keeper("forward", world.NOW), "stay.forward", Target())
    assert isinstance(answer, Grant)
    collect(by=answer, at=world.NOW)
    with acting(answer):
        Forwarding.objects.exclude(state="confirmed").update(state="confirmed")
    return answer


def waiting(by: Grant) -> Forwarding:
    """One new notification in the box."""
    stay = world.a_notification(world.an_establishment()).stay
    assert collect(by=by, at=world.NOW) == 1
    with acting(by):
        return Forwarding.objects.get(stay=stay)


def state_of(by: Grant, row: Forwarding) -> str:
    with acting(by):
        return Forwarding.objects.get(pk=row.pk).state


@pytest.mark.parametrize(
    ("mood", "state"), [("fine", "confirmed"), ("refuse", "rejected"), ("break", "unknown"), ("silent", "unknown")]
)
def test_each_answer_has_its_state(by: Grant, service: kbtt_service.Service, mood: str, state: str) -> None:
    row = waiting(by)
    service.mood = mood
    with Ministry(service.url, "tinh", "bi-mat") as ministry:
        assert forward(by=by, send=ministry.send, at=world.NOW) == {state: 1}
        assert state_of(by, row) == state
        assert forward(by=by, send=ministry.send, at=world.NOW) == {}
    assert len(service.received) == 1


def test_what_was_surely_not_sent_is_tried_again(by: Grant, service: kbtt_service.Service) -> None:
    row = waiting(by)
    with Ministry("http://127.0.0.1:1", "tinh", "bi-mat") as nobody:
        assert forward(by=by, send=nobody.send, at=world.NOW) == {"queued": 1}
    with Ministry(service.url, "tinh", "bi-mat") as ministry:
        assert forward(by=by, send=ministry.send, at=world.NOW) == {"confirmed": 1}
    assert state_of(by, row) == "confirmed"


def test_a_notification_enters_the_box_once(by: Grant) -> None:
    waiting(by)
    assert collect(by=by, at=world.NOW) == 0


def test_a_process_that_died_while_sending_leaves_an_unknown(by: Grant) -> None:
    row = waiting(by)

    def dies(_kind: str, _declaration: object) -> Answered:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forward(by=by, send=dies, at=world.NOW)
    assert state_of(by, row) == "sending"
    assert forward(by=by, send=dies, at=world.NOW + timedelta(hours=1)) == {}
    assert state_of(by, row) == "unknown"


def test_only_an_officer_settles_an_unknown(by: Grant, service: kbtt_service.Service) -> None:
    row = waiting(by)
    service.mood = "break"
    with Ministry(service.url, "tinh", "bi-mat") as ministry:
        forward(by=by, send=ministry.send, at=world.NOW)
    officer = world.as_province("stay.reconcile")
    settled = reconcile(by=officer, forwarding=row.pk, result="confirmed", at=world.NOW)
    assert isinstance(settled, Forwarding)
    assert isinstance(reconcile(by=officer, forwarding=row.pk, result="queued", at=world.NOW), Refusal)


def test_the_declaration_is_in_the_words_of_the_interface(by: Grant, service: kbtt_service.Service) -> None:
    waiting(by)
    with Ministry(service.url, "tinh", "bi-mat") as ministry:
        forward(by=by, send=ministry.send, at=world.NOW)
    ((path, (told,)),) = service.received
    assert path == "/declarations/citizens"
    assert told["fullName"] == "Trần Văn Khách"
    assert told["dateOfBirth"] == "17/05/1990"
    assert told["reasonCode"] == "20"
    assert len(told["documentNumber"]) == 12
