"""How long a pool and its series last: by the rule, and against simulated draws."""

from datetime import date, timedelta
from random import Random
from statistics import median

from hamrong.plates.forecast import FAR, forecast, of_series

TODAY = date(2026, 11, 25)


def test_a_pool_lasts_as_long_as_its_draws_take():
    told = forecast(1000, 90, 90, TODAY)
    assert (told.per_day, told.days, told.on) == (1.0, 1000, TODAY + timedelta(days=1000))
    assert forecast(1000, 0, 90, TODAY).on is None
    assert forecast(FAR + 1, 1, 1, TODAY).on is None


def test_a_series_gets_its_share_of_the_draws_and_never_outlasts_its_pool():
    whole = forecast(1000, 90, 90, TODAY)
    for left in (1, 7, 250, 1000):
        told = of_series(left, 1000, whole.per_day, TODAY)
        assert told.per_day == left / 1000 and told.days is not None and told.days <= whole.days
    assert of_series(0, 1000, 1.0, TODAY).on == TODAY
    assert of_series(5, 1000, 0.0, TODAY).on is None
    assert of_series(5, FAR * 3, 1.0, TODAY).on is None


def test_half_of_simulated_series_are_empty_by_the_day_that_is_foreseen():
    chance, size = Random(36), 300
    for left in (1, 4, 30):
        gone = [max(chance.sample(range(1, size + 1), left)) for _ in range(4000)]
        told = of_series(left, size, 1.0, TODAY)
        assert abs(median(gone) - told.days) <= 5
