"""A report: all registered tests over a sequence of draws, overall and by office, hour and clerk, and what they ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from hamrong.plates.fairness import measures
from hamrong.plates.fairness.measures import Found
from hamrong.plates.fairness.power import draws_needed
from hamrong.plates.fairness.registration import Registration, Stratum, registration
from hamrong.plates.fairness.standing import Drawn

BINS: Final = 20
"""Of the picture of ranks, and parts of the picture over time; tests have bins of their own."""

_BAND: Final = 3


class Result(Struct, frozen=True, omit_defaults=True):
    """One test of one set of draws.

    `test`: a name of `registration.yaml`, or `lucky` with the id of a pattern in `pattern`. `stratum` and `value` say
    of which draws: "" and "" for all, or for instance `office` and the office's code. `p` is the chance of a deviation
    as far under honesty, `adjusted` that chance among the results of its family (all draws, offices, hours, clerks),
    `asks` whether it is worth a question. `seen` and `expected` are counts, where the test counts.
    """

    test: str
    draws: int
    statistic: float
    p: float
    adjusted: float
    asks: bool
    stratum: Stratum | Literal[""] = ""
    value: str = ""
    pattern: str = ""
    seen: int | None = None
    expected: float | None = None


class Needed(Struct, frozen=True):
    """How many draws one would need to see a share of draws repeated until a wanted number came."""

    share: float
    repeated: float
    tries: int
    draws: int | None


class Part(Struct, frozen=True):
    """A run of draws in their order: the mean of U, which should be near one half, and the limits of chance for it."""

    first: int
    last: int
    mean: float
    low: float
    high: float


class Report(Struct, frozen=True):
    """Everything that a report says; the same draws give the same report everywhere.

    `registration` is the SHA-256 of what was fixed beforehand. `untested` counts, by stratum, offices, hours and clerks
    with too few draws. `known` is the number of draws before which it is known what remained. `histogram` counts
    positions in twenty bins of equal chance.
    """

    version: int
    date: date
    registration: str
    rate: float
    draws: int
    known: int
    pools: tuple[str, ...]
    results: tuple[Result, ...]
    untested: dict[Stratum, int]
    least: int
    histogram: tuple[int, ...]
    over_time: tuple[Part, ...]
    alpha: float
    power: float
    needed: tuple[Needed, ...]

    @property
    def questions(self) -> tuple[Result, ...]:
        """The results that are worth a question, the strangest first."""
        return tuple(sorted((each for each in self.results if each.asks), key=lambda each: each.p))


def report(draws: Sequence[Drawn], told: Registration | None = None) -> Report:
    """Test draws, given in their order. ValueError where a rank is not within what remained.

    Several pools may follow each other: positions are alike in all of them.
    """
    told = told or registration()
    us = measures.positions(draws, told)
    results, untested = _judged(list(_overall(draws, us, told)), told.rate), dict[Stratum, int]()
    for stratum in told.strata:
        found, untested[stratum] = _within(stratum, draws, us, told)
        results += _judged(found, told.rate)
    known = [draw for draw in draws if draw.around is not None]
    return Report(
        version=told.version, date=told.date, registration=told.sha256, rate=told.rate, draws=len(draws),
        known=len(known), pools=tuple(dict.fromkeys(draw.pool for draw in draws)), results=tuple(results),
        untested=untested, least=told.least.draws, histogram=tuple(measures.spread(us, BINS)),
        over_time=tuple(_over_time(us)), alpha=told.power.alpha, power=told.power.power,
        needed=tuple(_needed(known, told)),
    )  # fmt: skip


def _overall(draws: Sequence[Drawn], us: Sequence[float], told: Registration) -> Iterator[Result]:
    if len(draws) < told.least.draws:
        return
    for test in told.overall:
        found = (
            measures.BY_POSITION[test](us, told)
            if test in measures.BY_POSITION
            else measures.neighbours(draws, told, left=test == "left")
        )
        if found:
            yield _result(test, found, len(draws))
    *each, together = measures.lucky(draws, told)
    for pattern, found in zip(told.patterns, each, strict=True):
        if found:
            yield _result("lucky", found, len(draws), pattern=pattern.id)
    if together:
        yield _result("wanted", together, len(draws))


_KEYS: Final[Mapping[Stratum, Callable[[Drawn], str]]] = {
    "office": lambda draw: draw.office,
    "hour": lambda draw: "" if draw.at_hour is None else f"{draw.at_hour:02d}",
    "clerk": lambda draw: draw.clerk,
}


def _within(
    stratum: Stratum, draws: Sequence[Drawn], us: Sequence[float], told: Registration
) -> tuple[list[Result], int]:
    """The results of one stratum, and how many of its values had too few draws."""
    groups: dict[str, tuple[list[Drawn], list[float]]] = {}
    key = _KEYS[stratum]
    for draw, u in zip(draws, us, strict=True):
        group = groups.setdefault(key(draw), ([], []))
        group[0].append(draw)
        group[1].append(u)
    groups.pop("", None)
    enough = {value: group for value, group in sorted(groups.items()) if len(group[0]) >= told.least.draws}
    results = []
    for value, (some, theirs) in enough.items():
        for test in told.within:
            found = measures.wanted(some, told) if test == "wanted" else measures.BY_POSITION[test](theirs, told)
            if found:
                results.append(_result(test, found, len(some), stratum=stratum, value=value))
    return results, len(groups) - len(enough)


def _result(
    test: str, found: Found, draws: int, *, stratum: Stratum | Literal[""] = "", value: str = "", pattern: str = ""
) -> Result:
    return Result(
        test, draws, found.statistic, found.p, 1.0, False, stratum, value, pattern, found.seen, found.expected
    )


def _judged(results: Sequence[Result], rate: float) -> list[Result]:
    """The results of one family, each with its chance among all of them."""
    chances = measures.adjusted([each.p for each in results])
    return [replace(each, adjusted=among, asks=among <= rate) for each, among in zip(results, chances, strict=True)]


def _over_time(us: Sequence[float]) -> Iterator[Part]:
    parts = min(BINS, len(us))
    for at in range(parts):
        first, last = len(us) * at // parts, len(us) * (at + 1) // parts
        some = us[first:last]
        wide = _BAND * sqrt(1 / 12 / len(some))
        yield Part(first + 1, last, sum(some) / len(some), max(0.0, 0.5 - wide), min(1.0, 0.5 + wide))


def _needed(known: Sequence[Drawn], told: Registration) -> Iterator[Needed]:
    """For the registered share of wanted numbers, and for the share of all wanted patterns together in these draws."""
    power, shares = told.power, [told.power.share]
    remained = [draw.around.lucky[-1] / draw.n for draw in known if draw.around]
    if remained:
        shares.append(sum(remained) / len(remained))
    for share in shares:
        for case in power.cases:
            draws = draws_needed(share, case.repeated, case.tries, alpha=power.alpha, power=power.power)
            yield Needed(share, case.repeated, case.tries, draws)
