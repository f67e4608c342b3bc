"""Opening and changing pools: the legal basis of every change, series, and lists of numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamrong.plates.actions.pools import Basis, wrong_day
from hamrong.plates.wording import event_word
from hamrong.ui.answers import words
from hamrong.ui.forms import DayField

BY_LIST: Final = ("pool.set-aside", "pool.return", "pool.issue", "pool.recall")
"""Events for which a list of numbers is uploaded, in the order in which they are offered."""


class BasisForm(forms.Form):
    """Why a pool changes. Everything here is published."""

    law = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=200,
        help_text=_("Điều, khoản của văn bản, ví dụ 36/2024/QH15 Điều 37."),
        error_messages={"required": _("Nhập căn cứ pháp lý.")},
    )
    document = forms.CharField(
        label=_("Quyết định"),
        max_length=200,
        help_text=_("Số và ngày, ví dụ QĐ 12/QĐ-CAT ngày 05/01/2026."),
        error_messages={"required": _("Nhập số và ngày của quyết định.")},
    )
    on = DayField(label=_("Có hiệu lực từ ngày"))
    note = forms.CharField(label=_("Nói thêm cho người dân"), required=False, max_length=300)
    use_required_attribute = False

    def clean_on(self) -> date:
        """A day that is over or today; a pool changes at once."""
        on: date = self.cleaned_data["on"]
        if wrong := wrong_day(on, timezone.localdate()):
            raise forms.ValidationError(words(wrong))
        return on

    def basis(self, unit: str) -> Basis:
        """What a valid form says; `unit` decided it."""
        got = self.cleaned_data
        return Basis(got["law"], got["document"], got["on"], unit, got["note"])

    def carried(self) -> list[tuple[str, str]]:
        """What was typed, to be sent along once more."""
        return [
            (name, value)
            for name in self.fields
            for value in (self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name, "")])
        ]


class SeriesForm(BasisForm):
    """Whole series that are added to a pool."""

    series = forms.MultipleChoiceField(
        label=_("Sê-ri"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Chọn ít nhất một sê-ri.")}
    )
    field_order: Sequence[str] = ("series", "law", "document", "on", "note")

    def __init__(self, *args: Any, free: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = [(one, one) for one in free]  # type: ignore[attr-defined]


class OpenForm(SeriesForm):
    """A new pool."""

    name_vi = forms.CharField(
        label=_("Tên kho bằng tiếng Việt"), max_length=100, error_messages={"required": _("Nhập tên kho.")}
    )
    name_en = forms.CharField(
        label=_("Tên kho bằng tiếng Anh"), max_length=100, error_messages={"required": _("Nhập tên kho.")}
    )
    code = forms.RegexField(
        r"^[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Mã kho"),
        max_length=40,
        help_text=_("Nằm trong địa chỉ và trên phiếu, ví dụ 36-o-to. Không đổi được về sau."),
        error_messages={
            "required": _("Nhập mã kho."),
            "invalid": _("Mã kho gồm mã tỉnh, gạch nối, rồi chữ thường không dấu, ví dụ 36-o-to."),
        },
    )
    field_order = ("series", "code", "name_vi", "name_en", "law", "document", "on", "note")


class ListForm(BasisForm):
    """What is to happen, and to which numbers: a file, or text typed or pasted."""

    type = forms.ChoiceField(
        label=_("Làm gì với các số này"), widget=forms.RadioSelect, error_messages={"required": _("Chọn việc.")}
    )
    file = forms.FileField(
        label=_("Tệp danh sách biển số"),
        required=False,
        help_text=_("Excel, ODS, CSV hoặc văn bản, mỗi dòng một biển số, viết kiểu nào cũng được; tối đa 64 MB."),
        error_messages={"empty": _("Tệp này trống.")},
    )
    text = forms.CharField(
        label=_("Hoặc dán danh sách vào đây"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Một dải liền nhau: 36A00001-36A00999."),
    )
    field_order = ("type", "file", "text", "law", "document", "on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(one, event_word(one)) for one in BY_LIST]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not got.get("file") and not (got.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("file", _("Chọn một tệp, hoặc dán danh sách."))
        return got

    @property
    def data_sent(self) -> tuple[bytes, str]:
        """The list of a valid form, and what its file is called."""
        file = self.cleaned_data["file"]
        return (file.read(), file.name) if file else (self.cleaned_data["text"].encode(), "")
