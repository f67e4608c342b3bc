"""What the measurements of many cases do inside Django."""

from collections.abc import Mapping
from datetime import datetime

from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.decisions import Allow, decide, register
from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.cases.actions import reckoning, transfers
from hamrong.cases.models import ClockFact

PROVINCE = "38"
register([Allow("bench.reorganise", ("province-residence",), ("administration",), "1686/NQ-UBTVQH15")])


def _officer() -> Grant:
    officer = Actor("person:bench", "bench", "bench", (Holding("province-residence", PROVINCE),), strong=True)
    grant = decide(officer, "bench.reorganise", Target(province=PROVINCE), purpose="administration")
    if not isinstance(grant, Grant):
        raise SystemExit(grant.en)
    return grant


def would_move(at: datetime) -> int:
    """How many clocks the province's list of moved dates holds."""
    return sum(1 for _ in reckoning.moved(by=_officer(), at=at))


def confirm(at: datetime) -> int:
    """The same, as the night does it."""
    return reckoning.confirm(by=as_keeper("case.confirm", "bench", at), at=at)


def read_all(at: datetime) -> int:
    """Every case that has facts about clocks, all of them read as rows."""
    with acting(_officer()):
        return len({row[0] for row in ClockFact.objects.values_list("case_id", "rule", "what", "fact__effective_at")})


def reorganise(successors: Mapping[str, str], at: datetime) -> int:
    """Move all open cases as the province's officer does; answers how many."""
    moved = transfers.reorganise(by=_officer(), successors=successors, document="1686/NQ-UBTVQH15", at=at)
    if not isinstance(moved, int):
        raise SystemExit(moved.en)
    return moved
