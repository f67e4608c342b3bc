"""What the office says in public about a batch that waited too long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hamrong.plates.actions.remarks import LONGEST
from hamrong.plates.forms.filing import required


class RemarkForm(forms.Form):
    """The words that go into the public log."""

    text = forms.CharField(
        label=_("Vì sao ra số chậm, và đã làm gì"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Công bố cho mọi người và không sửa được. Không ghi tên hay số giấy tờ của ai."),
        error_messages=required(_("Hãy nói vì sao.")),
    )  # fmt: skip
    use_required_attribute = False
