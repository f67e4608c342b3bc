"""An error in the summary says which field it means."""

import pytest
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


class Long(forms.Form):
    text = forms.CharField(label="Nội dung", max_length=20, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")])
    secret = forms.CharField(label="Mật khẩu", strip=False, required=False)
    people = forms.IntegerField(label="Số người", min_value=1, max_value=9, required=False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "x" * 21}, "Dài quá 20 ký tự (đang có 21). Hãy viết ngắn lại."),
        ({"secret": "a\x00b"}, "Có ký tự không đọc được, hiện ra là �. Hãy xóa ký tự ấy rồi gửi lại."),
        ({"kind": "c"}, "Không có lựa chọn “c”. Hãy chọn lại trong danh sách."),
        ({"kind": ""}, "Hãy chọn một mục."),
        ({"people": "0"}, "Ít nhất là 1."),
        ({"people": "10"}, "Nhiều nhất là 9."),
    ],
)
def test_djangos_own_refusals_say_in_our_words_what_to_do(given, said):
    told = {"text": "x", "kind": "a", **given}
    for lang in ("vi", "en"):
        with translation.override(lang):
            errors = [str(one) for many in Long(told).errors.values() for one in many]
        assert len(errors) == 1 and (errors[0] == said) is (lang == "vi")


def test_a_text_that_is_pasted_is_not_cut_by_the_browser():
    form = Long({"text": "x" * 21, "kind": "a"})
    html = Template("{% load ui %}{% field form.text %}").render(Context({"form": form}))
    assert "maxlength" not in html and "x" * 21 in html


def test_a_sign_that_nobody_sees_is_written_out_but_for_a_passphrase():
    form = Long({"text": "\ufeff a\u202eb\r\nc ", "secret": " a\u202eb\r\n", "kind": "a"})
    assert form.is_valid()
    assert (form.cleaned_data["text"], form.cleaned_data["secret"]) == ("a[U+202E]b\nc", " a\u202eb\r\n")
    assert "text" in Long({"text": "\u200e\u202c", "kind": "a"}).errors
