"""A file of guests: uploading it, and saying what its columns hold."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.lodging.workbooks.columns import labels

PREFIX = "column-"


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
    """For each field of a notification, the column of the file that holds it."""

    use_required_attribute = False

    def __init__(self, *args: object, columns: Sequence[str], mapping: Mapping[str, int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", "—"), *((str(at), name or f"({at + 1})") for at, name in enumerate(columns))]
        for name, label in labels().items():
            initial = str(mapping[name]) if name in mapping else ""
            self.fields[PREFIX + name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=initial
            )

    @property
    def mapping(self) -> dict[str, int]:
        """Field to column, from 0; only of a valid form."""
        got = self.cleaned_data
        return {name.removeprefix(PREFIX): int(value) for name, value in got.items() if value != ""}
