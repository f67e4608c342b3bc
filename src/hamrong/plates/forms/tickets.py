"""Where an owner types the code of the ticket."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TicketForm(forms.Form):
    """The code of a ticket, in any writing; whether there is such a ticket is found out elsewhere."""

    code = forms.CharField(
        label=_("Mã phiếu"), help_text=_("Ví dụ BX-0000-0000-0000-0000."), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    use_required_attribute = False
