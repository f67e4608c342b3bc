"""Hidden numbers: no small one is published, and none can be reckoned again from what is."""

from collections import deque
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.petitions.suppression import LEAST, TOTAL, edges, hidden

ROWS, COLUMNS = "abcdefgh", "xyzw"


def a_table(height: int, width: int, highest: int):
    places = [(row, column) for row in ROWS[:height] for column in COLUMNS[:width]]
    return st.lists(st.integers(0, highest), min_size=len(places), max_size=len(places)).map(
        lambda values: dict(zip(places, values, strict=True))
    )


def with_the_same_totals(first: dict, shares: list[int]) -> dict:
    """A second table whose columns have the totals of the first, in as many rows as there are shares."""
    found = {}
    for column in {column for _row, column in first}:
        left = sum(many for (_row, at), many in first.items() if at == column)
        for number, share in enumerate(shares):
            taken = left if number == len(shares) - 1 else min(left, share)
            found[f"r{number}", column], left = taken, left - taken
    return found


def can_be_more(numbers, away, edge) -> bool:
    """Whether a hidden number can rise to the least one while all published ones stay: a search of another make."""
    more, seen, queue = LEAST - edge.value, {edge.target}, deque([edge.target])
    while queue:
        at = queue.popleft()
        for each in numbers:
            if each.key == edge.key or each.key not in away:
                continue
            steps = [each.target] if each.source == at else []
            steps += [each.source] if each.target == at and each.value >= more else []
            for to in steps:
                if to not in seen:
                    seen.add(to)
                    queue.append(to)
    return edge.source in seen


@settings(max_examples=150)
@given(a_table(8, 4, 40), st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_every_small_number_could_as_well_be_a_large_one(first, shares):
    numbers = edges({"unit": first, "door": with_the_same_totals(first, shares)})
    away = hidden(numbers)
    for edge in numbers:
        assert edge.value >= LEAST or edge.key in away
        if edge.value < LEAST:
            assert can_be_more(numbers, away, edge), edge


def published(table: dict, away) -> dict:
    """What somebody reads: the numbers that are not hidden, totals included."""
    told = {}
    for edge in edges({"t": table}):
        if edge.key not in away:
            told[edge.key] = edge.value
    return told


@settings(max_examples=40)
@given(a_table(2, 2, 4))
def test_there_are_tables_that_agree_with_all_that_is_published_and_differ_in_what_is_hidden(table):
    least = 2
    away = hidden(edges({"t": table}), least)
    told, values = published(table, away), {key: set() for key in away}
    for guess in product(range(8), repeat=4):
        other = dict(zip(table, guess, strict=True))
        numbers = {edge.key: edge.value for edge in edges({"t": other})}
        if all(numbers[key] == many for key, many in told.items()):
            for key in away:
                values[key].add(numbers[key])
    true = {edge.key: edge.value for edge in edges({"t": table})}
    for key, found in values.items():
        if true[key] < least:
            assert true[key] in found and max(found) >= least, (table, key, told)


def test_nothing_small_hides_nothing():
    numbers = edges({"t": {(row, column): 20 for row in "ab" for column in "xy"}})
    assert hidden(numbers) == frozenset()


def test_one_small_number_takes_as_little_as_three_others_away():
    table = {(row, column): 20 for row in "abc" for column in "xyz"} | {("a", "x"): 3}
    away = hidden(edges({"t": table}))
    assert ("t", "a", "x") in away and len(away) == 4
    assert not any(TOTAL in (row, column) for _table, row, column in away)


def test_a_small_row_of_its_own_takes_its_total_along():
    away = hidden(edges({"t": {("a", "x"): 3, ("b", "x"): 40, ("c", "x"): 50}}))
    assert {("t", "a", "x"), ("t", "a", TOTAL)} <= away and len(away) == 4
