"""What is wrong with a row, said in both languages: one `Issue` a finding, its words from the catalogue of codes."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

import msgspec

from hamrong.lodging.catalogs import known, read_yaml

Severity = Literal["error", "warning", "info"]

LABELS: Final[Mapping[str, Mapping[str, str]]] = read_yaml("fields.yaml")["labels"]
_SHOWN_CHARACTERS: Final = 60
_YEAR: Final = re.compile(r"(?<!\d)(\d\d)\d\d(?!\d)")


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One finding. `pointer` is a JSON pointer (RFC 6901) into the stay, `column` a column letter of a file.

    `received` never shows a whole number, name or date of birth; `law` is a leaf of `hamrong.law` or an article.
    """

    code: str
    severity: Severity
    pointer: str
    message_vi: str
    message_en: str
    hint_vi: str
    hint_en: str
    received: str = ""
    expected: str = ""
    column: str | None = None
    law: str | None = None


def issue(
    code: str,
    pointer: str,
    *,
    received: str = "",
    expected: str = "",
    expected_en: str | None = None,
    severity: Severity | None = None,
    law: str | None = None,
    column: str | None = None,
) -> Issue:
    """An issue with the words of its code; `received` comes masked (`mask`); KeyError for an unknown code."""
    entry = known("error-codes")[code]
    label = LABELS.get(pointer, {"vi": pointer, "en": pointer})
    shown = received[:_SHOWN_CHARACTERS]
    vi = {"field": label["vi"], "received": shown, "expected": expected}
    en = {**vi, "field": label["en"], "expected": expected if expected_en is None else expected_en}
    return Issue(
        code=code,
        severity=severity or entry.facts["severity"],
        pointer=pointer,
        message_vi=_sentence(entry.vi, vi),
        message_en=_sentence(entry.en, en),
        hint_vi=_sentence(entry.facts["hint_vi"], vi),
        hint_en=_sentence(entry.facts["hint_en"], en),
        received=shown,
        expected=expected,
        column=column,
        law=law or entry.law,
    )


def _sentence(template: str, words: Mapping[str, str]) -> str:
    text = template.format_map(words)
    return text[:1].upper() + text[1:]


def mask(text: str) -> str:
    """A number as it may be shown: "038190012123" is "03819****123"; always more than a third is hidden."""
    first, last = min(5, len(text) * 5 // 12), min(3, len(text) // 4)
    return text[:first] + "*" * (len(text) - first - last) + (text[-last:] if last else "")


def mask_date(text: str) -> str:
    """A date of birth as it may be shown: the last two digits of the year are hidden, day and month are not."""
    shown, years = _YEAR.subn(r"\1**", text, count=1)
    return shown if years else mask(text)


@cache
def numbers() -> Mapping[str, Any]:
    """The thresholds of `fields.yaml`."""
    read: Mapping[str, Any] = read_yaml("fields.yaml")["numbers"]
    return read


@cache
def longest() -> Mapping[str, int]:
    """The greatest length of each text, in characters."""
    read: Mapping[str, int] = read_yaml("fields.yaml")["longest"]
    return read
