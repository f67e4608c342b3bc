"""The form of a petition in its steps; nobody needs a script, and what was typed goes along until it is sent."""

from collections.abc import Iterator
from datetime import date
from re import ASCII, fullmatch
from typing import Any, Final

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamrong.org.queries import addressed
from hamrong.petitions.told import Content, Sender

Choices = list[tuple[str, str | Promise]]
LONG: Final = 20_000
"""Characters of a text; about eight pages."""

NAMED: Final = _("Có nêu tên tôi")
NAMELESS: Final = _("Không nêu tên")


CARD: Final = r"(?:\d{9}|\d{12}|(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z]{6,9})"
"""A citizen's number, the older one of nine digits, or a passport's."""

DIGITS: Final = 8
"""A telephone number has so many digits at least."""


def like_a_card(text: str) -> None:
    """Refuse what is no number of an identity card or a passport, with or without spaces between its digits."""
    if not fullmatch(CARD, "".join(text.replace(".", " ").replace("-", " ").split()), flags=ASCII):
        raise forms.ValidationError(
            _("Số căn cước có 12 chữ số, chứng minh nhân dân 9, hộ chiếu 6–9 chữ và số. Hãy xem lại, hoặc để trống.")
        )


def like_a_phone(text: str) -> None:
    """Refuse what nobody can be called by; words beside the number (who answers it) are taken."""
    if sum(each.isdigit() for each in text) < DIGITS:
        raise forms.ValidationError(_("Số điện thoại có ít nhất 8 chữ số. Hãy xem lại, hoặc để trống."))


def required(text: Any) -> dict[str, Any]:
    """The words for a field that was left empty."""
    return {"required": text}


class Ready(BaseChoiceIterator):
    """Choices that are pairs already: Django looks twice through a list, which takes longer than the rest of a form."""

    def __init__(self, pairs: Choices) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[tuple[str, str | Promise]]:
        return iter(self.pairs)


class DoorForm(forms.Form):
    """With a name, or without."""

    signed = forms.ChoiceField(
        label=_("Bạn muốn gửi thế nào?"),
        choices=[("named", NAMED), ("nameless", NAMELESS)],
        widget=forms.RadioSelect,
        error_messages=required(_("Chọn có nêu tên hay không nêu tên.")),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = kind == "denunciation"
        named = _("Tố cáo, có tên tôi; tên được niêm phong") if sealed else NAMED
        nameless = _("Cung cấp thông tin, không nêu tên") if sealed else NAMELESS
        self.fields["signed"].choices = [("named", named), ("nameless", nameless)]  # type: ignore[attr-defined]


class MatterForm(forms.Form):
    """The matter, where it goes, and who signs; `signed` says whether there is a name."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    signed = forms.ChoiceField(widget=forms.HiddenInput, choices=[("named", NAMED), ("nameless", NAMELESS)])
    unit = forms.ChoiceField(label=_("Gửi đến"), error_messages=required(_("Chọn nơi nhận đơn.")))
    against = forms.CharField(
        label=_("Tố cáo ai"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Họ và tên, mỗi người một dòng. Không biết tên thì tả người đó trong nội dung."),
    )
    away = forms.ChoiceField(
        label=_("Ai không được biết đơn này?"),
        initial="unit",
        widget=forms.RadioSelect,
        choices=[
            ("unit", _("Cả đơn vị của người đó. Đơn lên thẳng Công an tỉnh.")),
            ("people", _("Chỉ những người tôi nêu tên")),
        ],
        help_text=_(
            "Chỉ che được người bạn ghi đúng họ và tên. Nếu không rõ là ai trong đơn vị, cả đơn vị không được biết và "
            "đơn lên Công an tỉnh."
        ),
        error_messages=required(_("Chọn ai không được biết đơn này.")),
    )
    subject = forms.CharField(
        label=_("Việc gì, trong một câu"),
        max_length=200,
        error_messages=required(_("Ghi việc gì, trong một câu.")),
    )
    text = forms.CharField(
        label=_("Kể lại sự việc"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Việc xảy ra khi nào, ở đâu, ai làm gì; bạn biết từ đâu; có giấy tờ, ảnh, người làm chứng nào."),
        error_messages=required(_("Kể lại sự việc.")),
    )
    name = forms.CharField(
        label=_("Họ và tên"), max_length=200, error_messages=required(_("Nhập họ và tên, như trên căn cước."))
    )
    document = forms.CharField(label=_("Số căn cước"), required=False, max_length=30, validators=[like_a_card])
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, error_messages=required(_("Nhập địa chỉ.")))
    phone = forms.CharField(
        label=_("Số điện thoại"), required=False, max_length=30, validators=[like_a_phone],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, kind: str, signed: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = addressed(today)
        self.fields["unit"].choices = Ready([("", _("Chọn một đơn vị")), *self.units.items()])  # type: ignore[attr-defined]
        if kind == "denunciation":
            self.fields["unit"].label = _("Người đó công tác ở đâu")
            self.fields["unit"].error_messages["required"] = _("Chọn nơi người đó công tác.")
        else:
            del self.fields["against"], self.fields["away"]
        if signed != "named":
            for name in ("name", "document", "address", "phone"):
                del self.fields[name]
        self.sender_fields = [self[each] for each in ("name", "document", "address", "phone") if each in self.fields]

    def told(self) -> Content:
        """What was told, with its sender where there is a name."""
        got = self.cleaned_data
        senders = (Sender(got["name"], got["document"], got["address"], got["phone"]),) if "name" in got else ()
        return Content(got["subject"], got["text"], got.get("against", ""), signed=bool(senders), senders=senders)


class CodeForm(forms.Form):
    """The follow-up code as its owner types it."""

    code = forms.CharField(
        label=_("Mã theo dõi"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=_("21 chữ và số, hoặc 11 tiếng; hoa hay thường, có dấu hay không đều được."),
        error_messages=required(_("Nhập mã theo dõi.")),
    )
    use_required_attribute = False


ANSWERS: Final[Choices] = [("satisfied", _("Hài lòng")), ("partly", _("Một phần")), ("not", _("Không hài lòng"))]


class OpinionForm(forms.Form):
    """How the sender found the settlement; words only where nothing is sealed."""

    answer = forms.ChoiceField(
        label=_("Bạn có hài lòng với cách giải quyết không?"), choices=ANSWERS, widget=forms.RadioSelect,
        error_messages=required(_("Chọn một câu trả lời, hoặc bỏ qua câu hỏi này.")),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Điều gì nên khác đi"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Đừng ghi tên, số điện thoại hay điều gì cho biết bạn là ai."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, worded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not worded:
            del self.fields["words"]


class WordForm(forms.Form):
    """Something that the sender adds."""

    text = forms.CharField(
        label=_("Viết thêm"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=required(_("Viết nội dung rồi hãy gửi.")),
    )
    use_required_attribute = False
