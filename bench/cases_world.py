"""What the measurement of a reorganisation does inside Django."""

from collections.abc import Mapping
from datetime import datetime

from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.decisions import Allow, decide, register
from hamrong.cases.actions import transfers

PROVINCE = "38"
register([Allow("bench.reorganise", ("province-residence",), ("administration",), "1686/NQ-UBTVQH15")])


def reorganise(successors: Mapping[str, str], at: datetime) -> int:
    """Move all open cases as the province's officer does; answers how many."""
    officer = Actor("person:bench", "bench", "bench", (Holding("province-residence", PROVINCE),), strong=True)
    grant = decide(officer, "bench.reorganise", Target(province=PROVINCE), purpose="administration")
    if not isinstance(grant, Grant):
        raise SystemExit(grant.en)
    moved = transfers.reorganise(by=grant, successors=successors, document="1686/NQ-UBTVQH15", at=at)
    if not isinstance(moved, int):
        raise SystemExit(moved.en)
    return moved
