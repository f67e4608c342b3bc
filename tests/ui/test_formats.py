"""Numbers, days and spans of time as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from hamrong.ui import formats

NOW = datetime(2026, 11, 24, 15, 50, tzinfo=UTC)


@pytest.mark.parametrize(("language", "written"), [("vi", "21.000"), ("en", "21,000")])
def test_numbers_follow_the_language(language, written):
    with translation.override(language):
        assert formats.number(21000) == written


def test_an_instant_is_written_in_local_time():
    assert formats.moment(datetime(2026, 11, 24, 17, 5, tzinfo=UTC)) == "00:05 25/11/2026"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (1234, "1.234"),
        (True, True),
        (date(2026, 9, 5), "05/09/2026"),
        (NOW, "22:50 24/11/2026"),
        ("x", "x"),
    ],
)
def test_a_value_is_shown_by_its_kind(value, written):
    with translation.override("vi"):
        assert formats.shown(value) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 phút"), (59, "59 phút"), (60, "1 giờ"), (65, "1 giờ 5 phút"), (1440, "1 ngày"), (1505, "1 ngày 1 giờ")],
)
def test_a_span_has_its_two_largest_units(minutes, written):
    with translation.override("vi"):
        assert formats.span(minutes) == written


@pytest.mark.parametrize(
    ("left", "written"),
    [(61, "còn 1 giờ 1 phút"), (0, "còn 0 phút"), (-1, "quá hạn 1 phút"), (-61, "quá hạn 1 giờ 1 phút")],
)
def test_what_is_left_says_on_which_side_of_the_moment_we_are(left, written):
    with translation.override("vi"):
        assert formats.until(NOW + timedelta(minutes=left), NOW) == written
