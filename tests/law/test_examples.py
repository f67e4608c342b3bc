"""Every leaf's own examples come out as written, and would not if any of its numbers were another."""

import copy
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from hamrong.law.library import bound, shipped
from hamrong.law.shape import Count, LawError

from . import leaf
from .test_worked import ROWS as WORKED

RULES = sorted(shipped().rules)
PROSE = {"vi", "en", "source", "note"}
Where = tuple[str | int, ...]
BY_HAND = Counter(row["rule"] for row in WORKED)


def tree_of(rule_id: str) -> Any:
    return leaf.source_of(rule_id).tree


def scalars(tree: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    if isinstance(tree, str):
        yield where, tree
    elif tree is not None:
        for key, child in tree.items() if isinstance(tree, dict) else enumerate(tree):
            if key not in PROSE:
                yield from scalars(child, (*where, key))


def changed_numbers(text: str) -> Iterator[str]:
    """Every way in which the numbers in `text` can be one more, and the nearest ways in which they can be less."""
    if text in ("same", "next"):
        yield "next" if text == "same" else "same"
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        for day in (1, -1):
            yield (date.fromisoformat(text) + timedelta(days=day)).isoformat()
    elif re.fullmatch(r"\d\d:\d\d(:\d\d)?", text):
        for step in (timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1), timedelta(seconds=-1)):
            if text != "24:00":
                yield f"{datetime.fromisoformat(f'2000-01-01T{text}') + step:%H:%M:%S}"
    else:
        for number in re.finditer(r"\d+", text):
            for step in (1, -1):
                yield f"{text[: number.start()]}{int(number[0]) + step}{text[number.end() :]}"


def put(tree: Any, where: Where, value: str) -> None:
    for key in where[:-1]:
        tree = tree[key]
    tree[where[-1]] = value


def mutants(rule_id: str) -> Iterator[tuple[str, Any]]:
    original = tree_of(rule_id)
    for where, text in scalars(original["versions"], ("versions",)):
        for other in changed_numbers(text):
            changed = copy.deepcopy(original)
            put(changed, where, other)
            yield f"{where}: {text} -> {other}", changed
    for v, version in enumerate(original["versions"]):
        for c, case in enumerate(version.get("cases", [])[:-1]):
            for other in changed_numbers(case["before"]):
                changed = copy.deepcopy(original)
                put(changed, ("versions", v, "cases", c, "before"), other)
                put(changed, ("versions", v, "cases", c + 1, "from"), other)
                yield f"border {case['before']} of version {v} -> {other}", changed


def survives(rule_id: str, changed: Any) -> bool:
    try:
        return not leaf.faults(leaf.with_tree(rule_id, changed), rule_id)
    except LawError:
        return False


@pytest.mark.parametrize("rule_id", RULES)
def test_every_example_of_a_leaf_comes_out_as_written(rule_id: str) -> None:
    assert leaf.faults(shipped(), rule_id) == []


@pytest.mark.parametrize("rule_id", RULES)
def test_every_version_has_an_example_on_its_first_and_last_day(rule_id: str) -> None:
    rule = shipped().rules[rule_id]
    days = {(example.version, example.start[:10]) for example in rule.examples}
    for version in rule.versions:
        assert (version.start, version.start.isoformat()) in days
        assert version.end is None or (version.start, version.end.isoformat()) in days


@pytest.mark.parametrize("rule_id", RULES)
def test_a_leaf_has_five_examples_and_no_fewer_than_were_counted_by_hand(rule_id: str) -> None:
    assert len(shipped().rules[rule_id].examples) >= max(5, BY_HAND[rule_id])


NUMBERS = [(name, field) for name, each in leaf.shared().conventions.items() for field in ("day_hours", "month_days")
           if getattr(each, field)]  # fmt: skip


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize(("name", "field"), NUMBERS)
def test_changing_a_number_of_a_convention_breaks_an_example(name: Count, field: str, step: int) -> None:
    shared = leaf.shared()
    convention = shared.conventions[name]
    other = structs.replace(convention, **{field: getattr(convention, field) + step})
    changed = structs.replace(shared, conventions={**shared.conventions, name: other})
    library = bound(changed, [leaf.source_of(rule_id) for rule_id in RULES])
    assert any(leaf.faults(library, rule_id) for rule_id in RULES)


@pytest.mark.parametrize("rule_id", RULES)
def test_a_leaf_copied_unchanged_still_satisfies_its_examples(rule_id: str) -> None:
    assert survives(rule_id, tree_of(rule_id))


@pytest.mark.parametrize("rule_id", RULES)
def test_changing_any_number_of_a_leaf_by_one_breaks_an_example(rule_id: str) -> None:
    every = list(mutants(rule_id))
    assert len(every) > 4
    assert [name for name, changed in every if survives(rule_id, changed)] == []
