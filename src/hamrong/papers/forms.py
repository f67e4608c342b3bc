"""What people fill in: the fields of a form, a signature, a file, a paper to check."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamrong.kernel.vietnamese import clean
from hamrong.papers.absent import NOTHING, Absent, reasoned, required
from hamrong.papers.actions.drafting import asked
from hamrong.papers.catalog import Field, Form, fields
from hamrong.ui.forms import DayField

LINE, TEXT = 500, 20_000
WHY = "khong-ap-dung-"
"""What the name of the field begins with in which is said why another one does not apply."""


class Asked(NamedTuple):
    """A field of a paper, and that in which is said why it does not apply, if it may; `open` where it is used."""

    field: forms.BoundField
    why: forms.BoundField | None = None
    open: bool = False


class PaperForm(forms.Form):
    """The fields that a Word file asks for, by the kinds of `fields.yaml`.

    Beside a required field that need not apply stands another, which takes the reason; one of the two is filled in.
    """

    use_required_attribute = False

    def __init__(
        self, *args: Any, made: Form, given: Mapping[str, Any] = NOTHING, absent: Absent = NOTHING, **kept: Any
    ) -> None:
        super().__init__(*args, **kept)
        for name in asked(made):
            one = self.fields[name] = _field(fields()[name], name in required(made), given.get(name, ""))
            instead = made.instead(name)
            if instead is not None:
                self.fields[WHY + name] = _why(one, instead, absent.get(name, ""))
                one.required = not str(self.data.get(WHY + name, "")).strip()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for name, reason in self._reasons(told).items():
            named = {"field": self.fields[name].label}
            if not reasoned(reason):
                self.add_error(WHY + name, _("Hãy ghi bằng lời vì sao “%(field)s” không áp dụng.") % named)
            elif name in self.errors or told.get(name):
                both = _("“%(field)s” vừa được điền, vừa có lý do không áp dụng. Hãy xóa một trong hai.")
                self.add_error(WHY + name, both % named)
        return told

    @property
    def asked(self) -> list[Asked]:
        """Every field with that of the reason beside it."""
        return [self._asked(name) for name in self.fields if not name.startswith(WHY)]

    def _asked(self, name: str) -> Asked:
        if WHY + name not in self.fields:
            return Asked(self[name])
        why = self[WHY + name]
        return Asked(self[name], why, bool(why.value() or why.errors or self[name].errors))

    @staticmethod
    def _reasons(told: Mapping[str, Any]) -> dict[str, str]:
        return {name.removeprefix(WHY): reason for name, reason in told.items() if name.startswith(WHY) and reason}

    def explain(self, why: Mapping[str, str]) -> None:
        """Say beside fields where what they were filled in with comes from."""
        for name in self.fields.keys() & why.keys():
            self.fields[name].help_text = why[name]

    @property
    def values(self) -> dict[str, Any]:
        """Text, or a list of paragraphs, by field; only of a valid form."""
        told = self.cleaned_data.items()
        return {name: _written(fields()[name], value) for name, value in told if not name.startswith(WHY)}

    @property
    def absent(self) -> dict[str, str]:
        """Why fields do not apply, by field; only of a valid form."""
        return {name: clean(reason) for name, reason in self._reasons(self.cleaned_data).items()}


def label(each: Field | Form) -> str:
    """What a field or a form is called in the reader's language."""
    return each.en if (get_language() or "vi").startswith("en") else each.vi


def _field(each: Field, required: bool, given: Any) -> forms.Field:
    told: dict[str, Any] = {
        "label": label(each),
        "required": required,
        "initial": "\n".join(given) if isinstance(given, list) else given,
    }
    if each.kind == "day":
        return DayField(**told)
    if each.kind == "text":
        widget = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(max_length=TEXT, widget=widget, **told)
    return forms.CharField(max_length=LINE, **told)


