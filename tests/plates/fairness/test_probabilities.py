"""The distributions agree with a library that others have proven, over the whole range that reports use."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from hamrong.plates.fairness.probabilities import (
    chi_square_tail,
    gamma_p,
    gamma_q,
    kolmogorov_tail,
    normal_two_sided,
    poisson_two_sided,
    two_sided,
)

SHAPE = st.floats(0.5, 5e5)
RATIO = st.one_of(st.floats(0, 3), st.floats(0.95, 1.05))


@given(SHAPE, RATIO)
@settings(deadline=None)
def test_incomplete_gamma_functions_are_right_and_fill_one(a, ratio):
    x = a * ratio
    assert gamma_q(a, x) == pytest.approx(special.gammaincc(a, x), rel=1e-7, abs=1e-250)
    assert gamma_p(a, x) == pytest.approx(special.gammainc(a, x), rel=1e-7, abs=1e-250)
    assert gamma_p(a, x) + gamma_q(a, x) == pytest.approx(1)


@given(st.integers(1, 2000), st.floats(0, 1e5))
def test_the_tail_of_chi_square_is_right(freedom, statistic):
    assert chi_square_tail(statistic, freedom) == pytest.approx(stats.chi2.sf(statistic, freedom), rel=1e-8, abs=1e-250)


@pytest.mark.parametrize(
    ("freedom", "statistic", "tail"),
    [(1, 3.841, 0.05), (10, 18.307, 0.05), (30, 59.703, 0.001), (99, 123.225, 0.05)],
)
def test_values_of_the_printed_tables_come_out(freedom, statistic, tail):
    assert chi_square_tail(statistic, freedom) == pytest.approx(tail, rel=1e-3)


@given(st.floats(0.01, 30))
def test_the_tail_of_kolmogorov_is_right(x):
    assert kolmogorov_tail(x) == pytest.approx(special.kolmogorov(x), rel=1e-12, abs=1e-15)


def test_the_two_series_of_kolmogorov_meet_without_a_step():
    assert kolmogorov_tail(1.18 - 1e-9) == pytest.approx(kolmogorov_tail(1.18), rel=1e-8)
    assert kolmogorov_tail(0) == kolmogorov_tail(-1) == 1
    assert kolmogorov_tail(100) == 0


@given(st.floats(-37, 37))
def test_the_normal_tail_is_right(z):
    assert normal_two_sided(z) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-12, abs=1e-300)


@given(st.integers(0, 3000), st.floats(0.001, 3000))
def test_counts_of_rare_things_are_right(count, mean):
    upper = stats.poisson.sf(count - 1, mean)
    lower = stats.poisson.cdf(count, mean)
    assert poisson_two_sided(count, mean) == pytest.approx(min(1, 2 * min(upper, lower)), rel=1e-7, abs=1e-200)


def test_what_cannot_happen_has_no_chance():
    assert poisson_two_sided(0, 0) == 1
    assert poisson_two_sided(3, 0) == 0
    assert gamma_q(3, math.inf) == 0


@given(st.floats(0, 1))
def test_both_sides_count(tail):
    assert 0 <= two_sided(tail) <= 1
    assert two_sided(tail) == pytest.approx(two_sided(1 - tail))
