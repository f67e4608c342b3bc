"""What remains: the same as a sorted list of numbers, for every change, rank and order of changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.plates.numbers import LAST, Run, joined, whole
from hamrong.plates.remaining import NotThere, Remaining

SERIES = ("36A", "36B", "36K")
NUMBER = st.tuples(st.sampled_from(SERIES), st.one_of(st.integers(1, 2100), st.integers(1, LAST)))
NUMBERS = st.sets(NUMBER, max_size=60)


def runs(numbers):
    return list(joined(sorted(numbers)))


@given(NUMBERS, NUMBERS)
def test_it_is_a_sorted_list(numbers, taken):
    pool = Remaining()
    pool.give(runs(numbers))
    pool.take(runs(numbers & taken))
    left = sorted(numbers - taken)
    assert len(pool) == len(left)
    assert [pool.kth(rank) for rank in range(1, len(left) + 1)] == left
    assert [pool.rank(number) for number in left] == list(range(1, len(left) + 1))
    assert all((number in pool) == (number in left) for number in numbers | taken)


@given(NUMBERS, st.data())
def test_pulling_a_rank_is_taking_its_number(numbers, data):
    pool, left = Remaining(), sorted(numbers)
    pool.give(runs(numbers))
    while left:
        rank = data.draw(st.integers(1, len(left)))
        assert pool.pull(rank) == left.pop(rank - 1)
        assert len(pool) == len(left)
    assert pool == Remaining()


@given(NUMBERS, NUMBERS)
def test_the_way_to_a_set_of_numbers_leaves_no_trace(numbers, others):
    one, two = Remaining(), Remaining()
    one.give(runs(numbers))
    two.give(runs(numbers | others))
    two.take(runs(others - numbers))
    assert one == two == Remaining(dict(two.blocks()))


@given(st.lists(st.tuples(st.sampled_from(SERIES), st.integers(1, LAST), st.integers(0, 3000)), max_size=5))
@settings(max_examples=50)
def test_runs_are_the_numbers_in_them(told):
    pool, expected = Remaining(), set()
    for series, first, length in told:
        run = Run(series, first, min(first + length, LAST))
        numbers = {(series, number) for number in range(run.first, run.last + 1)}
        if numbers & expected:
            with pytest.raises(NotThere):
                pool.give([run])
            continue
        pool.give([run])
        expected |= numbers
    assert len(pool) == len(expected)
    assert {name: count for name, count in pool.series.items() if count} == {
        name: found for name in SERIES if (found := sum(series == name for series, _ in expected))
    }


def test_a_change_that_does_not_fit_changes_nothing_and_names_the_first_number():
    pool = Remaining()
    pool.give([Run("36A", 1, 5000)])
    before = Remaining(dict(pool.blocks()))
    with pytest.raises(NotThere, match="36A05001 does not remain"):
        pool.take([Run("36A", 10, 20), Run("36A", 4990, 5010)])
    with pytest.raises(NotThere, match="36A00300 remains"):
        pool.give([Run("36B", 1, 9), Run("36A", 300, 300)])
    with pytest.raises(NotThere, match="36A00005 does not remain"):
        pool.take([Run("36A", 1, 5), Run("36A", 5, 6)])
    assert pool == before


def test_touched_blocks_are_told():
    pool = Remaining()
    pool.give([Run("36A", 1, 99_999)])
    assert {(place.series, place.block) for place in pool.take([Run("36A", 999, 2000)])} == {
        ("36A", 0), ("36A", 1), ("36A", 2),
    }  # fmt: skip


def test_a_rank_outside_is_an_error():
    pool = Remaining()
    pool.give([Run("36A", 7, 8)])
    for rank in (0, 3, -1):
        with pytest.raises(IndexError):
            pool.kth(rank)
    with pytest.raises(KeyError):
        pool.rank(("36A", 9))


def test_forty_million_numbers_are_held_and_asked():
    pool = Remaining()
    names = [f"36{one}{two}" for one in "ABCDEFGHKLMNPSTUVXYZ" for two in "ABCDEFHKLMNPRSTUVXYZ"]
    pool.give(whole(names))
    assert len(pool) == 400 * 99_999
    assert pool.kth(1) == ("36AA", 1)
    assert pool.kth(len(pool)) == ("36ZZ", 99_999)
    assert pool.kth(99_999 + 12_345) == ("36AB", 12_345)
    assert pool.rank(("36AB", 12_345)) == 99_999 + 12_345
