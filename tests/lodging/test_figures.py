"""Nights folded into one row an establishment, and the numbers that the board is given of them."""

from datetime import timedelta

from hamrong.access.actors import Target, keeper
from hamrong.access.walls import acting
from hamrong.lodging import figures
from hamrong.lodging.actions import summaries
from hamrong.lodging.actions.nights import report_nil
from hamrong.lodging.nights import night_of
from hamrong.lodging.queries import province, visible
from tests.world import NOW, a_notification, an_establishment, as_host, as_province, grant

TONIGHT = night_of(NOW)
WARD = "14758"
DAYS_AGO = NOW - timedelta(days=3)


def fold(at=NOW):
    return summaries.fold(
        by=grant(keeper("fold", at), "night.fold", Target()), nights=summaries.nights_to_fold(at), at=at
    )


def row_of(place):
    by = as_province("province.read", purpose="statistics")
    with acting(by):
        return visible.night_summaries(by).get(establishment=place.code, night=TONIGHT)


def test_a_fold_counts_guests_and_says_who_is_silent():
    busy, quiet, empty = (an_establishment(ward=WARD, at=DAYS_AGO) for _ in range(3))
    a_notification(busy)
    a_notification(busy)
    report_nil(by=as_host(empty, "nil.report"), place=empty, night=TONIGHT, today=TONIGHT, at=NOW)
    fold()
    assert (row_of(busy).stays, row_of(busy).rooms) == (2, 3)
    assert (row_of(quiet).stays, row_of(quiet).nil) == (0, False)
    assert row_of(empty).nil


def test_folding_twice_changes_nothing_but_the_time():
    place = an_establishment(ward=WARD, at=DAYS_AGO)
    a_notification(place)
    fold()
    first = row_of(place)
    fold(NOW + timedelta(minutes=1))
    again = row_of(place)
    assert (again.pk, again.stays) == (first.pk, first.stays)
    assert again.folded_at > first.folded_at


def test_a_late_notice_is_found_by_the_next_fold():
    place = an_establishment(ward=WARD, at=DAYS_AGO)
    fold()
    later = NOW + timedelta(hours=20)
    a_notification(place, at=later)
    fold(later)
    assert (row_of(place).stays, row_of(place).late) == (1, 1)


def test_figures_add_up_what_the_wards_have():
    place = an_establishment(ward=WARD, at=DAYS_AGO)
    a_notification(place)
    fold()
    by = as_province("province.read", purpose="statistics", role="province-leader")
    with acting(by):
        told = figures.figures(by, NOW)
        wards = province.of_ward(by, TONIGHT, TONIGHT)
    assert told.tonight.guests == sum(ward.guests for ward in wards.values()) >= 1
    assert told.tonight.silent == sum(ward.silent for ward in wards.values())
    assert len(told.series) == 30 and told.series[-1] is told.tonight
    assert told.counted_at is not None


def test_a_night_that_was_never_counted_is_zero_and_says_so():
    by = as_province("province.read", purpose="statistics")
    with acting(by):
        told = figures.figures(by, NOW - timedelta(days=300))
    assert told.counted_at is None and told.tonight.guests == 0 and told.tonight.on_time_share is None


def test_shares_are_of_what_was_expected():
    tally = province.Tally(guests=10, foreigners=1, late=2, reported=3, nil=1, silent=1, folded_at=None)
    assert (tally.expected, tally.reported_share, tally.on_time_share) == (4, 0.75, 0.8)
