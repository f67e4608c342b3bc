"""Forms of the sealed room. Passphrase fields are called `password…`, so that nothing ever keeps such a form."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hamrong.kernel.seal import tokens
from hamrong.sealed.rules import PASSPHRASE
from hamrong.sealed.touches import Fresh, Touch, read, read_touch, written
from hamrong.ui.forms import DayField

LONGEST = timedelta(days=30)


class KeyInput(forms.PasswordInput):
    """The passphrase of one's own key; the script beside it asks a security key where the key needs one."""

    template_name = "sealed/key_input.html"


def passphrase(label: Any, hint: Any = "", *, new: bool = False) -> forms.CharField:
    """A passphrase, never shown and never given back to the page."""
    widget = forms.PasswordInput if new else KeyInput
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    return forms.CharField(label=label, help_text=hint, widget=widget(attributes), max_length=400, strip=False)


def touched(form: forms.Form) -> Touch | None:
    """What a security key answered for the passphrase of this form, if the script asked one."""
    return read_touch(str(form.data.get(form.add_prefix("password_token"), "")))


def reason(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def new_salt() -> str:
    """What a security key will be asked; public, random, another one for every token and key."""
    return written(secrets.token_bytes(tokens.SALT))


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


class RotateForm(ChangeForm):
    """A new key's passphrase by the old one, and what a security key is asked for the new key."""

    password_salt = forms.CharField(widget=forms.HiddenInput(attrs={"data-next": ""}), required=False, initial=new_salt)


class TokenForm(UnlockForm):
    """A security key to be added: its name, what the script made of it, and the passphrase."""

    name = forms.CharField(
        label=_("Tên để nhận ra khóa bảo mật này"), max_length=60,
        help_text=_("Ví dụ: khóa đeo chùm chìa khóa, khóa dự phòng trong két."),
    )  # fmt: skip
    password_salt = forms.CharField(widget=forms.HiddenInput, initial=new_salt)
    password_made = forms.CharField(widget=forms.HiddenInput, required=False)
    password_new_token = forms.CharField(
        label=_("Khóa bảo mật"), widget=forms.HiddenInput,
        error_messages={"required": _("Chưa có khóa bảo mật: bấm “Kết nối khóa bảo mật” và chạm vào nó.")},
    )  # fmt: skip
    """Written by the script alone; no page gives it back."""
    field_order = ("name", "password_new_token", "password")

    def fresh(self, host: str) -> Fresh | None:
        """The token as it is added; None where a script wrote something else."""
        given = self.cleaned_data
        touch, salt = read_touch(given["password_new_token"]), read(given["password_salt"])
        return Fresh(given["name"], host, salt, touch) if touch and len(salt) == tokens.SALT else None


class LastForm(UnlockForm):
    """Taking the last security key away."""

    alone = forms.BooleanField(
        label=_("Tôi hiểu: từ nay ai biết câu mật khẩu là mở được khóa, không cần khóa bảo mật nữa.")
    )
    field_order = ("alone", "password")


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

    person = forms.ChoiceField(label=_("Giao cho"), help_text=_("Người xử lý của đơn vị bạn có khóa niêm phong."))
    way = forms.ChoiceField(
        label=_("Những người đang đọc được đơn này"), widget=forms.RadioSelect,
        choices=[
            ("adding", _("Vẫn đọc được, người nhận xử lý cùng")), ("only", _("Không đọc được nữa, chỉ người nhận")),
        ],
    )  # fmt: skip
    field_order = ("person", "way", "password")

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", gettext("Chọn người")), *people]  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """An order to deal anew."""

    reason = reason(_("Vì sao chia lại"), _("Ví dụ: một người giữ khóa nghỉ hưu."))
    needed = forms.IntegerField(label=_("Cần bao nhiêu người để mở"), min_value=2, max_value=9, initial=2)
    holders = forms.IntegerField(label=_("Chia cho bao nhiêu người"), min_value=2, max_value=9, initial=3)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("needed") or 0) > (given.get("holders") or 9):
            self.add_error("holders", _("Số người giữ phải không ít hơn số người cần để mở."))
        return given
