"""Under honesty the chance that a test states is the chance that it has; by hand where a hand can count."""

import hashlib
from functools import cache
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hamrong.plates.fairness import measures
from hamrong.plates.fairness.registration import registration
from hamrong.plates.fairness.standing import Drawn
from tests.plates.fairness.systems import drawn, fisher_yates, honest_ranks

TOLD = registration()
ALIKE = 1e-4
"""Below this chance we do not believe that stated chances are uniform; seeds are fixed, so the answer is too."""


@cache
def honest():
    """Three hundred audits of honest draws, from a pool that half empties."""
    return [drawn(honest_ranks, seed, size=1600, draws=800) for seed in range(300)]


def chances(test):
    found = [test(draws) for draws in honest()]
    assert all(found), "tested every time"
    return [each.p for each in found]


@pytest.mark.parametrize("test", ["ranks", "distance", "pairs", "lag"])
def test_chances_of_positions_are_uniform_under_honesty(test):
    ps = chances(lambda draws: measures.BY_POSITION[test](measures.positions(draws, TOLD), TOLD))
    assert stats.kstest(ps, "uniform").pvalue > ALIKE


@pytest.mark.parametrize("left", [True, False])
def test_chances_of_neighbours_are_uniform_under_honesty(left):
    ps = chances(lambda draws: measures.neighbours(draws, TOLD, left=left))
    assert stats.kstest(ps, "uniform").pvalue > ALIKE


def test_chances_of_counts_err_on_the_safe_side_under_honesty():
    """Counts come in steps and their chance is an upper limit: small ones must not come more often than they say."""
    ps = chances(lambda draws: measures.wanted(draws, TOLD))
    for limit in (0.2, 0.1, 0.05, 0.01):
        assert sum(p <= limit for p in ps) <= len(ps) * limit + 3 * (len(ps) * limit) ** 0.5
    assert 0.2 < sum(p <= 0.5 for p in ps) / len(ps) <= 0.55, "safe, not blind"


def test_distance_agrees_with_a_library_in_samples_that_are_tested():
    for seed in range(50):
        chance = Random(seed)
        us = [chance.random() ** (1 + seed / 200) for _ in range(chance.choice((100, 150, 1000)))]
        found, theirs = measures.distance(us, TOLD), stats.kstest(us, "uniform")
        assert found.statistic == pytest.approx(theirs.statistic)
        assert found.p == pytest.approx(theirs.pvalue, rel=0.05, abs=1e-6)


def test_chi_square_agrees_with_a_library():
    chance = Random(36)
    us = [chance.random() for _ in range(500)]
    bins = TOLD.bins.count(500)
    theirs = stats.chisquare(measures.spread(us, bins))
    found = measures.ranks(us, TOLD)
    assert found.statistic == pytest.approx(theirs.statistic)
    assert found.p == pytest.approx(min(1, 2 * min(theirs.pvalue, 1 - theirs.pvalue)))


def test_a_position_is_the_rank_less_its_jitter_among_what_remained():
    (one,) = measures.positions([Drawn("36-car", 1, "36A00001", k=3, n=4)], TOLD)
    by_hand = int(hashlib.sha256(b"hamrong plates fairness v1\n36-car\n1").hexdigest()[:16], 16) + 1
    assert one == pytest.approx((3 - by_hand / 2**64) / 4)
    assert 0.5 < one < 0.75


def test_jitter_hangs_on_pool_and_number_alone():
    draws = [Drawn(pool, seq, "", 1, 1, office) for pool, seq, office in product("ab", (1, 2), ("x", "y"))]
    us = measures.positions(draws, TOLD)
    assert us[::2] == us[1::2]
    assert len(set(us)) == 4


@pytest.mark.parametrize(("k", "n"), [(0, 5), (6, 5), (-1, 5), (1, 0)])
def test_a_rank_outside_of_what_remained_is_refused(k, n):
    with pytest.raises(ValueError, match="rank"):
        measures.positions([Drawn("a", 1, "", k, n)], TOLD)


@given(st.lists(st.floats(0, 1), max_size=50), st.integers(1, 30))
def test_every_position_has_a_bin(us, bins):
    counts = measures.spread(us, bins)
    assert len(counts) == bins
    assert sum(counts) == len(us)


def test_too_few_draws_are_not_tested():
    draws = drawn(fisher_yates, 1, size=500, draws=99)
    us = measures.positions(draws, TOLD)
    assert [test(us, TOLD) for test in measures.BY_POSITION.values()] == [None] * 4
    assert measures.neighbours(draws, TOLD, left=True) is None
    assert measures.lucky(draws[:9], TOLD) == [None] * (len(TOLD.patterns) + 1)
    assert measures.wanted(draws[:9], TOLD) is None


def test_where_it_is_not_known_what_remained_neighbours_and_patterns_are_not_tested():
    draws = [draw._replace(around=None) for draw in drawn(fisher_yates, 1, size=5000, draws=3000)]
    assert measures.neighbours(draws, TOLD, left=True) is None
    assert set(measures.lucky(draws, TOLD)) == {None}


def test_patterns_are_expected_from_what_remained():
    """Once every number has been drawn, each pattern came as often as it is there, whatever the order."""
    draws = drawn(fisher_yates, 5, size=3000, draws=3000)
    *_each, together = measures.lucky(draws, TOLD)
    alone = measures.wanted(draws, TOLD)
    assert together.seen == alone.seen == draws[0].around.lucky[-1]
    assert together.expected == pytest.approx(alone.expected)
    assert together.p == pytest.approx(alone.p)
    assert together.expected == pytest.approx(together.seen, rel=0.2)


@given(st.lists(st.floats(0, 1), max_size=40))
@settings(deadline=None)
def test_chances_among_all_results_are_those_of_a_library(ps):
    found = measures.adjusted(ps)
    assert found == pytest.approx(list(stats.false_discovery_control(ps)) if ps else [])
    assert all(among >= p for p, among in zip(ps, found, strict=True))
