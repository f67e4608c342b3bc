"""What officers type about petitions past their time."""

from django import forms
from django.utils.translation import gettext_lazy


class AppraiseForm(forms.Form):
    """Why petitions are kept for ever; asked for only then."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do lưu vĩnh viễn"), max_length=300, required=False,
        help_text=gettext_lazy("Chỉ ghi khi lưu vĩnh viễn: ví dụ vụ việc nghiêm trọng."),
    )  # fmt: skip


class OrderForm(forms.Form):
    """By which decision what was proposed is destroyed, or why it is not."""

    document = forms.CharField(label=gettext_lazy("Số, ngày của quyết định hủy"), max_length=100, required=False)
    reason = forms.CharField(label=gettext_lazy("Lý do nếu không đồng ý"), max_length=300, required=False)