def in_its_place(words: str) -> str:
    """What the paper prints where a field does not apply, as its writer and its signatory are told."""
    return str(_("Trên văn bản in “%(words)s”.") % {"words": words} if words else _("Văn bản bỏ câu nói về mục này."))


def _why(of: forms.Field, instead: str, given: str) -> forms.Field:
    named = {"field": of.label}
    of.error_messages["required"] = _("Hãy điền “%(field)s”, hoặc ghi vì sao mục này không áp dụng.") % named
    read = _("Lý do không in ra; người ký đọc trước khi ký.")
    said = _("Lý do không áp dụng “%(field)s”") % named
    told = f"{in_its_place(instead)} {read}"
    return forms.CharField(label=said, required=False, max_length=LINE, initial=given, help_text=told)


def _written(each: Field, value: Any) -> Any:
    if each.kind == "day":
        return f"{value:%d/%m/%Y}" if value else ""
    if each.kind == "text":
        return [line for line in map(clean, value.splitlines()) if line]
    return clean(value)


class SignForm(forms.Form):
    """How the signatory signs."""

    use_required_attribute = False
    capacity = forms.ChoiceField(
        label=_("Ký với tư cách"),
        choices=[
            ("head", _("Người đứng đầu")), ("deputy", _("Cấp phó ký thay (KT.)")),
            ("acting", _("Người được giao quyền cấp trưởng (Q.)")),
        ],
        initial="head",
        widget=forms.RadioSelect,
    )  # fmt: skip


class DelegateForm(forms.Form):
    """How somebody signs to whom the head delegated."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Chức vụ của bạn, in trên văn bản"), max_length=100,
        help_text=_("Chức vụ lãnh đạo chính thức, như Trưởng phòng Tham mưu; không ghi cấp bậc, học vị."),
    )  # fmt: skip


class FileForm(forms.Form):
    """A file to keep."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Tệp"), help_text=_("Ảnh, PDF, Word, Excel, văn bản, âm thanh, video MP4; tối đa 200 MB."),
        error_messages={"required": _("Chọn một tệp."), "empty": _("Tệp này trống."), "missing": _("Chọn một tệp.")},
    )  # fmt: skip


class RecallForm(forms.Form):
    """Why a signed paper is recalled, and what takes its place."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Lý do thu hồi"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lý do vào hồ sơ; trang kiểm tra công khai chỉ cho biết ngày thu hồi và văn bản thay thế."),
        error_messages={"required": _("Hãy ghi lý do thu hồi.")},
    )  # fmt: skip
    replacement = forms.ChoiceField(
        label=_("Văn bản thay thế"), required=False, help_text=_("Ký văn bản thay thế trước, rồi thu hồi văn bản này.")
    )

    def __init__(self, others: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replacement"].choices = [("", _("Không có")), *others]  # type: ignore[attr-defined]


class Picker(forms.FileInput):
    """A choice of several files, which a browser also offers to take with the camera."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what is wrong with one of them is said by whoever takes it in."""

    widget = Picker

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        return [super(FilesField, self).clean(one, initial) for one in chosen] or super().clean(None, initial) or []


class FilesForm(forms.Form):
    """Files that somebody hands in."""

    use_required_attribute = False
    attached = FilesField(
        label=_("Ảnh, giấy tờ kèm theo"), required=False, allow_empty_file=True, max_length=None,
        help_text=_(
            "Ảnh, PDF, Word (.docx), Excel, văn bản, âm thanh, video MP4. Chọn được nhiều tệp; mỗi lần tối đa 200 MB."
        ),
        error_messages={"required": _("Chọn một tệp.")},
    )  # fmt: skip

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].required = needed


class CheckForm(forms.Form):
    """The PDF that somebody got, to be compared with what was signed."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Tệp PDF bạn nhận được"), help_text=_("Chỉ để so sánh, tệp không được lưu lại."),
        error_messages={"required": _("Chọn một tệp."), "empty": _("Tệp này trống."), "missing": _("Chọn một tệp.")},
    )  # fmt: skip
