"""A report in words: a sentence for every result, and the whole as lines of text."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from hamrong.plates.fairness.registration import Registration, registration
from hamrong.plates.fairness.report import Needed, Report, Result
from hamrong.plates.fairness.words import Language, odds, share, shown, words

WHOLE: Final = 12
"""So many results of one stratum are all told in the text; of more, those that ask. JSON always has all."""


def sentence(result: Result, language: Language, told: Registration | None = None) -> str:
    """One result for people: what was looked at, how often chance gives as much, and what to ask, of nobody."""
    said = words()
    test = said.tests[result.test]
    counts = ""
    if result.seen is not None and result.expected is not None:
        counts = said.counts.told(language, seen=result.seen, expected=round(result.expected, 1))
    frame = said.asks if result.asks else said.calm
    return frame.told(
        language,
        name=name(result, language, told), of=_of(result, language), draws=result.draws, counts=counts,
        odds=odds(result.p, language), question=test.question.told(language),
    )  # fmt: skip


def name(result: Result, language: Language, told: Registration | None = None) -> str:
    """What a result's test is called; a pattern by its own words."""
    title = words().tests[result.test].name.told(language)
    if not result.pattern:
        return title
    pattern = next(each for each in (told or registration()).patterns if each.id == result.pattern)
    return f"{title}: {pattern.en if language == 'en' else pattern.vi}"


def _of(result: Result, language: Language) -> str:
    said = words()
    if not result.stratum:
        return said.everything.told(language)
    return said.strata[result.stratum].told(language, value=result.value)


def meaning(test: str, language: Language) -> str:
    """What a test can and cannot see."""
    said = words().tests[test]
    return f"{said.name.told(language)}: {said.sees.told(language)}; {said.misses.told(language)}."


def need(needed: Needed, language: Language) -> str:
    """How many draws it takes to see one manipulation."""
    said = words().report
    return said.need.told(
        language,
        repeated=share(needed.repeated, language), tries=needed.tries, share=share(needed.share, language),
        draws=said.never.told(language) if needed.draws is None else needed.draws,
    )  # fmt: skip


def lines(report: Report, language: Language, told: Registration | None = None) -> Iterator[str]:
    """The whole report as text; first what it rests on, then questions, then all results and their limits."""
    said = words().report
    yield said.title.told(language)
    day = f"{report.date:%d/%m/%Y}"
    yield said.fixed.told(language, version=report.version, date=day, registration=report.registration)
    yield said.draws.told(language, pools=", ".join(report.pools) or "–", draws=report.draws, known=report.known)
    yield ""
    yield from _conclusion(report, language, told)
    yield ""
    yield f"{said.all.told(language)}:"
    yield from _results(report.results, language, told)
    if any(report.untested.values()):
        yield f"- {untested(report, language)}"
    yield ""
    yield f"{said.means.told(language)}:"
    yield from (f"- {meaning(test, language)}" for test in dict.fromkeys(each.test for each in report.results))
    yield ""
    head = said.needed.told(language, alpha=shown(report.alpha, language), power=share(report.power, language))
    yield f"{head}:"
    yield from (f"- {need(each, language)}" for each in report.needed)
    yield ""
    yield from (limit.told(language) for limit in said.limits)


def _conclusion(report: Report, language: Language, told: Registration | None) -> Iterator[str]:
    said = words().report
    if not report.results:
        yield said.few.told(language, least=report.least)
    elif not report.questions:
        yield said.none.told(language)
    else:
        yield said.some.told(language, count=len(report.questions))
        yield from (f"- {sentence(each, language, told)}" for each in report.questions)


def _results(results: Sequence[Result], language: Language, told: Registration | None) -> Iterator[str]:
    """All results of all draws; of a stratum with many values those that ask, and how many more there are."""
    silent = 0
    for stratum, group in groupby(results, key=lambda each: each.stratum):
        some = list(group)
        shown_ones = some if not stratum or len(some) <= WHOLE else [each for each in some if each.asks]
        silent += len(some) - len(shown_ones)
        yield from (f"- {sentence(each, language, told)}" for each in shown_ones)
    if silent:
        yield f"- {words().report.more.told(language, count=silent)}"


def untested(report: Report, language: Language) -> str:
    """Which values of strata had too few draws to be tested apart."""
    said = words()
    few = [said.untested[stratum].told(language, count=count) for stratum, count in report.untested.items() if count]
    return said.report.untested.told(language, least=report.least, values=", ".join(few))
