"""The report on draws as pictures, each with its table beneath: ranks, strata, and positions over time."""

import re
from math import log10
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hamrong.plates.fairness.registration import Stratum
from hamrong.plates.fairness.report import BINS, Report, Result
from hamrong.plates.fairness.words import Language, words
from hamrong.ui.charts import bar_chart, line_chart

MOST: Final = 20
"""So many values of a stratum are drawn; of more, the strangest."""

_OFFICE: Final = re.compile("^Công an (phường|xã|đặc khu) ")
"""What all offices begin with, and a picture has no room for."""

_HIGHEST: Final = 12.0
"""A chance of one in a million million; beyond that the picture would say no more."""


def ranks_chart(report: Report, *, name: str) -> SafeString:
    """How many draws had their rank in each twentieth of what remained. `name` makes the ids: unique on the page."""
    said, language = words().pictures, _language()
    title = said.ranks.told(language, draws=report.draws, expected=round(report.draws / BINS, 1))
    points = [
        (f"{100 * at // BINS}–{100 * (at + 1) // BINS}%", float(count)) for at, count in enumerate(report.histogram)
    ]
    return bar_chart(title, points if report.draws else [], name=name)


def strata_chart(report: Report, stratum: Stratum, *, name: str) -> SafeString:
    """How strange the strangest result of each office, hour or clerk is: the number of noughts in its chance.

    The title says from where on it is asked about, given how many results there are.
    """
    said, language = words().pictures, _language()
    family = [each for each in report.results if each.stratum == stratum]
    strangest: dict[str, float] = {}
    for each in family:
        strangest[each.value] = min(each.p, strangest.get(each.value, 1.0))
    drawn = sorted(sorted(strangest, key=strangest.__getitem__)[:MOST])
    title = said.strata.told(language, stratum=said.by[stratum].told(language), bar=_noughts(_bar(family, report.rate)))
    points = [(_OFFICE.sub("", value), _noughts(strangest[value])) for value in drawn]
    return bar_chart(title, points, name=name, unit=said.strangeness.told(language))


def time_chart(report: Report, *, name: str) -> SafeString:
    """The mean position of each twentieth of the draws in their order, in percent, between the limits of chance."""
    said, language = words().pictures, _language()
    parts = report.over_time
    series = [
        (text.told(language), [round(100 * value, 2) for value in values])
        for text, values in (
            (said.mean, [part.mean for part in parts]),
            (said.low, [part.low for part in parts]),
            (said.high, [part.high for part in parts]),
        )
    ]
    return line_chart(said.time.told(language), [str(part.last) for part in parts], series, name=name, unit="%")


def _bar(family: list[Result], rate: float) -> float:
    """The chance up to which results of a family are asked about."""
    asked = [each.p for each in family if each.asks]
    return max(asked) if asked else rate / max(1, len(family))


def _noughts(p: float) -> float:
    return round(min(_HIGHEST, -log10(p)) if p > 0 else _HIGHEST, 2) + 0.0


def _language() -> Language:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
