"""Which words an officer covers."""

from django import forms
from django.utils.translation import gettext_lazy

from hamrong.petitions.forms.handing import LONG


class CoverForm(forms.Form):
    """Phrases, one a line."""

    phrases = forms.CharField(
        label=gettext_lazy("Từ, cụm từ cần che, mỗi dòng một"), max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Viết hoa hay thường đều được che. Che được từ, không che được ý: hãy đọc lại cả bài."),
    )  # fmt: skip

    def chosen(self) -> list[str]:
        """Each of them once."""
        return list(dict.fromkeys(line.strip() for line in self.cleaned_data["phrases"].splitlines() if line.strip()))
