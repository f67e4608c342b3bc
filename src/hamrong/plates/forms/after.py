"""The form of an act on a plate, made from the act's row: its reasons, and the facts that it needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.kernel.documents.plates import book
from hamrong.plates.actions.after import COLOUR, AskIn
from hamrong.plates.actions.entering import EnterIn
from hamrong.plates.course import Move
from hamrong.plates.forms.filing import checked, required
from hamrong.plates.typed import document_wrong, vehicle_wrong
from hamrong.plates.wording import ORIGINS, REASONS, colour, vehicle_kind
from hamrong.ui.answers import words
from hamrong.ui.forms import DayField

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
CODE = {**PLAIN, "autocapitalize": "characters"}


class NumberForm(forms.Form):
    """Which plate is looked for, in any writing."""

    q = forms.CharField(label=_("Biển số"), max_length=20, widget=forms.TextInput(attrs=CODE))


class AskForm(forms.Form):
    """Why, in which dossier; the colour of an exchange; vehicle and owner of a plate that was kept."""

    reason = forms.ChoiceField(
        label=_("Lý do"), widget=forms.RadioSelect, error_messages=required(_("Hãy chọn lý do."))
    )
    colour = forms.ChoiceField(label=_("Màu biển mới"), required=False, help_text=_("Chỉ khi lý do là đổi màu biển."))
    dossier = forms.CharField(
        label=_("Số hồ sơ"), max_length=60, widget=forms.TextInput(attrs=PLAIN),
        error_messages=required(_("Hãy ghi số hồ sơ.")),
    )  # fmt: skip
    vehicle = forms.CharField(
        label=_("Số khung của xe sẽ mang biển này"), max_length=60, widget=forms.TextInput(attrs=CODE),
        error_messages=required(_("Nhập số khung.")),
    )  # fmt: skip
    owner_document = forms.CharField(
        label=_("Số giấy tờ của chủ xe"), max_length=40, widget=forms.TextInput(attrs=CODE),
        help_text=_("Đúng giấy tờ của người mà biển thuộc về."),
        error_messages=required(_("Nhập số giấy tờ của chủ xe.")),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không ghi tên hay số giấy tờ của ai."),
        error_messages=required(_("Hãy ghi quyết định hoặc căn cứ.")),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, move: Move, colours: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [one for one in move.reasons if one != "colour" or colours]
        self.fields["reason"].choices = [(one, REASONS[one]) for one in reasons]  # type: ignore[attr-defined]
        if len(reasons) == 1:
            self.fields["reason"].initial = reasons[0]
        self.fields["colour"].choices = [("", "–"), *((one, colour(one)) for one in colours)]  # type: ignore[attr-defined]
        if "note" in move.needs:
            self.fields["note"].required = True
            self.fields["note"].label = _("Quyết định hoặc căn cứ")
        if "place" in move.needs:
            self.fields["note"].required = True
            self.fields["note"].label = _("Nơi chuyển đến")
            self.fields["note"].help_text = _("Tỉnh và cơ quan đăng ký xe. Không ghi tên hay số giấy tờ của ai.")
            self.fields["note"].error_messages = required(_("Hãy ghi tỉnh và cơ quan đăng ký xe nơi chuyển đến."))
        unwanted = {
            "colour": "colour" not in reasons, "vehicle": "vehicle" not in move.needs,
            "owner_document": "owner" not in move.needs,
        }  # fmt: skip
        for name, drop in unwanted.items():
            if drop:
                del self.fields[name]

    def clean_vehicle(self) -> str:
        return checked(self.cleaned_data["vehicle"], vehicle_wrong)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("colour") and got.get("reason") not in (None, "colour"):
            self.add_error("colour", words(COLOUR))
        return got

    @property
    def told(self) -> AskIn:
        """What a valid form says."""
        return AskIn(**self.cleaned_data)


class EnterForm(forms.Form):
    """A plate that was not drawn here: which, where it came from, on which vehicle, whose."""

    origin = forms.ChoiceField(
        label=_("Nguồn gốc của biển"), choices=list(ORIGINS.items()), widget=forms.RadioSelect,
        error_messages=required(_("Hãy chọn nguồn gốc của biển.")),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Biển số"), max_length=20, widget=forms.TextInput(attrs=CODE),
        error_messages=required(_("Nhập một biển số.")),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Loại xe"), error_messages=required(_("Chọn loại xe.")))
    colour = forms.ChoiceField(label=_("Màu biển"), error_messages=required(_("Chọn màu biển.")))
    source = forms.CharField(
        label=_("Nơi đã cấp, hoặc quyết định trúng đấu giá"), max_length=200,
        help_text=_(
            "Biển tỉnh khác, biển kiểu cũ: cơ quan đã đăng ký xe. Biển trúng đấu giá: số quyết định. Không ghi tên ai."
        ),
        error_messages=required(_("Hãy ghi nơi đã cấp hoặc quyết định.")),
    )  # fmt: skip
    on = DayField(label=_("Ngày của giấy tờ đó"), error_messages=required(_("Hãy ghi ngày.")))
    dossier = forms.CharField(
        label=_("Số hồ sơ"), max_length=60, widget=forms.TextInput(attrs=PLAIN),
        error_messages=required(_("Hãy ghi số hồ sơ.")),
    )  # fmt: skip
    vehicle = forms.CharField(
        label=_("Số khung của xe mang biển này"), max_length=60, widget=forms.TextInput(attrs=CODE),
        error_messages=required(_("Nhập số khung.")),
    )  # fmt: skip
    owner = forms.CharField(
        label=_("Chủ xe"), max_length=200, widget=forms.TextInput(attrs=PLAIN),
        help_text=_("Họ và tên, hoặc tên tổ chức, như trên giấy tờ."),
        error_messages=required(_("Nhập tên chủ xe.")),
    )  # fmt: skip
    owner_document = forms.CharField(
        label=_("Số giấy tờ của chủ xe"), max_length=40, widget=forms.TextInput(attrs=CODE),
        help_text=_("Đúng giấy tờ của người mà biển thuộc về. Số này được mã hóa."),
        error_messages=required(_("Nhập số giấy tờ của chủ xe.")),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = ("", "–")
        kinds = [(str(kind), vehicle_kind(str(kind)).capitalize()) for kind in book().words.kinds]
        self.fields["kind"].choices = [first, *kinds]  # type: ignore[attr-defined]
        self.fields["colour"].choices = [first, *((one, colour(one)) for one in book().parts.colours)]  # type: ignore[attr-defined]

    def clean_vehicle(self) -> str:
        return checked(self.cleaned_data["vehicle"], vehicle_wrong)

    def clean_owner_document(self) -> str:
        return checked(self.cleaned_data["owner_document"], document_wrong)

    @property
    def told(self) -> EnterIn:
        """What a valid form says."""
        return EnterIn(**self.cleaned_data)


class UndoForm(forms.Form):
    """Why an application is taken back."""

    reason = forms.CharField(
        label=_("Lý do hủy"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=required(_("Hãy ghi lý do hủy.")),
    )  # fmt: skip
    use_required_attribute = False
