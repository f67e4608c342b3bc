"""What the sequencer does aside: nobody waits for it, and nothing that fails there goes unseen."""

import threading

import pytest

from hamrong.audit.models import Checkpoint
from hamrong.site.sequencer import Aside

SECONDS = 10


def checkpoint(size):
    return Checkpoint(log="plates", size=size)


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
