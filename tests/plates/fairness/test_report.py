"""What a report finds, what it honestly does not find, and how often it asks where there is nothing to ask."""

from itertools import chain
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.plates.fairness.power import draws_needed
from hamrong.plates.fairness.registration import registration
from hamrong.plates.fairness.report import report
from hamrong.plates.fairness.standing import Around, Drawn
from tests.plates.fairness.systems import (
    drawn,
    even_steps,
    fisher_yates,
    honest_ranks,
    next_free,
    repeated,
    sixteen_bits,
    sticky,
)

SERIES = 99_999


def asked(found):
    return {each.test for each in found.questions}


def of(found, test):
    (one,) = [each for each in found.results if each.test == test and not each.stratum]
    return one


@pytest.mark.parametrize("system", [fisher_yates, honest_ranks])
def test_an_honest_draw_raises_no_question(system):
    found = report(drawn(system, 36, size=SERIES, draws=50_000))
    assert found.questions == ()
    assert {each.test for each in found.results} >= {
        "ranks", "distance", "pairs", "lag", "left", "right", "lucky", "wanted",
    }  # fmt: skip


def test_a_short_random_value_is_found():
    assert asked(report(drawn(sixteen_bits, 1, size=SERIES, draws=2_000))) >= {"ranks", "distance"}


def test_next_free_is_found_by_the_neighbour_although_ranks_look_fair():
    found = report(drawn(next_free, 1, size=20_000, draws=5_000))
    assert of(found, "left").asks and of(found, "left").statistic > 15
    assert not any(of(found, test).asks for test in ("ranks", "distance", "pairs", "lag", "right"))
    assert report(drawn(next_free, 1, size=SERIES, draws=50_000)).questions[0].statistic > 90


def test_too_even_is_as_strange_as_too_uneven():
    found = report(drawn(even_steps, 1, size=20_000, draws=5_000))
    assert of(found, "ranks").asks and of(found, "ranks").statistic < 1


def test_a_draw_that_hangs_on_the_one_before_is_found():
    found = report(drawn(sticky, 1, size=20_000, draws=5_000))
    assert of(found, "lag").asks and of(found, "pairs").asks
    assert not of(found, "ranks").asks


def test_repeating_for_wanted_numbers_is_found_once_there_are_draws_enough():
    share = 0.105
    enough = draws_needed(share, 0.05, 5, alpha=5e-5, power=0.9)
    found = report(drawn(repeated(0.05, 5), 2, size=SERIES, draws=2 * enough))
    assert of(found, "wanted").asks
    assert of(found, "wanted").seen > of(found, "wanted").expected
    assert not any(of(found, test).asks for test in ("ranks", "distance", "pairs", "lag"))


def test_repeating_is_not_found_before_and_the_report_says_how_many_draws_it_takes():
    """Five percent of draws repeated up to twice among 10,000: statistics cannot see it, and must not claim to."""
    seen = [report(drawn(repeated(0.05, 2), seed, size=SERIES, draws=10_000)) for seed in range(5)]
    assert not any(of(each, "wanted").asks for each in seen)
    needed = {(round(each.share, 2), each.repeated, each.tries): each.draws for each in seen[0].needed}
    assert needed[0.01, 0.05, 2] == pytest.approx(1.02e6, rel=0.01)
    assert needed[0.01, 0.05, 5] == pytest.approx(68_000, rel=0.01)
    assert 50_000 < needed[0.1, 0.05, 2] < 200_000


def test_what_one_clerk_repeats_is_found_with_that_clerk():
    """The question is about draws of one desk; in the whole it would be a fifth as strong."""
    system = repeated(0.5, 5, for_whom=lambda at: at % 5 == 3)
    found = report(drawn(system, 4, size=SERIES, draws=15_000))
    clerks = [each for each in found.questions if each.stratum == "clerk"]
    assert [(each.test, each.value) for each in clerks] == [("wanted", "3")]


