"""What somebody brings to have checked: the text of a QR code, a file, a plate, or a pool and a place in it."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.identity.vault import normal
from hamrong.kernel.codes import read_code
from hamrong.plates.actions.files import TICKET
from hamrong.plates.numbers import split
from hamrong.plates.receipts import Receipt, Unreadable, read

LARGEST: Final = 64 * 1024
PLACE: Final = re.compile(r"^\s*([a-z0-9][a-z0-9-]{1,60})[\s,;/#]+(\d{1,12})\s*$", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be checked: a receipt that was brought, or a number or a place whose receipt is to be fetched."""

    receipt: Receipt | None = None
    number: str = ""
    pool: str = ""
    seq: int = 0


class CheckForm(forms.Form):
    """One field for everything that can be typed or pasted, and one for a file."""

    text = forms.CharField(
        label=_("Biển số, hoặc nội dung mã QR trên phiếu"),
        required=False,
        max_length=20_000,
        help_text=_("Ví dụ 36A-123.45. Cũng nhận kho và thứ tự, ví dụ 36-oto 1250."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
    file = forms.FileField(
        label=_("Tệp biên nhận (.plate.json)"),
        required=False,
        error_messages={"empty": _("Tệp này trống.")},
    )
    use_required_attribute = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("Tệp này quá lớn, không phải tệp biên nhận."))
        return file

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if self.errors:
            return got
        if got.get("file"):
            self._brought("file", got["file"].read())
        elif got.get("text", "").strip():
            self._typed(got["text"].strip())
        else:
            self.add_error("text", _("Nhập biển số, dán nội dung mã QR, hoặc chọn tệp biên nhận."))
        return got

    def _brought(self, name: str, given: str | bytes) -> None:
        try:
            self.wanted = Wanted(read(given))
        except Unreadable:
            self.add_error(name, _("Không đọc được biên nhận này. Có thể tệp bị cắt, hoặc mã QR chưa quét đủ."))

    def _typed(self, text: str) -> None:
        found = PLACE.match(text)
        if split(normal(text)):
            self.wanted = Wanted(number=normal(text))
        elif read_code(TICKET, text):
            self.add_error("text", _("Đây là mã phiếu của chủ xe; mã này để bấm số, không phải để kiểm chứng."))
        elif found and not found[1].isdigit():
            self.wanted = Wanted(pool=found[1], seq=int(found[2]))
        elif len(text) < 60 and "/" not in text and not text.startswith("{"):
            self.add_error("text", _("Đây không phải biển số. Viết như trên biển, ví dụ 36A-123.45."))
        else:
            self._brought("text", text)
