"""Small forms for what may become of a stay: a new time, a reason, a correction."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.law import VIETNAM
from hamrong.lodging.forms.guest import NOON, GuestForm
from hamrong.lodging.queries.hosts import Stay
from hamrong.ui.forms import ClockField, DayField

HIDDEN: Final = forms.HiddenInput
NEXT_DAY: Final = timedelta(days=1)


class WhenForm(forms.Form):
    """The moment that a stay moves to; `version` is the one that the person saw."""

    day = DayField(label=_("Ngày"))
    clock = ClockField(label=_("Giờ"))
    version = forms.IntegerField(widget=HIDDEN)

    @property
    def when(self) -> datetime:
        """The moment, in Viet Nam; only of a valid form."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], VIETNAM)


class ReasonForm(forms.Form):
    """Why a notification is taken back."""

    reason = forms.CharField(
        label=_("Lý do hủy"),
        max_length=300,
        help_text=_("Ví dụ: khách không đến, nhập nhầm ngày."),
        error_messages={"required": _("Nhập lý do hủy.")},
    )
    version = forms.IntegerField(widget=HIDDEN)


class CorrectionForm(GuestForm):
    """The whole notification once more, with the reason of the change."""

    why = forms.CharField(label=_("Lý do sửa"), max_length=300, error_messages={"required": _("Nhập lý do sửa.")})
    version = forms.IntegerField(widget=HIDDEN)
    field_order = ("why",)


def moment_before(act: str, stay: Stay, now: datetime) -> dict[str, Any]:
    """What a new form for an act says already."""
    planned = (stay.planned_departure_at or now).astimezone(VIETNAM)
    local = now.astimezone(VIETNAM)
    proposed = (stay.departed_at or now).astimezone(VIETNAM)
    if act == "extend":
        proposed = datetime.combine(max(planned, local).date() + NEXT_DAY, NOON, VIETNAM)
    return {"day": f"{proposed:%d/%m/%Y}", "clock": f"{proposed:%H:%M}", "version": stay.version}


def typed_of(stay: Stay, number: str) -> dict[str, str]:
    """A stay as the form would have been typed; `number` is its document's."""
    arrival = stay.arrival_at.astimezone(VIETNAM)
    departure = (stay.planned_departure_at or stay.arrival_at).astimezone(VIETNAM)
    return {
        "kind": stay.kind,
        "full_name": stay.full_name,
        "birth": "/".join(reversed(stay.birth.split("-"))),
        "sex": stay.sex,
        "document_type": stay.document_type,
        "document_number": number,
        "nationality": stay.nationality,
        "permitted_until": _day(stay.permitted_until),
        "residence": stay.residence,
        "guardian": stay.guardian,
        "room": stay.room,
        "arrival_day": _day(arrival),
        "arrival_clock": f"{arrival:%H:%M}",
        "departure_day": _day(departure),
        "departure_clock": f"{departure:%H:%M}",
        "reason": stay.reason,
        "reason_text": stay.reason_text,
        "capture": stay.capture,
        "name_mrz": stay.name_mrz if stay.kind == "foreigner" else "",
        "captured_at": stay.captured_at.isoformat() if stay.captured_at else "",
        "version": str(stay.version),
        "token": "-",
    }


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""
