"""What the command line does in the sealed room: the trustees' key, its drills, and saving identities by cards."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from hamrong.access.actors import Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.sealed.actions import dealing, drills, keys
from hamrong.site.commandline import granted


def trust(public: bytes, who: str) -> None:
    """Put the trustees' public key on record."""
    keys.trust(by=granted("sealed.trust", who), public=public, at=timezone.now())


def drilled(public: bytes, held_on: date | None, who: str, *, opened: bool) -> str:
    """Record a drill with the cards of a public key, of today where no day is given; what is wrong, or nothing."""
    now = timezone.now()
    day = held_on or timezone.localdate(now)
    answer = drills.hold(by=granted("sealed.drill", who), public=public, held_on=day, opened=opened, at=now)
    return answer.en if isinstance(answer, Refusal) else ""


def recover(seed: bytes, who: str) -> tuple[int, str]:
    """(how many reports have new holders, what is wrong)"""
    now = timezone.now()
    by = decide(replace(keeper("sealed.recover", now), label=who), "sealed.recover", Target())
    assert not isinstance(by, Refusal), by
    total = 0
    while done := dealing.recover(by=by, seed=seed, at=now):
        if isinstance(done, Refusal):  # with the last portion the order is carried out and over
            return total, "" if total else done.en
        total += done
    return total, ""
