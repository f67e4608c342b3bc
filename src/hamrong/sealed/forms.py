"""Forms of the sealed room. Passphrase fields are called `password…`, so that nothing ever keeps such a form."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamrong.sealed.rules import PASSPHRASE
from hamrong.ui.forms import DayField

LONGEST = timedelta(days=30)


def passphrase(label: Any, hint: Any = "", *, new: bool = False) -> forms.CharField:
    """A passphrase, never shown and never given back to the page."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=400, strip=False)


def reason(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class TwiceForm(forms.Form):
    """A new passphrase, typed twice."""

    password_new = passphrase(
        _("Câu mật khẩu mới"), _("Ít nhất 16 ký tự, ví dụ năm từ không liên quan. Khác mật khẩu đăng nhập."), new=True
    )
    password_again = passphrase(_("Nhập lại câu mật khẩu mới"), new=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password_new"), given.get("password_again")
        if first and len(first.strip()) < PASSPHRASE:
            self.add_error("password_new", _("Câu mật khẩu phải có ít nhất 16 ký tự."))
        elif first and second and first.strip() != second.strip():
            self.add_error("password_again", _("Hai lần nhập không giống nhau."))
        return given


class ChangeForm(TwiceForm):
    """Another passphrase, by the one that holds now."""

    password = passphrase(_("Câu mật khẩu hiện nay"))
    field_order = ("password", "password_new", "password_again")


class UnlockForm(forms.Form):
    """The passphrase of one's own key."""

    password = passphrase(_("Câu mật khẩu của khóa niêm phong"))


class RefuseForm(UnlockForm):
    """No, and why."""

    reason = reason(_("Lý do từ chối"), _("Người đề nghị đọc được lý do này."))
    field_order = ("reason", "password")


class AskForm(UnlockForm):
    """What for, on what ground, until when."""

    reason = reason(_("Cần biết danh tính để làm gì"), _("Người giữ khóa dựa vào đây để quyết định."))
    ground = forms.CharField(
        label=_("Căn cứ pháp luật"), max_length=300,
        help_text=_("Điều luật, và quyết định nếu có. Người gửi đơn cũng đọc được."),
    )  # fmt: skip
    until = DayField(
        label=_("Mở chậm nhất vào ngày"), help_text=_("Sau ngày này đề nghị hết hiệu lực; nhiều nhất 30 ngày.")
    )
    field_order = ("reason", "ground", "until", "password")

    def clean_until(self) -> Any:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(_("Chọn một ngày từ hôm nay đến 30 ngày tới."))
        return until


class HandForm(UnlockForm):
    """To whom of the own unit a report is given, and whether those who read it now go on reading it."""

    person = forms.MultipleChoiceField(
        label=_("Giao cho"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Người xử lý của đơn vị bạn có khóa niêm phong. Đơn nào cũng phải có ít nhất hai người đọc được."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Những người đang đọc được đơn này"), widget=forms.RadioSelect,
        choices=[
            ("adding", _("Vẫn đọc được, người nhận xử lý cùng")),
            ("only", _("Không đọc được nữa, chỉ những người được chọn ở trên")),
        ],
    )  # fmt: skip
    field_order = ("person", "way", "password")

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """An order to deal anew."""

    reason = reason(_("Vì sao chia lại"), _("Ví dụ: một người giữ khóa nghỉ hưu."))
    needed = forms.IntegerField(label=_("Cần bao nhiêu người để mở"), min_value=2, max_value=9)
    holders = forms.IntegerField(label=_("Chia cho bao nhiêu người"), min_value=2, max_value=9)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("needed") or 0) > (given.get("holders") or 9):
            self.add_error("holders", _("Số người giữ phải không ít hơn số người cần để mở."))
        return given
