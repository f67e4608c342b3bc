"""Form fields the way people here write them: dd/mm/yyyy and 22:50, forgiving of how it is typed."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.utils.translation import gettext_lazy as _

from hamrong.access.roles import purposes
from hamrong.kernel.unseen import made_visible
from hamrong.ui.answers import purposes_of

DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})\s*$|^\s*(\d{2})(\d{2})(\d{4})\s*$")
CLOCK = re.compile(r"^\s*(\d{1,2})\s*(?:[:hHgG.]\s*(\d{2})?|)\s*$|^\s*(\d{1,2})(\d{2})\s*$")


def speak_plainly() -> None:
    """Django's own words in ours, in both languages and with what to do, once a process.

    They name no field, as `names_its_field` knows. A NUL comes into a passphrase by pasting; the browser shows it as �
    when the page comes back.
    """
    forms.Field.default_error_messages["required"] = _("Hãy điền mục này.")
    no_choice = {"invalid_choice": _("Không có lựa chọn “%(value)s”. Hãy chọn lại trong danh sách.")}
    forms.ChoiceField.default_error_messages |= {"required": _("Hãy chọn một mục."), **no_choice}
    forms.MultipleChoiceField.default_error_messages |= no_choice
    MaxLengthValidator.message = _("Dài quá %(limit_value)d ký tự (đang có %(show_value)d). Hãy viết ngắn lại.")
    MaxValueValidator.message = _("Nhiều nhất là %(limit_value)s.")
    MinValueValidator.message = _("Ít nhất là %(limit_value)s.")
    ProhibitNullCharactersValidator.message = _("Có ký tự không đọc được, hiện ra là �. Hãy xóa ký tự ấy rồi gửi lại.")


_TAKEN = forms.CharField.to_python


def show_what_is_written() -> None:
    """No text of any form holds signs that nobody sees and that turn it around (`made_visible`); once a process.

    They are neither refused, because nobody finds what does not show, nor dropped, because that they were there may
    itself be what a petition is about. What is taken as it was typed, to the last space, is a passphrase.
    """
    forms.CharField.to_python = _taken  # type: ignore[assignment, method-assign]


def _taken(field: forms.CharField, value: Any) -> Any:
    as_typed = not field.strip or value in field.empty_values
    return _TAKEN(field, value if as_typed else made_visible(str(value)))


def names_its_field(field: forms.Field, error: forms.ValidationError) -> bool:
    """Whether an error was written for this field, so that one knows what it is about without seeing the field.

    Words that every field of a kind shares (empty, too long, no such choice, no day) name none.
    """
    if error.code is None:
        return True
    own = field.error_messages.get(error.code)
    shared = [kind.__dict__.get("default_error_messages", {}).get(error.code) for kind in type(field).__mro__]
    return own is not None and own not in [words for words in shared if words is not None]


class PurposeForm(forms.Form):
    """What for a page about people is opened, for an act that has several purposes; some need the number of a case."""

    purpose = forms.ChoiceField(
        label=_("Mục đích"), widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Việc này không mở được với mục đích ghi trong địa chỉ. Chọn lại.")},
    )  # fmt: skip
    case_ref = forms.CharField(
        label=_("Số vụ việc, số lệnh hoặc văn bản yêu cầu"), required=False, max_length=100,
        help_text=_("Bắt buộc khi phục vụ giải quyết vụ việc."),
    )  # fmt: skip

    def __init__(self, *args: Any, act: str, **kept: Any) -> None:
        super().__init__(*args, **kept)
        choices = purposes_of(act)
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]
        if not any(purposes()[code].case for code, _words in choices):
            del self.fields["case_ref"]

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean() or {}
        purpose = got.get("purpose")
        if purpose and purposes()[purpose].case and not got.get("case_ref"):
            self.add_error("case_ref", _("Hãy ghi số vụ việc hoặc số lệnh cần đến dữ liệu này."))
        return got


class DayInput(forms.TextInput):
    """Text, because a browser's own date field follows the device's language and not dd/mm/yyyy."""

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else super().format_value(value)


YEARS = range(1800, 2200)
"""Years that a person here can mean; beyond them a slip, and no day before or after to reckon with."""


class DayField(forms.Field):
    """A day written dd/mm/yyyy (also d.m.yyyy, ddmmyyyy); cleans to `datetime.date` of `YEARS` or None."""

    widget = DayInput(
        attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off", "maxlength": "14"}
    )
    default_error_messages = {
        "required": _("Nhập ngày, ví dụ 24/11/2026."),
        "shape": _("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 24/11/2026."),
        "impossible": _("Không có ngày này trong lịch. Hãy kiểm tra lại ngày và tháng."),
        "far": _("Năm này xa quá. Hãy kiểm tra lại năm."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = DAY.match(str(value))
        if not found:
            raise forms.ValidationError(self.error_messages["shape"], code="shape")
        day, month, year = (int(part) for part in found.groups() if part)
        if year not in YEARS:
            raise forms.ValidationError(self.error_messages["far"], code="far")
        try:
            return date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["impossible"], code="impossible") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True


class ClockInput(forms.TextInput):
    """Text, because a browser's own time field shows AM and PM on a device set to English."""

    def format_value(self, value: Any) -> str | None:
        return f"{value:%H:%M}" if isinstance(value, time) else super().format_value(value)


class ClockField(forms.Field):
    """A time of day on the 24-hour clock (22:50, 22h50, 22g, 2250); cleans to `datetime.time` or None."""

    widget = ClockInput(attrs={"inputmode": "numeric", "placeholder": "hh:mm", "autocomplete": "off", "maxlength": "8"})
    default_error_messages = {
        "required": _("Nhập giờ, ví dụ 22:50."),
        "shape": _("Nhập giờ theo dạng giờ:phút của đồng hồ 24 giờ, ví dụ 22:50."),
    }

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return None if value in self.empty_values else value
        found = CLOCK.match(str(value))
        hour, minute = (found[1] or found[3], found[2] or found[4] or "0") if found else ("24", "0")
        if int(hour) > 23 or int(minute) > 59:
            raise forms.ValidationError(self.error_messages["shape"], code="shape")
        return time(int(hour), int(minute))


def problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(error, id of the field it belongs to) of a form, those of the whole form first, with no id."""
    whole = [(str(error), "") for error in form.non_field_errors()]
    return whole + [(said, first_id(bound)) for bound in form for said in _said(bound)]


def _said(bound: forms.BoundField) -> list[str]:
    """The errors of a field, each so that one knows which field it means."""
    errors = zip(bound.errors.as_data(), bound.errors, strict=True)
    return [str(said) if names_its_field(bound.field, one) else f"{bound.label}: {said}" for one, said in errors]


def first_id(bound: forms.BoundField) -> str:
    """The id that a link to the field has to name: the first choice where there are several."""
    several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else (bound.id_for_label or bound.auto_id)
