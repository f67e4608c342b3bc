"""What is wrong with a parameter of an address, in both languages; the types are those of pydantic's errors."""

from collections.abc import Mapping
from typing import Any, Final

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("Thiếu tham số này.", "This parameter is missing."),
    "bool_parsing": ("Cần true hoặc false.", "true or false is needed."),
    "int_parsing": ("Cần một số nguyên.", "A whole number is needed."),
    "int_type": ("Cần một số nguyên.", "A whole number is needed."),
    "uuid_parsing": ("Cần một mã UUID.", "A UUID is needed."),
    "date_parsing": ("Cần một ngày dạng YYYY-MM-DD.", "A day as YYYY-MM-DD is needed."),
    "date_from_datetime_parsing": ("Cần một ngày dạng YYYY-MM-DD.", "A day as YYYY-MM-DD is needed."),
    "date_from_datetime_inexact": ("Cần một ngày dạng YYYY-MM-DD.", "A day as YYYY-MM-DD is needed."),
    "datetime_parsing": ("Cần một thời điểm theo RFC 3339.", "An instant as in RFC 3339 is needed."),
    "datetime_from_date_parsing": ("Cần một thời điểm theo RFC 3339.", "An instant as in RFC 3339 is needed."),
    "timezone_aware": ("Thời điểm cần có múi giờ.", "The instant needs a time zone."),
    "greater_than_equal": ("Nhỏ nhất là {ge}.", "At least {ge}."),
    "less_than_equal": ("Lớn nhất là {le}.", "At most {le}."),
    "string_too_long": ("Nhiều nhất {max_length} ký tự.", "At most {max_length} characters."),
    "string_too_short": ("Ít nhất {min_length} ký tự.", "At least {min_length} characters."),
    "string_pattern_mismatch": ("Không đúng dạng {pattern}.", "It does not match {pattern}."),
    "literal_error": ("Chỉ nhận: {expected}.", "One of: {expected}."),
    "enum": ("Chỉ nhận: {expected}.", "One of: {expected}."),
}
OTHER: Final = "Tham số này không đọc được."


def parameter_words(error: Mapping[str, Any]) -> tuple[str, str]:
    """(Vietnamese, English) of one of pydantic's errors; never with the value that was sent."""
    vi, en = WORDS.get(str(error["type"]), (OTHER, str(error["msg"])))
    ctx: Mapping[str, Any] = error.get("ctx") or {}
    return vi.format_map(_Known(ctx)), en.format_map(_Known(ctx))


class _Known(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"
