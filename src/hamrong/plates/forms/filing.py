"""The file of a vehicle, as the officer types it or reads it from the owner's card."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamrong.access.actors import Refusal
from hamrong.kernel.documents import Document, read
from hamrong.kernel.vietnamese import looks_mangled
from hamrong.plates.actions.files import FileIn
from hamrong.plates.models import Pool
from hamrong.plates.typed import document_wrong, vehicle_wrong
from hamrong.plates.wording import plate_kind, pool_name
from hamrong.ui.answers import words


def required(text: Any) -> dict[str, Any]:
    return {"required": text}


def checked(typed: str, wrong: Callable[[str], Refusal | None]) -> str:
    """What was typed; ValidationError in the reader's language where it is wrong."""
    problem = wrong(typed)
    if problem:
        raise forms.ValidationError(words(problem))
    return typed


def plates_of(pools: Sequence[Pool]) -> list[tuple[str, str]]:
    """What can be drawn: each colour of each pool, as a choice of the form; of two pools alike, each with its name."""
    every = [(pool, one) for pool in pools for one in pool.colours]
    alike = Counter((pool.kind, one) for pool, one in every)
    return [
        (
            f"{pool.code}:{one}",
            plate_kind(pool, pool.code, one) + (f" ({pool_name(pool)})" if alike[pool.kind, one] > 1 else ""),
        )
        for pool, one in every
    ]


class FileForm(forms.Form):
    """Which plate, which vehicle, whose."""

    plate = forms.ChoiceField(label=_("Loại biển số"), error_messages=required(_("Chọn loại biển số.")))
    dossier = forms.CharField(
        label=_("Số hồ sơ"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=required(_("Nhập số hồ sơ.")),
    )
    vehicle = forms.CharField(
        label=_("Số khung"),
        max_length=60,
        help_text=_("Thường có 17 ký tự, ở khung xe và trong giấy tờ xe. Mỗi xe chỉ bấm một lần."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages=required(_("Nhập số khung.")),
    )
    owner = forms.CharField(
        label=_("Chủ xe"),
        max_length=200,
        help_text=_("Họ và tên, hoặc tên tổ chức, như trên giấy tờ."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=required(_("Nhập tên chủ xe.")),
    )
    owner_document = forms.CharField(
        label=_("Số giấy tờ của chủ xe"),
        max_length=40,
        help_text=_("Số định danh cá nhân, số hộ chiếu, hoặc mã số của tổ chức. Số này được mã hóa."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages=required(_("Nhập số giấy tờ của chủ xe.")),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, pools: Sequence[Pool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = plates_of(pools)
        first = [("", _("Chọn loại biển số"))] if len(choices) != 1 else []
        self.fields["plate"].choices = [*first, *choices]  # type: ignore[attr-defined]

    def clean_vehicle(self) -> str:
        return checked(self.cleaned_data["vehicle"], vehicle_wrong)

    def clean_owner_document(self) -> str:
        return checked(self.cleaned_data["owner_document"], document_wrong)

    @property
    def pool(self) -> str:
        """The pool that a valid form chose."""
        return str(self.cleaned_data["plate"].rpartition(":")[0])

    @property
    def told(self) -> FileIn:
        """What a valid form says."""
        got = self.cleaned_data
        return FileIn(
            dossier=got["dossier"], vehicle=got["vehicle"], owner=got["owner"], owner_document=got["owner_document"],
            colour=got["plate"].rpartition(":")[2],
        )  # fmt: skip

    def typed(self) -> dict[str, str]:
        """What was typed into each field, right or wrong."""
        return {name: self.data.get(name, "") for name in self.fields}


class CardForm(forms.Form):
    """What a scanner reads from the owner's card; a form beside that of the file, because it goes into no file."""

    scan = forms.CharField(required=False, max_length=1000)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a card gave: values for the form, or why there are none; sentences that go with it."""

    values: dict[str, str] = field(default_factory=dict)
    problem: str | Promise = ""
    told: tuple[str | Promise, ...] = ()


UNREADABLE: Final = _("Đây không phải mã QR của thẻ căn cước hay các dòng mã máy đọc của giấy tờ. Hãy quét lại cả mã.")
MANGLED: Final = _("Bộ gõ tiếng Việt đã làm hỏng chữ. Hãy tắt bộ gõ (Telex, VNI) rồi quét lại, hoặc sửa bằng tay.")
DOUBTFUL: Final = _("Có ký tự trên giấy tờ không khớp chữ số kiểm tra. Hãy đối chiếu với giấy tờ gốc.")


def scanned(text: str, today: date) -> Scan:
    """Read the QR code of a card, or the machine-readable lines of a document. Never raises."""
    document = read(text.strip(), today)
    if not isinstance(document, Document):
        return Scan(problem=MANGLED if looks_mangled(text.replace("|", " ")) else UNREADABLE)
    name = document.fields.get("full_name") or ""
    told = [MANGLED] if looks_mangled(name) else []
    return Scan(
        {"owner": name, "owner_document": _number(document)}, told=(*told, *([DOUBTFUL] * bool(document.failed_checks)))
    )


def _number(document: Document) -> str:
    """The number that the owner is known by: of a citizen the personal one."""
    got = document.fields
    return got.get("number") or got.get("personal_number") or got.get("document_number") or ""
