"""The form for one guest: typed the way people write, judged by the rules of lodging and by nothing else."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamrong.law import VIETNAM
from hamrong.lodging.catalogs import catalog, small
from hamrong.lodging.forms.rooms import LONGEST_ROOM
from hamrong.lodging.issues import Issue
from hamrong.lodging.rules import BirthIn, CaptureIn, DocumentIn, ReasonIn, ResidenceIn, StayIn
from hamrong.ui.forms import ClockField, DayField, DayInput

HOME: Final = "VNM"
NOON: Final = time(12)
YEAR: Final = re.compile(r"^\s*(\d{4})\s*$")
FIELD_OF: Final[Mapping[str, str]] = {
    "/kind": "kind",
    "/full_name": "full_name",
    "/name_mrz": "full_name",
    "/sex": "sex",
    "/birth": "birth",
    "/birth/date": "birth",
    "/birth/precision": "birth",
    "/nationality": "nationality",
    "/document": "document_number",
    "/document/type": "document_type",
    "/document/number": "document_number",
    "/document/expires_on": "document_number",
    "/residence": "residence",
    "/residence/text": "residence",
    "/arrival_at": "arrival_day",
    "/planned_departure_at": "departure_day",
    "/room": "room",
    "/reason": "reason",
    "/reason/code": "reason",
    "/reason/text": "reason_text",
    "/permitted_until": "permitted_until",
    "/guardian_ref": "guardian",
}
"""Which field of the form a pointer of an issue means."""

KEPT: Final = (
    "residence",
    "room",
    "arrival_day",
    "arrival_clock",
    "departure_day",
    "departure_clock",
    "reason",
    "reason_text",
)
"""What those who travel together share."""


class Demanded(forms.CharField):
    """Text that the law demands; whether it is missing is said by the rules, in their words."""

    def validate(self, value: Any) -> None:
        """Nothing: see the class."""


class BirthField(DayField):
    """dd/mm/yyyy, or the year alone; cleans to ISO text, '' for nothing."""

    widget = DayInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "14"})

    def to_python(self, value: Any) -> Any:
        if found := YEAR.match(str(value or "")):
            return found[1]
        read = super().to_python(value)
        return read.isoformat() if isinstance(read, date) else ""

    def validate(self, value: Any) -> None:
        """Nothing: the rules say whether it is missing."""


class GuestForm(forms.Form):
    """One guest as typed. `use_required_attribute` is off: drafts and scans are sent half filled."""

    use_required_attribute = False
    prefix = None

    scan = forms.CharField(required=False, max_length=1000, label=_("Quét thẻ căn cước hoặc hộ chiếu"))
    kind = forms.ChoiceField(label=_("Khách là"), widget=forms.RadioSelect, initial="citizen")
    full_name = Demanded(label=_("Họ và tên"))
    birth = BirthField(label=_("Ngày sinh"), help_text=_("Ví dụ 17/5/1990. Người cao tuổi có thể chỉ có năm: 1948."))
    sex = forms.ChoiceField(label=_("Giới tính"), widget=forms.RadioSelect, required=False)
    document_type = forms.ChoiceField(label=_("Loại giấy tờ"), initial="cccd")
    document_number = Demanded(
        label=_("Số giấy tờ"), help_text=_("Trẻ em chưa có giấy tờ thì để trống và ghi người giám hộ.")
    )
    nationality = forms.ChoiceField(label=_("Quốc tịch"), required=False)
    permitted_until = DayField(
        label=_("Được tạm trú đến ngày"), required=False, help_text=_("Theo dấu nhập cảnh, thị thực hoặc thẻ tạm trú.")
    )
    residence = forms.CharField(label=_("Nơi cư trú"), required=False, max_length=500)
    guardian = forms.CharField(
        label=_("Người giám hộ"),
        required=False,
        help_text=_("Chỉ ghi cho trẻ em chưa có giấy tờ: họ tên người lớn đi cùng."),
    )
    room = forms.CharField(label=_("Phòng"), required=False, max_length=LONGEST_ROOM)
    arrival_day = DayField(label=_("Ngày đến"))
    arrival_clock = ClockField(label=_("Giờ đến"))
    departure_day = DayField(label=_("Ngày đi dự kiến"))
    departure_clock = ClockField(label=_("Giờ đi"))
    reason = forms.ChoiceField(label=_("Lý do lưu trú"), initial="tourism")
    reason_text = forms.CharField(label=_("Ghi rõ lý do"), required=False, max_length=300)

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    capture = forms.CharField(widget=forms.HiddenInput, required=False)
    captured_at = forms.CharField(widget=forms.HiddenInput, required=False)
    name_mrz = forms.CharField(widget=forms.HiddenInput, required=False)
    draft = forms.UUIDField(widget=forms.HiddenInput, required=False)
    companion = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    scan_before = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, _spoken(entry)) for code, entry in small("kind").items()]  # type: ignore[attr-defined]
        self.fields["sex"].choices = [(code, _spoken(small("sex")[code])) for code in ("M", "F", "X")]  # type: ignore[attr-defined]
        for name, source in (("reason", "reasons"), ("document_type", "document-types")):
            self.fields[name].choices = choices_of(source, today)  # type: ignore[attr-defined]
        countries = sorted(choices_of("nationalities", today), key=lambda one: one[1])
        self.fields["nationality"].choices = [("", "—"), *(one for one in countries if one[0] != HOME)]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, str]:
        """Everything as typed, for a draft or to be carried along; scans are read, not kept."""
        left = {"token", "draft", "scan", "scan_before"}
        return {name: str(self[name].value() or "") for name in self.fields if name not in left}

    def refuse(self, issues: Iterable[Issue]) -> None:
        """Put the errors that the rules found beside their fields; one word a field, the form's own first."""
        for issue in issues:
            name = FIELD_OF.get(issue.pointer)
            if issue.severity == "error" and (name is None or name not in self.errors):
                self.add_error(name, said(issue))


