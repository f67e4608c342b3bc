"""What the register is narrowed by, what is looked for in it, and how it leaves the house."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from hamrong.petitions.forms.officers import KINDS, OUTCOMES, field_choices
from hamrong.petitions.queries.searching import Search
from hamrong.ui.answers import purposes_of
from hamrong.ui.exports import FormatForm
from hamrong.ui.forms import DayField

Choices = Sequence[tuple[str, Any]]
ALL: Final = ("", gettext_lazy("Tất cả"))
STANDS: Final = [
    ALL, ("overdue", gettext_lazy("Quá hạn")), ("due", gettext_lazy("Sắp đến hạn")),
    ("unowned", gettext_lazy("Chưa ai nhận việc")), ("new", gettext_lazy("Chưa vào sổ")),
    ("unsorted", gettext_lazy("Chưa phân loại")),
    ("untold", gettext_lazy("Chưa báo người gửi")), ("wrong", gettext_lazy("Chờ duyệt bỏ phân loại")),
    ("open", gettext_lazy("Hồ sơ đang giải quyết")),
    ("closed", gettext_lazy("Hồ sơ đã kết thúc")),
]  # fmt: skip
RESULTS: Final = [
    ("right", gettext_lazy("Đúng")), ("partly", gettext_lazy("Đúng một phần")), ("wrong", gettext_lazy("Sai")),
    ("malicious", gettext_lazy("Cố ý tố cáo sai sự thật")),
]  # fmt: skip
EXACT: Final = {"autocomplete": "off", "spellcheck": "false"}


class RegisterForm(forms.Form):
    """Filters that may stand in an address; `search` is the id of a search that this session keeps."""

    number = forms.CharField(label=gettext_lazy("Số trong sổ"), required=False, max_length=12)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), required=False, choices=[ALL, *KINDS])
    stands = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False, choices=STANDS)
    outcome = forms.ChoiceField(label=gettext_lazy("Đã xử lý"), required=False, choices=[ALL, *OUTCOMES])
    result = forms.ChoiceField(label=gettext_lazy("Kết quả"), required=False, choices=[ALL, *RESULTS])
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), required=False)
    first = DayField(label=gettext_lazy("Nhận từ ngày"), required=False)
    last = DayField(label=gettext_lazy("Đến ngày"), required=False)
    handler = forms.ChoiceField(label=gettext_lazy("Người xử lý"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)
    search = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, handlers: Choices, units: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [ALL, *handlers]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [ALL, *units]  # type: ignore[attr-defined]
        self.fields["field"].choices = [ALL, *field_choices()[1:]]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit"]

    def given(self) -> dict[str, Any]:
        """What makes sense of what was asked; the rest narrows nothing, and its field says why."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _why(form: forms.Form, act: str) -> None:
    form.fields["purpose"].choices = purposes_of(act)  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Why, and then what; neither stands in the address of what was found."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Mục đích"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn mục đích.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Từ ngữ trong đơn"), required=False, max_length=200,
        help_text=gettext_lazy("Không cần dấu; đơn phải có đủ các từ. Đặt trong ngoặc kép để tìm đúng cụm từ."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Họ và tên người gửi"), required=False, max_length=200, widget=forms.TextInput(attrs=EXACT),
        help_text=gettext_lazy("Đủ chữ, không cần dấu, không cần đủ họ tên."),
    )  # fmt: skip
    document = forms.CharField(
        label=gettext_lazy("Số căn cước người gửi"), required=False, max_length=40,
        widget=forms.TextInput(attrs=EXACT),
        help_text=gettext_lazy("Gõ đủ số. Số này không nằm trong địa chỉ trang và không lưu ở dạng đọc được."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _why(self, "petition.search")

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors and self.search.empty:
            self.add_error("words", gettext_lazy("Hãy ghi ít nhất một điều: từ ngữ, họ tên hoặc số căn cước."))
        return got

    @property
    def search(self) -> Search:
        """What is looked for, of a form without errors."""
        got = self.cleaned_data
        return Search(got["words"], got["name"], got["document"])


class ExportForm(FormatForm):
    """Why the register leaves the house as a file, and in which form."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Mục đích"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn mục đích.")},
    )  # fmt: skip
    field_order: Iterable[str] = ("purpose", "format")
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _why(self, "petition.export")
