"""Which report is asked for: kind of period, which one of them, and of which unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hamrong.petitions.reports import Period, kinds, period_of
from hamrong.ui.forms import DayField

FIRST: Final = date(2000, 1, 1)


class ReportForm(forms.Form):
    """A report: the period is that in which a day lies."""

    kind = forms.ChoiceField(label=gettext_lazy("Báo cáo"), required=False)
    on = DayField(label=gettext_lazy("Kỳ có ngày"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)

    def __init__(self, units: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = (get_language() or "vi")[:2]
        self.fields["kind"].choices = [(code, one.title.to(lang)) for code, one in kinds().items()]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("Toàn tỉnh")), *units]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit"]

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not FIRST <= day <= date(2200, 1, 1):
            raise forms.ValidationError(_("Không có số liệu của ngày này."))
        return day

    def period(self, today: date) -> Period:
        """The period that is asked for; this month where nothing was, or nothing that makes sense."""
        got = self.cleaned_data if self.is_valid() else {}
        return period_of(got.get("kind") or "month", got.get("on") or today)

    def of_unit(self) -> str:
        """The unit that is asked for; '' for everything within the grant."""
        return str(self.cleaned_data.get("unit", "")) if self.is_valid() else ""
