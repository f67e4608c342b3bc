"""An error in the summary says which field it means."""

from django import forms
from django.template import Context, Template
from django.utils import translation

from hamrong.ui.forms import DayField


class Trip(forms.Form):
    name = forms.CharField(label="Họ và tên")
    room = forms.CharField(label="Phòng", max_length=3)
    first = DayField(label="Từ ngày")
    login = forms.CharField(label="Tên", error_messages={"required": "Nhập tên đăng nhập."})


def summary(**given):
    with translation.override("vi"):
        return Template("{% load ui %}{% error_summary form %}").render(Context({"form": Trip(given)}))


def test_words_that_many_fields_share_come_with_the_name_of_theirs():
    said = summary(room="1234")
    assert "Họ và tên: Hãy điền mục này." in said
    assert "Từ ngày: Nhập ngày, ví dụ 24/11/2026." in said
    assert "Phòng: " in said


def test_words_made_for_a_field_stand_alone():
    assert ">Nhập tên đăng nhập.<" in summary()
