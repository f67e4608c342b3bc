"""Texts in both languages at once, for papers that are read by whoever gets them."""

from django.utils.functional import Promise
from django.utils.translation import override

LANGUAGES = ("vi", "en")


def both(text: str | Promise) -> dict[str, str]:
    """A lazily translated text in Vietnamese and in English."""
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = str(text)
    return told