def said(issue: Issue) -> str:
    """An issue in the reader's language, with what to do about it."""
    if (get_language() or "vi").startswith("en"):
        return f"{issue.message_en} {issue.hint_en}".strip()
    return f"{issue.message_vi} {issue.hint_vi}".strip()


def _spoken(entry: Mapping[str, Any]) -> str:
    return str(entry["en" if get_language() == "en" else "vi"])


def choices_of(name: str, today: date) -> list[tuple[str, str]]:
    """Code and name, in the reader's language, of what a catalogue offers today."""
    english = get_language() == "en"
    return [
        (entry.code, entry.en if english else entry.vi) for entry in catalog(name, today).entries if not entry.same_as
    ]


def beginning(now: datetime, token: str) -> dict[str, Any]:
    """What a new form says already: arrived now, leaves tomorrow at noon, a tourist."""
    local = now.astimezone(VIETNAM)
    return {
        "kind": "citizen",
        "document_type": "cccd",
        "reason": "tourism",
        "token": token,
        "arrival_day": f"{local:%d/%m/%Y}",
        "arrival_clock": f"{local:%H:%M}",
        "departure_day": f"{local + timedelta(days=1):%d/%m/%Y}",
        "departure_clock": f"{NOON:%H:%M}",
    }


def stay_in(form: GuestForm, establishment: str) -> StayIn:
    """The notification that a bound form means, in the shape that the rules and the interface share."""
    got = form.cleaned_data
    citizen, number = got.get("kind") == "citizen", got.get("document_number", "")
    return StayIn(
        establishment_id=establishment,
        kind=got.get("kind"),
        full_name=got.get("full_name"),
        name_mrz=got.get("name_mrz") or None,
        sex=got.get("sex"),
        birth=BirthIn(got.get("birth")),
        nationality=HOME if citizen else got.get("nationality"),
        document=DocumentIn(got.get("document_type") if number else None, number),
        residence=ResidenceIn(got.get("residence")),
        arrival_at=_moment(got, "arrival"),
        planned_departure_at=_moment(got, "departure"),
        room=got.get("room"),
        reason=ReasonIn(got.get("reason"), got.get("reason_text") or None),
        permitted_until=None if citizen else _iso(got.get("permitted_until")),
        guardian_ref=(got.get("guardian") or None) if not number else None,
        capture=CaptureIn(got.get("capture") or "manual", got.get("captured_at") or None),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(got: Mapping[str, Any], name: str) -> str | None:
    day, clock = got.get(f"{name}_day"), got.get(f"{name}_clock")
    return datetime.combine(day, clock, VIETNAM).isoformat() if day and clock else None
