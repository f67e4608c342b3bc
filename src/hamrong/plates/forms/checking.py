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
from hamrong.plates.receipts import MARK, Receipt, Unreadable, read
from hamrong.ui import scans

LARGEST: Final = 64 * 1024
"""Of a receipt; a photograph of its code may have more."""

PLACE: Final = re.compile(r"^\s*([a-z0-9][a-z0-9-]{1,60})[\s,;/#]+(\d{1,12})\s*$", re.ASCII | re.IGNORECASE)

TICKET_SENT: Final = _("Đây là mã phiếu của chủ xe; mã này để bấm số, không phải để kiểm chứng.")


def _is_ticket(text: str) -> bool:
    """Whether it is the code of an owner's ticket, or the address that its QR code holds."""
    return read_code(TICKET, text.partition("?")[0].rpartition("/")[2]) is not None


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
        help_text=_("Ví dụ 36A-123.45. Cũng nhận kho và thứ tự, ví dụ 36-o-to 1250."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
    file = forms.FileField(
        label=_("Ảnh chụp mã QR trên phiếu, hoặc tệp biên nhận"),
        required=False,
        help_text=_("Chụp thẳng, đủ sáng, thấy cả mã. Ảnh chỉ được đọc, không lưu lại. Tệp có đuôi .plate.json."),
        widget=forms.FileInput(attrs={"accept": f"{scans.ACCEPTED},application/json,.json"}),
        error_messages={"empty": _("Tệp này trống.")},
    )
    use_required_attribute = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > scans.LARGEST:
            raise forms.ValidationError(_("Tệp này quá lớn. Gửi ảnh chụp mã QR tối đa 16 MB, hoặc tệp biên nhận."))
        return file

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if self.errors:
            return got
        if got.get("file"):
            self._sent(got["file"].read())
        elif got.get("text", "").strip():
            self._typed(got["text"].strip())
        else:
            self.add_error("text", _("Nhập biển số, dán nội dung mã QR, hoặc chọn ảnh hay tệp biên nhận."))
        return got

    def _sent(self, given: bytes) -> None:
        """A receipt, or a picture with the code of one."""
        if given.startswith(b"%PDF"):
            self.add_error("file", _("Đây là tệp PDF. Hãy chụp mã QR trên phiếu rồi gửi ảnh, hoặc nhập biển số."))
        elif given.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and len(given) <= LARGEST:
            self._brought("file", given)
        else:
            self._photographed(given)

    def _photographed(self, given: bytes) -> None:
        try:
            codes = scans.codes_in(given)
        except scans.NoPicture:
            self.add_error("file", _("Tệp này không phải ảnh JPEG, PNG hay WebP, cũng không phải tệp biên nhận."))
            return
        ours = next((code for code in codes if MARK in code.upper()), None)
        if ours:
            self._brought("file", ours)
        elif any(_is_ticket(code) for code in codes):
            self.add_error("file", TICKET_SENT)
        elif codes:
            self.add_error("file", _("Mã QR trong ảnh không phải của phiếu chọn biển số."))
        else:
            self.add_error(
                "file", _("Không thấy mã QR nào trong ảnh. Chụp lại gần hơn, thẳng và đủ sáng, thấy cả bốn góc của mã.")
            )

    def _brought(self, name: str, given: str | bytes) -> None:
        try:
            self.wanted = Wanted(read(given))
        except Unreadable:
            self.add_error(name, _("Không đọc được biên nhận này. Có thể tệp bị cắt, hoặc mã QR chưa quét đủ."))

    def _typed(self, text: str) -> None:
        found = PLACE.match(text)
        if split(normal(text)):
            self.wanted = Wanted(number=normal(text))
        elif _is_ticket(text):
            self.add_error("text", TICKET_SENT)
        elif found and not found[1].isdigit():
            self.wanted = Wanted(pool=found[1], seq=int(found[2]))
        elif len(text) < 60 and "/" not in text and not text.startswith("{"):
            self.add_error("text", _("Đây không phải biển số. Viết như trên biển, ví dụ 36A-123.45."))
        else:
            self._brought("text", text)
