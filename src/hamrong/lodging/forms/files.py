"""A file of guests: uploading it, and saying what its columns hold."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.lodging.workbooks.columns import labels

PREFIX = "column-"
LONGEST_REASON = 300


class UploadForm(forms.Form):
    """A workbook or a text file, told by its content and not by its name."""

    file = forms.FileField(
        label=_("Tệp danh sách khách"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods), CSV hoặc JSON từng dòng; tối đa 20 MB."),
        error_messages={
            "required": _("Chọn một tệp."),
            "empty": _("Tệp này trống."),
            "missing": _("Chọn một tệp."),
        },
    )
    use_required_attribute = False


class ColumnsForm(forms.Form):
    """For each field of a notification, the column of the file that holds it, and a reason for rows without one."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Lý do lưu trú chung"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Dùng cho mọi dòng không ghi lý do. Dòng nào có ghi thì giữ lý do của dòng đó."),
    )

    def __init__(
        self, *args: object, columns: Sequence[str], mapping: Mapping[str, int], reason: str = "", **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].initial = reason
        choices = [("", "—"), *((str(at), name or f"({at + 1})") for at, name in enumerate(columns))]
        for name, label in labels().items():
            initial = str(mapping[name]) if name in mapping else ""
            self.fields[PREFIX + name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=initial
            )

    @property
    def mapping(self) -> dict[str, int]:
        """Field to column, from 0; only of a valid form."""
        got = {name: value for name, value in self.cleaned_data.items() if name.startswith(PREFIX)}
        return {name.removeprefix(PREFIX): int(value) for name, value in got.items() if value != ""}
