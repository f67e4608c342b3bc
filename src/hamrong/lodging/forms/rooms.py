"""Rooms typed many at once: "101-109, 201, VIP 1"."""

import re
from collections.abc import Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.kernel.vietnamese import clean

RANGE: Final = re.compile(r"^(?P<head>\D*)(?P<first>\d{1,9})\s*(?:-|–|\.\.|đến)\s*(?P<again>\D*)(?P<last>\d{1,9})$")
MOST: Final = 500
"""Rooms that one line may stand for; more is a slip."""

LONGEST_ROOM: Final = 50
"""Characters of a room's name, on its door and in a notice."""


class RoomsForm(forms.Form):
    """Names of rooms as on the doors, in words and ranges, and how many beds each has."""

    names = forms.CharField(
        label=_("Thêm phòng"),
        max_length=5000,
        help_text=_("Gõ nhiều phòng cùng lúc, ví dụ: 101-109, 201-209, VIP 1."),
        error_messages={"required": _("Nhập ít nhất một phòng.")},
    )
    beds = forms.IntegerField(label=_("Số giường mỗi phòng"), min_value=1, max_value=50, initial=2)

    def clean_names(self) -> Sequence[str]:
        names = read_names(self.cleaned_data["names"])
        if long := next((name for name in names if len(name) > LONGEST_ROOM), ""):
            raise forms.ValidationError(
                _("Tên phòng “%(name)s…” quá dài. Mỗi phòng nhiều nhất 50 ký tự; các phòng cách nhau bằng dấu phẩy.")
                % {"name": long[:20]}
            )
        if len(names) > MOST:
            raise forms.ValidationError(_("Mỗi lần thêm được nhiều nhất 500 phòng. Hãy kiểm tra lại khoảng phòng."))
        return names


def read_names(text: str) -> Sequence[str]:
    """The rooms that a text names, each once, in its order; a range keeps leading zeros and the words before it."""
    names: dict[str, None] = {}
    for part in re.split(r"[,;\n]", text):
        written = clean(part)
        found = RANGE.match(written)
        if (
            found
            and found["again"] in ("", found["head"])
            and int(found["first"]) <= int(found["last"]) <= int(found["first"]) + MOST
        ):
            width = len(found["first"])
            names |= {
                f"{found['head']}{number:0{width}}": None
                for number in range(int(found["first"]), int(found["last"]) + 1)
            }
        elif written:
            names[written] = None
    return list(names)