def test_reports_of_honest_draws_hardly_ever_ask():
    """Four families at a quarter of a percent: 200 reports ask about twice; more than nine times is no chance."""
    reports = [report(drawn(honest_ranks, seed, size=2_000, draws=900)) for seed in range(1_000, 1_200)]
    assert sum(bool(each.questions) for each in reports) <= 9
    results = [each.p for each in chain.from_iterable(one.results for one in reports)]
    assert sum(p < 0.01 for p in results) / len(results) < 0.02


def test_of_what_is_asked_few_questions_are_false():
    """Where one clerk of five repeats, questions about the other four stay rare."""
    told = msgspec.structs.replace(registration(), rate=0.1)
    system = repeated(0.6, 9, for_whom=lambda at: at % 5 == 3)
    false_shares, found = [], 0
    for seed in range(40):
        asked_of = [
            each.value
            for each in report(drawn(system, seed, size=20_000, draws=3_000), told).questions
            if each.stratum == "clerk"
        ]
        found += "3" in asked_of
        false_shares.append(1 - asked_of.count("3") / len(asked_of) if asked_of else 0)
    assert found >= 38
    assert sum(false_shares) / 40 < 0.2, "ten percent, and twice its spread over 40 reports"


def test_everybody_gets_the_same_report():
    draws = drawn(honest_ranks, 1, size=3_000, draws=1_000)
    one, two = report(draws), report(list(draws))
    assert msgspec.json.encode(one) == msgspec.json.encode(two)
    assert (one.registration, one.version) == (registration().sha256, 1)
    assert (one.draws, one.known, one.pools) == (1_000, 1_000, ("36-car",))


def test_offices_hours_and_clerks_with_few_draws_are_counted_not_tested():
    draws = drawn(honest_ranks, 1, size=3_000, draws=1_000)
    few = [draw._replace(office="99" if at < 50 else draw.office, at_hour=None) for at, draw in enumerate(draws)]
    found = report(few)
    assert found.untested == {"office": 1, "hour": 0, "clerk": 0}
    assert {each.value for each in found.results if each.stratum == "office"} == {"01", "02", "03"}
    assert not [each for each in found.results if each.stratum == "hour"]


def test_pictures_count_every_draw():
    found = report(drawn(honest_ranks, 1, size=3_000, draws=1_010))
    assert sum(found.histogram) == 1_010 and len(found.histogram) == 20
    assert [found.over_time[0].first, found.over_time[-1].last] == [1, 1_010]
    assert all(
        after.first == before.last + 1 for before, after in zip(found.over_time, found.over_time[1:], strict=False)
    )
    assert all(part.low < 0.5 < part.high and 0 <= part.mean <= 1 for part in found.over_time)


AROUND = st.one_of(
    st.none(),
    st.builds(
        Around,
        st.booleans(),
        st.booleans(),
        st.just(1),
        st.just((1,) * 13),
        st.sampled_from(((), (12,), (0, 1, 2, 12))),
    ),
)


@st.composite
def any_draws(draw):
    seed, size = draw(st.integers(0, 2**32)), draw(st.integers(0, 400))
    around, chance = draw(AROUND), Random(seed)
    most = draw(st.sampled_from((1, 2, 10, 40_000_000)))
    draws = []
    for seq in range(1, size + 1):
        n = chance.randint(1, most)
        k = chance.choice((1, n, chance.randint(1, n)))
        office, hour = chance.choice(("", "a", "Đông Sơn")), chance.choice((None, 0, 23))
        draws.append(Drawn("p", seq, "36A00001", k, n, office, hour, "", around))
    return draws


@given(any_draws())
@settings(deadline=None, max_examples=60)
def test_a_report_can_be_made_of_any_draws(draws):
    found = report(draws)
    assert found.draws == len(draws)
    assert all(0 <= each.p <= each.adjusted <= 1 for each in found.results)
    msgspec.json.encode(found)


def test_no_draws_give_an_empty_report():
    found = report([])
    assert (found.draws, found.results, found.over_time, found.questions) == (0, (), (), ())
