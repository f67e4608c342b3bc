"""The number of draws that it takes is the usual one, and enough in simulation."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.plates.fairness.power import draws_needed, share_after
from hamrong.plates.fairness.probabilities import poisson_two_sided


@pytest.mark.parametrize(
    ("repeated", "tries", "draws"),
    [(0.05, 5, 68_000), (0.02, 5, 415_000), (0.01, 20, 87_000), (0.05, 2, 1_020_000)],
)
def test_hard_cases_need_very_many_draws(repeated, tries, draws):
    assert draws_needed(0.01, repeated, tries, alpha=1e-4, power=0.9) == pytest.approx(draws, rel=0.01)


def test_repeating_once_is_not_repeating():
    assert share_after(0.01, 0.5, 1) == pytest.approx(0.01)
    assert draws_needed(0.5, 0.0, 5, alpha=1e-4, power=0.9) is None


@given(st.floats(0.001, 0.5), st.floats(0.01, 1), st.integers(2, 50))
def test_more_repeating_needs_fewer_draws(share, repeated, tries):
    few = draws_needed(share, repeated, tries + 1, alpha=1e-4, power=0.9)
    many = draws_needed(share, repeated, tries, alpha=1e-4, power=0.9)
    assert few <= many
    assert draws_needed(share, repeated / 2, tries, alpha=1e-4, power=0.9) >= many


@pytest.mark.parametrize(("share", "repeated", "tries"), [(0.01, 0.2, 5), (0.05, 0.1, 3), (0.1, 0.05, 5)])
def test_so_many_draws_are_enough_about_nine_times_in_ten(share, repeated, tries):
    """The count of wanted numbers is simulated; the test is the one of the report, at the same one-sided chance."""
    chance = random.Random(36)
    draws = draws_needed(share, repeated, tries, alpha=1e-4, power=0.9)
    after = share_after(share, repeated, tries)
    seen = sum(
        poisson_two_sided(sum(chance.random() < after for _ in range(draws)), draws * share) < 2e-4 for _ in range(200)
    )
    assert 0.78 <= seen / 200 <= 0.97
