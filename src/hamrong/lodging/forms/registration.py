"""Registering an establishment: the application, following it, and the manager's account."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamrong.kernel.vietnamese import fold
from hamrong.lodging.catalogs import catalog
from hamrong.org.areas import convert

Wards = Sequence[tuple[str, str]]
"""Code and name ("Phường Sầm Sơn") of the communes and wards of today."""


def required(text: Any) -> dict[str, Any]:
    return {"required": text}


class ApplicationForm(forms.Form):
    """Who wants to lodge guests, and where. The ward is chosen by name, or concluded from the address."""

    kind = forms.ChoiceField(label=_("Loại cơ sở"))
    name = forms.CharField(
        label=_("Tên cơ sở"),
        max_length=200,
        help_text=_("Như trên biển hiệu. Hộ gia đình ghi tên chủ hộ."),
        error_messages=required(_("Nhập tên cơ sở.")),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        max_length=300,
        help_text=_("Số nhà, đường, thôn hoặc tổ dân phố, xã hoặc phường. Địa chỉ cũ cũng được."),
        error_messages=required(_("Nhập địa chỉ.")),
    )
    ward_name = forms.CharField(
        label=_("Xã, phường hiện nay"),
        required=False,
        max_length=100,
        help_text=_("Gõ vài chữ rồi chọn. Để trống thì hệ thống đọc từ địa chỉ."),
    )
    manager_name = forms.CharField(
        label=_("Họ và tên người quản lý"), max_length=200, error_messages=required(_("Nhập họ và tên người quản lý."))
    )
    phone = forms.RegexField(
        r"^[0-9 .+()-]{8,20}$",
        label=_("Số điện thoại"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={**required(_("Nhập số điện thoại.")), "invalid": _("Số điện thoại gồm 8 đến 20 chữ số.")},
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    use_required_attribute = False

    def __init__(self, *args: Any, today: date, wards: Wards, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wards, english = wards, get_language() == "en"
        kinds = [
            (entry.code, entry.en if english else entry.vi) for entry in catalog("establishment-kinds", today).entries
        ]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.ward = ""

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        named = got.get("ward_name", "")
        if named:
            self._by_name(named)
        elif got.get("address"):
            self._by_address(got["address"])
        return got

    def _by_name(self, named: str) -> None:
        key = fold(named)
        found = [code for code, name in self.wards if key in {fold(name), _bare(name)}]
        exact = [code for code, name in self.wards if name.casefold() == named.strip().casefold()]
        chosen = exact or found
        if len(chosen) == 1:
            self.ward = chosen[0]
        else:
            self.add_error("ward_name", _("Không có xã, phường nào đúng tên này. Hãy chọn trong danh sách gợi ý."))

    def _by_address(self, address: str) -> None:
        read = convert(address)
        codes = dict(self.wards)
        units = [unit for unit in read.units if unit.code in codes]
        if len(units) == 1 and read.status != "ambiguous":
            self.ward = units[0].code
        elif units:
            names = ", ".join(codes[unit.code] for unit in units)
            self.add_error("ward_name", _("Địa chỉ này nay thuộc một trong: %s. Hãy chọn xã, phường.") % names)
        else:
            self.add_error("ward_name", _("Không đọc được xã, phường từ địa chỉ. Hãy chọn xã, phường."))

    @property
    def ward_shown(self) -> str:
        """The name of the commune that was concluded."""
        return dict(self.wards).get(self.ward, "")


def _bare(name: str) -> str:
    """A commune's name without its kind, folded."""
    words = fold(name).split()
    return " ".join(words[1:] if words[:1] in (["xa"], ["phuong"]) else words)


class FollowForm(forms.Form):
    """The establishment's code and the private code of its application."""

    establishment = forms.CharField(
        label=_("Mã cơ sở"), max_length=20, error_messages=required(_("Nhập mã cơ sở, ví dụ HT-0001."))
    )
    code = forms.CharField(
        label=_("Mã theo dõi"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=required(_("Nhập mã theo dõi.")),
    )


class AccountForm(forms.Form):
    """The manager's user name and password; the codes of the application go along."""

    username = forms.RegexField(
        r"^[a-z0-9._-]{3,64}$",
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối; ít nhất 3 ký tự."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            **required(_("Nhập tên đăng nhập.")),
            "invalid": _("Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch nối; 3 đến 64 ký tự."),
        },
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_("Ít nhất 12 ký tự. Một câu dài dễ nhớ là tốt nhất."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=required(_("Nhập mật khẩu.")),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=required(_("Nhập lại mật khẩu.")),
    )
    establishment = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(widget=forms.HiddenInput)
    use_required_attribute = False

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("password") and got.get("again") and got["password"] != got["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        return got
