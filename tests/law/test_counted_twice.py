"""Two counters that share no code agree. `make deadlines` compares a million cases, `make test` some thousands."""

import os
from datetime import date, datetime

from hamrong.law.calendars import calendars
from hamrong.law.deadlines import compute
from hamrong.law.library import shipped

from . import slow
from .cases import Case, cases

NUMBER = int(os.environ.get("LAW_CASES", "5000"))
SEED = int(os.environ.get("LAW_SEED", "20261126"))


def shown(day: date) -> str:
    return f"{day:%Y-%m-%dT%H:%M}" if isinstance(day, datetime) else day.isoformat()


def differs(case: Case) -> str:
    """What the two counters say about a case, where it is not the same."""
    found = compute(shipped(), case.plan.rule.id, case.events, case.params)
    wanted = slow.due(calendars(), case.plan.version, case.params, case.start, case.asked)
    got, want = found.written(), tuple(shown(day) for day in wanted)
    return "" if got == want else f"{case.plan.rule.id} {case.params} {case.start} {case.events}: {got}, slowly {want}"


def test_the_slow_counter_agrees_on_random_cases() -> None:
    assert [words for words in map(differs, cases(SEED, NUMBER)) if words] == []
