"""The forms of signing in and of the account, in our own words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NAME = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


def password(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    """A field for a password; what was typed never comes back in the page."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    errors = {"required": _("Nhập mật khẩu.")}
    return forms.CharField(
        label=label, widget=widget, strip=False, help_text=hint, error_messages=errors, max_length=256
    )


class SignIn(account.LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        errors = {"required": _("Nhập tên đăng nhập.")}
        self.fields["login"] = forms.CharField(
            label=_("Tên đăng nhập"), widget=NAME, max_length=64, error_messages=errors
        )
        self.fields["password"] = password(_("Mật khẩu"), "current-password")
        self.order_fields(["login", "password"])


class PasswordAgain(account.ReauthenticateForm):
    """The password once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password(_("Mật khẩu"), "current-password")


class ChangePassword(account.ChangePasswordForm):
    """A new password for one that is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password(_("Mật khẩu hiện tại"), "current-password")
        self.fields["password1"] = password(_("Mật khẩu mới"), "new-password", HINT)
        self.fields["password2"] = password(_("Nhập lại mật khẩu mới"), "new-password")
        self.order_fields(["oldpassword", "password1", "password2"])

    def clean_password1(self) -> str:
        return checked(self.cleaned_data["password1"], self.user)

    def clean(self) -> dict[str, Any]:
        return same_twice(self)


class SecondStep(factor.AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("Sáu chữ số trong ứng dụng xác thực, hoặc một mã dự phòng."),
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
        max_length=40,
        error_messages={"required": _("Nhập mã xác thực.")},
    )


class SecondStepAgain(factor.ReauthenticateForm):
    """The code once more, before something sensitive."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("Sáu chữ số trong ứng dụng xác thực, hoặc một mã dự phòng."),
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
        max_length=40,
        error_messages={"required": _("Nhập mã xác thực.")},
    )


class AddApp(app.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = forms.CharField(
        label=_("Mã mà ứng dụng đang hiện"),
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
        max_length=10,
        error_messages={"required": _("Nhập mã mà ứng dụng đang hiện.")},
    )


class AddPasskey(passkey.AddWebAuthnForm):
    """A new passkey; one that the device itself keeps can also sign in without the password."""

    name = forms.CharField(label=_("Tên để nhận ra khóa này"), required=False, max_length=60)
    passwordless = forms.BooleanField(
        label=_("Dùng khóa này để đăng nhập không cần mật khẩu"),
        help_text=_("Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN mỗi lần."),
        required=False,
        initial=True,
    )


class RenamePasskey(passkey.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        label=_("Tên để nhận ra khóa này"), max_length=60, error_messages={"required": _("Nhập tên.")}
    )


class Enrol(forms.Form):
    """A one-time code, and the password that its person chooses."""

    username = forms.CharField(
        label=_("Tên đăng nhập"), widget=NAME, max_length=64, error_messages={"required": _("Nhập tên đăng nhập.")}
    )
    code = forms.CharField(
        label=_("Mã một lần"),
        help_text=_("Mã gồm 16 chữ và số mà người quản trị đã đưa cho bạn, ví dụ 7K3M-9QRT-0XV2-H5AB."),
        widget=forms.TextInput(attrs=CODE),
        max_length=40,
        error_messages={"required": _("Nhập mã một lần.")},
    )
    password1 = password(
        _("Mật khẩu mới"), "new-password", _("Ít nhất 12 ký tự. Một câu dễ nhớ thì tốt hơn một từ khó.")
    )
    password2 = password(_("Nhập lại mật khẩu mới"), "new-password")

    def clean_password1(self) -> str:
        return checked(self.cleaned_data["password1"], None)

    def clean(self) -> dict[str, Any]:
        return same_twice(self)


HINT = _("Ít nhất 12 ký tự. Một câu dễ nhớ thì tốt hơn một từ khó.")


def checked(typed: str, person: Any) -> str:
    """The password, after the rules of the settings; raises `ValidationError`."""
    password_validation.validate_password(typed, person)
    return typed


def same_twice(form: forms.Form) -> dict[str, Any]:
    """The form's data; an error beside the second field where the two new passwords differ."""
    given = form.cleaned_data
    if given.get("password1") and given.get("password2") and given["password1"] != given["password2"]:
        form.add_error("password2", ValidationError(_("Hai mật khẩu mới không giống nhau."), code="mismatch"))
    return given
