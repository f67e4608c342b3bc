"""The words of reports, in both languages, and numbers as each of them writes them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml
from babel.numbers import format_decimal, format_percent
from msgspec import Struct, convert

from hamrong.plates.fairness.registration import Stratum

Language = Literal["vi", "en"]
_FILE: Final = Path(__file__).with_name("words.yaml")
_ONE_IN_A_BILLION: Final = 1e-9


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    vi: str
    en: str

    def told(self, language: Language, **values: object) -> str:
        """The text with its values filled in; numbers are written in the manner of the language."""
        text = self.en if language == "en" else self.vi
        return text.format(**{name: shown(value, language) for name, value in values.items()})


class Test(Struct, frozen=True, forbid_unknown_fields=True):
    """What a test is called, what it can and cannot see, and what to ask where it is strange."""

    name: Text
    sees: Text
    misses: Text
    question: Text


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole: limits and tables of a report."""

    title: Text
    fixed: Text
    draws: Text
    none: Text
    some: Text
    few: Text
    untested: Text
    all: Text
    more: Text
    means: Text
    needed: Text
    need: Text
    never: Text
    limits: tuple[Text, ...]


class Pictures(Struct, frozen=True, forbid_unknown_fields=True):
    """Titles and units of the pictures."""

    ranks: Text
    strata: Text
    strangeness: Text
    by: Mapping[Stratum, Text]
    time: Text
    mean: Text
    low: Text
    high: Text


class Older(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of an older system's export before its report."""

    columns: Text
    order: Mapping[Literal["time", "line"], Text]
    assumed: Text
    left_out: Mapping[Literal["unreadable", "time", "twice", "outside"], Text]
    line: Text


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """All words of reports."""

    tests: Mapping[str, Test]
    strata: Mapping[Stratum, Text]
    untested: Mapping[Stratum, Text]
    everything: Text
    counts: Text
    calm: Text
    asks: Text
    odds: Mapping[Literal["often", "one_in", "hardly"], Text]
    report: Told
    pictures: Pictures
    older: Older


@cache
def words() -> Words:
    """What `words.yaml` says, read once."""
    return convert(yaml.safe_load(_FILE.read_text("utf-8")), Words)


def shown(value: object, language: Language) -> str:
    """1234.5 → "1.234,5" in Vietnamese, "1,234.5" in English; texts as they are."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(format_decimal(value, format="#,##0.####", locale=language))
    return str(value)


def share(value: float, language: Language) -> str:
    """0.0523 → "5,23%" in Vietnamese, "5.23%" in English."""
    return str(format_percent(value, format="#,##0.##%", locale=language))


def odds(p: float, language: Language) -> str:
    """How often pure chance deviates as far, in words: about 1 time in 250."""
    told = words().odds
    if p > 0.5:
        return told["often"].told(language)
    if p < _ONE_IN_A_BILLION:
        return told["hardly"].told(language)
    times = round(1 / p)
    # Two digits say all that is known.
    rounded = times if times < 100 else int(float(f"{times:.1e}"))
    return told["one_in"].told(language, times=rounded)
