"""A new code for a sender who lost theirs: what the officer says of who stands before them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hamrong.petitions.forms.handing import like_a_card


class RenewForm(forms.Form):
    """`code`: the new one, so that a second press gives no other. Of a sealed petition nothing is typed."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    document = forms.CharField(
        label=gettext_lazy("Số trên giấy tờ người gửi đưa cho bạn xem"), max_length=30, validators=[like_a_card],
        help_text=gettext_lazy("Gõ từ giấy tờ, không chép từ đơn. Máy so với số ghi trong đơn."),
    )  # fmt: skip
    seen = forms.BooleanField(
        label=gettext_lazy("Tôi đã xem giấy tờ: đúng người đang ở trước mặt, đúng người gửi đơn này")
    )

    def __init__(self, *args: Any, sealed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sealed:
            del self.fields["document"]
