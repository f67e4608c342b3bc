"""Fills sentences in both languages."""

from collections.abc import Sequence
from datetime import date

from hamrong.kernel.documents.plates.shape import Text

# Written out because the names of `strftime` follow the locale of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def fill(template: Text, **told: date | int | str | Text | None) -> Text:
    """Fill a sentence in both languages: days as people write them, texts in their language."""
    vi = {name: _in_words(value, "vi") for name, value in told.items()}
    en = {name: _in_words(value, "en") for name, value in told.items()}
    return Text(template.vi.format_map(vi), template.en.format_map(en))


def _in_words(value: date | int | str | Text | None, language: str) -> str:
    if isinstance(value, Text):
        return value.en if language == "en" else value.vi
    if not isinstance(value, date):
        return str(value)
    month = _MONTHS[value.month - 1]
    return f"{value.day} {month} {value.year}" if language == "en" else f"{value.day}/{value.month}/{value.year}"


def listed(texts: Sequence[Text], joint: str) -> Text:
    """Join texts in each language."""
    return Text(joint.join(text.vi for text in texts), joint.join(text.en for text in texts))
