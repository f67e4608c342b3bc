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
    """(how many reports have new holders, what else there is to say)"""
    now = timezone.now()
    by = decide(replace(keeper("sealed.recover", now), label=who), "sealed.recover", Target())
    assert not isinstance(by, Refusal), by
    done = foreign = stuck = bare = 0
    beyond, more = None, True
    while more:
        came = dealing.recover(by=by, seed=seed, at=now, beyond=beyond)
        if isinstance(came, Refusal):  # with the last portion the order is carried out and over
            return done, "" if done else came.en
        done, foreign, stuck, beyond = done + came.done, foreign + came.foreign, stuck + came.stuck, came.last
        bare, more = came.bare, beyond is not None
    return done, "; ".join(filter(None, (_foreign(foreign), _stuck(stuck), _bare(bare))))


def _foreign(count: int) -> str:
    return f"{count} reports were sealed for other cards than these and stay as they are" if count else ""


def _stuck(count: int) -> str:
    return f"for {count} reports too few holders are free of conflict: appoint more and order anew" if count else ""


def _bare(count: int) -> str:
    return f"{count} reports were sealed before any cards were trusted: only their holders deal them" if count else ""
