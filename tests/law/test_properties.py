"""What holds for every rule and every course of events."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.law.clocks import Event, Moment, day_of
from hamrong.law.deadlines import compute
from hamrong.law.library import shipped
from hamrong.law.plans import Branch, Plan
from hamrong.law.shape import LawError

from .cases import case, counted, extended

WAYS = st.sampled_from(range(len(counted())))
SEEDS = st.integers(0, 2**32)
LIBERTY = [
    (plan, values, branch)
    for plan, values, branch in counted()
    if plan.rule.side == "liberty" and plan.rule.kind == "limit"
]
DAYS = st.integers(-30, 400)
KINDS = st.sampled_from(["extend", "extend", "suspend", "resume", "custody", "order"])
HAPPENINGS = st.lists(st.tuples(KINDS, DAYS, st.integers(0, 4), st.booleans(), st.booleans()), max_size=6)
"""What happens, how many days after the start, to which step, by whom and with whose approval: the right one or not."""


def due(plan: Plan, events: Sequence[Event], params: dict[str, str]) -> Any:
    return compute(shipped(), plan.rule.id, events, params)


@given(way=WAYS, seed=SEEDS)
def test_the_strict_reading_is_never_later_than_the_legal(way: int, seed: int) -> None:
    asked = case(Random(seed), *counted()[way])
    found = due(asked.plan, asked.events, asked.params)
    assert found.strict <= found.legal
    if asked.plan.rule.side == "liberty" and asked.plan.rule.kind == "limit" and not found.whole_days:
        assert found.strict == found.legal


@given(way=WAYS, seed=SEEDS, days=st.integers(0, 40))
def test_whoever_starts_later_is_never_due_earlier(way: int, seed: int, days: int) -> None:
    asked = case(Random(seed), *counted()[way])
    later = asked.start + timedelta(days=days)
    if day_of(later) > asked.plan.last:
        return
    moved = [Event("start", later), *(extended(step, later) for step in asked.asked.extensions)]
    plain = [Event("start", asked.start), *(extended(step, asked.start) for step in asked.asked.extensions)]
    first, second = (due(asked.plan, events, asked.params) for events in (plain, moved))
    assert first.strict <= second.strict
    assert first.legal <= second.legal


def happened(branch: Branch, start: Moment, happening: tuple[Any, int, int, bool, bool]) -> Event:
    what, days, nth, decided, approved = happening
    step = branch.ladder[nth % len(branch.ladder)] if branch.ladder else None
    name = step.step if step and what == "extend" else "suspended"
    by, approver = (step.by or "", step.approved_by or "") if step else ("", "")
    return Event(
        what, start + timedelta(days=days), name, by * decided or "settler", approver * approved, days=abs(days)
    )


def lawful(branch: Branch, event: Event) -> bool:
    """Whether the event is an extension decided, and approved where the law asks for it, by those who may."""
    return event.what == "extend" and any(
        event.name == step.step
        and (not step.by or event.by == step.by)
        and (not step.approved_by or event.approved_by == step.approved_by)
        for step in branch.ladder
    )


@pytest.mark.parametrize("way", range(len(LIBERTY)))
@given(seed=SEEDS, happenings=HAPPENINGS)
def test_nothing_makes_a_clock_of_liberty_longer_but_an_approved_extension(
    way: int, seed: int, happenings: list[tuple[Any, int, int, bool, bool]]
) -> None:
    plan, values, branch = LIBERTY[way]
    asked = case(Random(seed), plan, values, branch)
    start = Event("start", asked.start)
    events = [happened(branch, asked.start, each) for each in happenings]
    events = [event for event in events if not lawful(branch, event)]
    base = found = due(plan, [start], asked.params)
    kept = [start]
    for event in events:
        try:
            found = due(plan, [*kept, event], asked.params)
        except LawError:
            continue
        kept.append(event)
    assert found.strict <= base.strict
    assert found.legal <= base.legal


def test_the_term_of_every_clock_of_liberty_has_one_date() -> None:
    two = {
        plan.rule.id
        for plan, _, branch in LIBERTY
        if branch.convention and branch.convention.strict != branch.convention.legal
    }
    assert two == set()
