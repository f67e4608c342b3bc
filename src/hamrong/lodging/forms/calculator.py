"""What the calculator of deadlines asks: who comes, when and where to."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.law import VIETNAM
from hamrong.ui.forms import ClockField, DayField


class DeadlineForm(forms.Form):
    """An arrival. `area` decides the term for foreigners only."""

    kind = forms.ChoiceField(
        label=_("Khách là"),
        choices=[("citizen", _("Công dân Việt Nam")), ("foreigner", _("Người nước ngoài"))],
        widget=forms.RadioSelect,
    )
    day = DayField(label=_("Ngày đến"))
    clock = ClockField(label=_("Giờ đến"))
    area = forms.ChoiceField(
        label=_("Cơ sở ở"),
        choices=[("normal", _("Nơi bình thường")), ("remote", _("Vùng sâu, vùng xa"))],
        help_text=_("Chỉ thay đổi hạn đối với người nước ngoài."),
    )
    use_required_attribute = False

    @property
    def arrival(self) -> datetime:
        """The arrival in Viet Nam; only of a valid form."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], VIETNAM)
