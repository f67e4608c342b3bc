"""Why a sorting is taken back, and why it is not."""

from django import forms
from django.utils.translation import gettext_lazy


class BackForm(forms.Form):
    """Why a petition was sorted wrongly."""

    reason = forms.CharField(
        label=gettext_lazy("Phân loại sai ở đâu"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi vì sao phân loại này sai.")},
    )  # fmt: skip
    use_required_attribute = False


class LeaveForm(forms.Form):
    """Why it stays sorted as it is."""

    answer = forms.CharField(
        label=gettext_lazy("Lý do nếu không đồng ý"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi vì sao giữ phân loại này.")},
    )  # fmt: skip
    use_required_attribute = False
