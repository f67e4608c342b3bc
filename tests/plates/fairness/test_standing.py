"""What stood before each draw is the same as in a plain sorted list, whatever happened to the pool."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.documents.plates import written
from hamrong.plates.fairness.registration import patterns, registration
from hamrong.plates.fairness.standing import Change, Draw, Standing, observe
from hamrong.plates.numbers import LAST, joined, whole
from hamrong.plates.remaining import NotThere, Remaining

TABLE = patterns(registration())
NUMBER = st.tuples(
    st.sampled_from(("36A", "36B")),
    st.one_of(st.integers(985, 1015), st.sampled_from((1, 2, 88_887, 88_888, 88_889, LAST - 1, LAST))),
)


def remaining(numbers):
    left = Remaining()
    left.give(list(joined(sorted(numbers))))
    return left


def around(left, number):
    """What a person would count with the list in hand."""
    series, value = number
    ordered = sorted(left)
    return (
        ordered.index(number) + 1,
        len(left),
        (series, value - 1) not in left,
        (series, value + 1) not in left,
        sum((name, other - 1) not in left for name, other in left),
        tuple(sum(at in TABLE.of.get(other, ()) for _name, other in left) for at in range(len(TABLE.masks))),
    )


@given(st.sets(NUMBER, min_size=1, max_size=60), st.data())
@settings(deadline=None)
def test_it_counts_as_a_person_with_a_list_would(numbers, data):
    order = data.draw(st.permutations(sorted(numbers)))
    left = set(numbers)
    drawn = list(observe("36", remaining(numbers), [Draw(*each) for each in order], TABLE))
    for seq, (number, told) in enumerate(zip(order, drawn, strict=True), 1):
        seen = told.around
        assert (told.k, told.n, seen.left, seen.right, seen.gaps, seen.lucky) == around(left, number)
        assert (told.pool, told.seq, told.number) == ("36", seq, written(*number))
        assert seen.fits == TABLE.of.get(number[1], ())
        left.remove(number)


@given(st.sets(NUMBER, min_size=2, max_size=30), st.sets(NUMBER, max_size=20), st.data())
@settings(deadline=None)
def test_what_comes_and_goes_without_a_draw_is_counted_from_then_on(numbers, more, data):
    gone = data.draw(st.sets(st.sampled_from(sorted(numbers)), max_size=len(numbers) - 1))
    left = (numbers - gone) | (more - numbers)
    number = data.draw(st.sampled_from(sorted(left)))
    steps = [
        Change(False, list(joined(sorted(gone)))),
        Change(True, list(joined(sorted(more - numbers)))),
        Draw(*number, office="01", at_hour=9, clerk="7"),
    ]
    (told,) = observe("36", remaining(numbers), steps, TABLE)
    seen = told.around
    assert (told.k, told.n, seen.left, seen.right, seen.gaps, seen.lucky) == around(left, number)
    assert (told.office, told.at_hour, told.clerk) == ("01", 9, "7")


def test_a_number_that_does_not_remain_cannot_be_drawn():
    opening = remaining({("36A", 5), ("36A", 7)})
    with pytest.raises(NotThere, match="36A00006"):
        list(observe("36", opening, [Draw("36A", 6)], TABLE))
    with pytest.raises(NotThere, match="36A00005"):
        list(observe("36", opening, [Draw("36A", 5), Draw("36A", 5)], TABLE))
    with pytest.raises(NotThere, match="36A00006"):
        list(observe("36", opening, [Change(False, list(joined([("36A", 6)])))], TABLE))
    assert Standing(opening, TABLE).draw("36B", 5) is None
    assert Standing(opening, TABLE).draw("36A", 100_000) is None
    assert len(opening) == 2, "the opening stays as it was"


def test_a_pool_of_forty_million_is_drawn_from():
    letters = "ABCDEFGHKLMNPSTUVXYZ"
    opening = Remaining()
    opening.give(whole(f"36{one}{two}" for one in letters for two in letters))
    before = perf_counter()
    first, last = observe("36", opening, [Draw("36AA", 1), Draw("36ZZ", LAST)], TABLE)
    assert (first.k, first.n, first.around.gaps) == (1, 400 * LAST, 400)
    assert (last.k, last.n) == (400 * LAST - 1, 400 * LAST - 1)
    assert perf_counter() - before < 10
