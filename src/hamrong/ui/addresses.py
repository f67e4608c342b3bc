"""Parts of addresses that pages of several systems have in common, known to Django from the start."""

from datetime import date

from django.urls import register_converter
from django.urls.converters import StringConverter


class DayConverter(StringConverter):
    """A day as YYYY-MM-DD."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:  # type: ignore[override]
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


class WardConverter(StringConverter):
    """The code of a commune, five digits."""

    regex = "[0-9]{5}"


class FileConverter(StringConverter):
    """A kind of file that a list is taken out in."""

    regex = "xlsx|csv"


def register() -> None:
    """Make them known, under the names that addresses use; once a process."""
    register_converter(DayConverter, "day")
    register_converter(WardConverter, "ward")
    register_converter(FileConverter, "file")
