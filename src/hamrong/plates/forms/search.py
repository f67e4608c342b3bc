"""Looking for a vehicle, an owner's document or a plate: why, and then what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.plates.queries.files import Search
from hamrong.ui.answers import purposes_of
from hamrong.ui.exports import FormatForm

EXACT = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class SearchForm(forms.Form):
    """Purpose and case, then at least one number, whole."""

    purpose = forms.ChoiceField(
        label=_("Mục đích"), widget=forms.RadioSelect, error_messages={"required": _("Chọn mục đích.")}
    )
    case_ref = forms.CharField(
        label=_("Số vụ việc, số lệnh hoặc văn bản yêu cầu"),
        required=False,
        max_length=100,
        help_text=_("Bắt buộc khi phục vụ giải quyết vụ việc."),
    )
    vehicle = forms.CharField(
        label=_("Số khung"), required=False, max_length=60, widget=forms.TextInput(attrs=EXACT),
        help_text=_("Gõ đủ số. Số này không nằm trong địa chỉ trang và không lưu ở dạng đọc được."),
    )  # fmt: skip
    plate = forms.CharField(
        label=_("Biển số"), required=False, max_length=20, widget=forms.TextInput(attrs=EXACT),
        help_text=_("Ví dụ 36A-123.45."),
    )  # fmt: skip
    document = forms.CharField(
        label=_("Số giấy tờ của chủ xe"), required=False, max_length=40, widget=forms.TextInput(attrs=EXACT)
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes_of("plate.search")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors and self.search.empty:
            self.add_error("vehicle", _("Hãy ghi ít nhất một điều: số khung, biển số hoặc số giấy tờ."))
        return got

    @property
    def search(self) -> Search:
        """What is looked for, of a form without errors."""
        got = self.cleaned_data
        return Search(got["vehicle"], got["document"], got["plate"])


class ExportForm(FormatForm):
    """Why a list leaves the house as a file, and in which form."""

    purpose = forms.ChoiceField(
        label=_("Mục đích"), widget=forms.RadioSelect, error_messages={"required": _("Chọn mục đích.")}
    )
    field_order = ("purpose", "format")
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes_of("plate.export")  # type: ignore[attr-defined]
