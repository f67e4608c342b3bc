"""Days and times are taken however people write them, and refused in words."""

from datetime import date, time

import pytest
from django import forms

from hamrong.ui.forms import ClockField, DayField, PurposeForm


@pytest.mark.parametrize("written", ["05/09/1990", "5/9/1990", "5.9.1990", "5-9-1990", " 05 09 1990 ", "05091990"])
def test_a_day_is_understood_however_it_is_written(written):
    assert DayField().clean(written) == date(1990, 9, 5)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1990-09-05", "shape"),
        ("5/9/90", "shape"),
        ("hôm nay", "shape"),
        ("31/02/1990", "impossible"),
        ("31/12/9999", "far"),
        ("01/01/0001", "far"),
        ("", "required"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(written, code):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(written)
    assert refused.value.code == code


def test_an_optional_day_may_stay_empty():
    assert DayField(required=False).clean("") is None


def test_a_day_is_shown_as_it_is_written_here():
    class Form(forms.Form):
        day = DayField(initial=date(2026, 11, 4))

    assert 'value="04/11/2026"' in str(Form()["day"])


def test_a_day_written_in_another_way_is_no_change():
    assert not DayField().has_changed(date(2026, 11, 4), "4.11.2026")
    assert DayField().has_changed(date(2026, 11, 4), "5.11.2026")
    assert DayField().has_changed(date(2026, 11, 4), "abc")


@pytest.mark.parametrize("written", ["22:50", "22h50", "22g50", "22.50", "2250", " 22 : 50 "])
def test_a_time_is_understood_however_it_is_written(written):
    assert ClockField().clean(written) == time(22, 50)


@pytest.mark.parametrize(("written", "hour"), [("22", 22), ("22h", 22), ("7", 7), ("0", 0), ("0:00", 0)])
def test_a_full_hour_needs_no_minutes(written, hour):
    assert ClockField().clean(written) == time(hour)


@pytest.mark.parametrize("written", ["24:00", "22:60", "10 pm", "tối"])
def test_what_is_no_time_is_refused(written):
    with pytest.raises(forms.ValidationError):
        ClockField().clean(written)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"purpose": "vehicle-registration"}, set()), ({"purpose": "investigation"}, {"case_ref"}),
        ({"purpose": "investigation", "case_ref": "VA-12/2026"}, set()), ({"purpose": "curiosity"}, {"purpose"}),
    ],
)  # fmt: skip
def test_a_purpose_is_asked_with_the_number_of_a_case_where_it_needs_one(given, wrong):
    assert set(PurposeForm(given, act="plate.search").errors) == wrong
