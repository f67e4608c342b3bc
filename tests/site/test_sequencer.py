"""When the sequencer takes turns of drawing, and what it does aside, for which nobody waits and which fails loudly."""

import threading

import pytest

from hamrong.access.walls import acting
from hamrong.audit.logs import certify
from hamrong.audit.models import Checkpoint
from hamrong.audit.signing import SigningProblem
from hamrong.audit.witnesses import Asking
from hamrong.plates.actions.sealing import Decides
from hamrong.plates.deciding import Deciding
from hamrong.plates.entries import LOG
from hamrong.plates.models import Draw, Seal
from hamrong.plates.queries.files import somebody_pressed
from hamrong.plates.sealer import Left, Sealer
from hamrong.site.sequencer import Aside, Turns
from tests.plates.owners import a_press, a_sealer, sequencer
from tests.plates.pools import small_pool
from tests.plates.witnesses import a_witness
from tests.signer import signing
from tests.world import NOW, timedelta

SECONDS = 10


def checkpoint(size):
    return Checkpoint(log="plates", size=size)


class Counted(Asking):
    """Asks witnesses, and counts how often."""

    times = 0

    def answering(self, checkpoint):
        self.times += 1
        return super().answering(checkpoint)


def pressed(pool):
    """Whether somebody waits in this pool: other tests press in theirs."""
    with acting(sequencer("plate.seal")):
        return somebody_pressed() and Draw.objects.filter(pool=pool, state="pressed").exists()


def alone(sealer):
    """A sealer that leaves alone what other tests have sealed and nobody will ever draw."""
    sealer._left = Left([])
    return sealer


def test_witnesses_are_asked_when_somebody_pressed_and_left_alone_otherwise():
    pool, _ = small_pool(20)
    known = {each.name: each for each in (a_witness("doan.test"), a_witness("mat-tran.test"))}
    asking, times = Counted(known), [NOW]
    deciding = Deciding(
        grant=lambda: sequencer("plate.seal"), asking=asking, witnesses=known, chain=None, clock=lambda: times[0]
    )
    a_press(pool)
    with acting(sequencer("log.sequence")):
        deciding.greet(certify(LOG, signing(), NOW))
    sealer = alone(Sealer(sequencer, signing(), 1, deciding.decides, deciding.fetch, clock=lambda: times[0]))
    turns = Turns(sealer, lambda: pressed(pool))
    turns.take()
    assert asking.times == 1
    while sealer.sealed or sealer.waits:
        turns.take()
    for _ in range(50):
        times[0] += timedelta(minutes=1)
        turns.take()
    assert asking.times == 1, "nobody pressed"
    a_press(pool)
    turns.take()
    assert asking.times == 2
    assert [each.source for each in Seal.objects.filter(pool=pool).order_by("first")] == ["witness", "witness"]


def test_the_first_turn_of_a_term_is_taken_and_one_that_failed_is_taken_again():
    taken = []

    def decides(at):
        taken.append(at)
        if len(taken) == 1:
            raise SigningProblem("the signer is away")
        return Decides()

    turns = Turns(alone(a_sealer(decides=decides)), lambda: False)
    for _ in range(2):
        turns.take()
    assert len(taken) == 2


def test_who_asks_does_not_wait_and_what_is_asked_meanwhile_is_left_out():
    done, begun, go_on = [], threading.Event(), threading.Event()

    def work(given):
        begun.set()
        assert go_on.wait(SECONDS)
        done.append(given.size)

    aside = Aside(work)
    aside.ask(checkpoint(1))
    assert begun.wait(SECONDS)
    aside.ask(checkpoint(2))
    assert done == []
    go_on.set()
    aside.close()
    assert done == [1]


def test_what_failed_aside_is_raised_when_it_is_asked_for_again():
    tried = threading.Event()

    def work(given):
        tried.set()
        raise OSError("the disk is full")

    aside = Aside(work)
    aside.ask(checkpoint(1))
    assert tried.wait(SECONDS)
    with pytest.raises(OSError, match="the disk is full"):
        while True:
            aside.ask(checkpoint(2))
    aside.close()
