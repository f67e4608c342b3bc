"""From a version of a rule to the branches that a computer follows: tables complete, cases covering the day."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import product
from typing import NamedTuple

from hamrong.law.drafts import Draft, check, fits
from hamrong.law.shape import Allowance, At, Case, Convention, Extension, LawError, Parameter, Rule, Term, Text, Version

DAY = 86_400
_ONE = re.compile(r"\b1 (hour|day|month|year|working day)s\b")
Reach = Callable[[datetime], tuple[datetime, datetime]]
"""From the local start to the due instants in the strict and in the legal reading."""


class Branch(NamedTuple):
    """One way through a version: how to count, in words why, and how sure the dates are.

    `reach` answers at once where only the time of the event matters; else `term` is counted by `convention`, `ladder`
    are the extensions that fit, in the order in which they can be taken, and `allows` the allowances that fit.
    """

    reach: Reach | None
    term: Term | None
    convention: Convention | None
    ladder: tuple[Extension, ...]
    allows: tuple[Allowance, ...]
    says: tuple[Text, ...]
    uncertain: bool
    caution: Text | None
    caution_on_review: Text | None


class Plan(NamedTuple):
    """A version made ready: for each combination of parameter values, the branch before each second of the day.

    `name` is the first day as ISO text, `last` the last day, `review` the day from which the version needs review.
    """

    rule: Rule
    version: Version
    name: str
    hash: str
    last: date
    review: date
    names: tuple[str, ...]
    defaults: tuple[str, ...]
    branches: dict[tuple[str, ...], tuple[tuple[int, Branch], ...]]

    def values(self, params: Mapping[str, str]) -> tuple[str, ...]:
        """Return the value of each parameter of the rule; raise LawError when one is missing or unknown."""
        values = tuple([params.get(name, default) for name, default in zip(self.names, self.defaults, strict=True)])
        if values not in self.branches or not params.keys() <= self.rule.params.keys():
            given = ", ".join(f"{name}={value}" for name, value in params.items()) or "nothing"
            raise LawError(f"{self.rule.id} asks for {self._asked() or 'nothing'}; told was {given}")
        return values

    def _asked(self) -> str:
        return ", ".join(f"{name}={'|'.join(sorted(each.values))}" for name, each in self.rule.params.items())


def version_hash(rule_id: str, *trees: object) -> str:
    """Return 16 hexadecimal digits of the SHA-256 over the rule's id and everything its version says."""
    words = json.dumps([rule_id, *trees], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(words.encode()).hexdigest()[:16]


def plan(draft: Draft, *trees: object) -> Plan:
    """Return the drafted version ready to compute; `trees` are what it says. Raise LawError for what is not law."""
    check(draft)
    rule, version = draft.rule, draft.version
    choices = product(*[parameter.values for parameter in rule.params.values()])
    branches = {values: _day(draft) if version.cases else _limit(draft, values) for values in choices}
    return Plan(
        rule,
        version,
        version.start.isoformat(),
        version_hash(rule.id, *trees),
        version.end or date.max,
        version.needs_review_from or date.max,
        tuple(rule.params),
        tuple([parameter.default or "" for parameter in rule.params.values()]),
        branches,
    )


def _limit(draft: Draft, values: tuple[str, ...]) -> tuple[tuple[int, Branch], ...]:
    params, version = draft.rule.params, draft.version
    chosen = dict(zip(params, values, strict=True))
    says = [_named(draft, params[name], value) for name, value in chosen.items()]
    term = _term(draft, chosen)
    if term:
        says.append(lasting(draft, term))
    branch = _branch(
        draft,
        _hours(draft, term) if term and not version.extensions and not version.suspends else None,
        term,
        tuple([step for step in version.extensions if fits(step.when, chosen)]),
        tuple([allowance for allowance in version.allows if fits(allowance.when, chosen)]),
        tuple(says),
        None,
    )
    return ((DAY, branch),)


def _term(draft: Draft, chosen: dict[str, str]) -> Term | None:
    if not draft.version.table:
        return draft.version.term
    hits = [index for index, row in enumerate(draft.version.table) if fits(row.when, chosen)]
    if len(hits) != 1:
        place = f".table[{hits[1]}]" if hits else ".table"
        raise draft.error(place, f"{len(hits)} rows answer {chosen}: exactly one must")
    return draft.version.table[hits[0]].term


def _hours(draft: Draft, term: Term) -> Reach | None:
    if draft.conventions[term.count].clock != "instant" or term.count != "hour":
        return None
    length = timedelta(hours=term.n)

    def reach(start: datetime) -> tuple[datetime, datetime]:
        due = start + length
        return due, due

    return reach


def _day(draft: Draft) -> tuple[tuple[int, Branch], ...]:
    branches, covered = [], 0
    for index, case in enumerate(draft.version.cases):
        place = f".cases[{index}]"
        if seconds(case.start) != covered or seconds(case.before) <= covered:
            raise draft.error(place, f"the cases leave a gap or overlap at {case.start}")
        covered = seconds(case.before)
        if not covered - 1 <= _instant(case.strict) <= _instant(case.legal):
            raise draft.error(place, "due before the event, or the strict reading later than the legal one")
        branches.append((covered, _branch(draft, _reach_at(case), None, (), (), (case.says,), case.uncertain)))
    if covered != DAY:
        raise draft.error(".cases", "the cases end before 24:00")
    return tuple(branches)


def seconds(clock: str) -> int:
    """Return the second of the day of `HH:MM` or `HH:MM:SS`."""
    hour, minute, *rest = map(int, clock.split(":"))
    return hour * 3600 + minute * 60 + sum(rest)


def _instant(due: At) -> int:
    return seconds(due.at) + (DAY if due.day == "next" else 0)


def _reach_at(case: Case) -> Reach:
    strict, legal = timedelta(seconds=_instant(case.strict)), timedelta(seconds=_instant(case.legal))

    def reach(start: datetime) -> tuple[datetime, datetime]:
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + strict, midnight + legal

    return reach


def _branch(
    draft: Draft,
    reach: Reach | None,
    term: Term | None,
    ladder: tuple[Extension, ...],
    allows: tuple[Allowance, ...],
    says: tuple[Text, ...],
    doubt: Text | None,
) -> Branch:
    version = draft.version
    doubts = [doubt] if doubt else []
    unsure = version.evidence.status == "uncertain"
    if unsure:
        doubts.append(draft.words.sentences.uncertain)
    review = [_review(draft, version.needs_review_from)] if version.needs_review_from else []
    return Branch(
        reach,
        term,
        draft.conventions[term.count] if term else None,
        ladder,
        allows,
        says,
        uncertain=doubt is not None or unsure,
        caution=joined([*doubts, *version.open_questions]),
        caution_on_review=joined([*doubts, *review, *version.open_questions]),
    )


def _review(draft: Draft, day: date) -> Text:
    sentence = draft.words.sentences.review
    told = f"{day:%d/%m/%Y}"
    return Text(vi=sentence.vi.format(day=told), en=sentence.en.format(day=told))


def joined(texts: list[Text]) -> Text | None:
    """Return the texts as one, or nothing for none."""
    if not texts:
        return None
    return Text(vi=" ".join(text.vi for text in texts), en=" ".join(text.en for text in texts))


def _named(draft: Draft, parameter: Parameter, value: str) -> Text:
    title, name, sentence = parameter.title, parameter.values[value], draft.words.sentences.param
    return Text(
        vi=sentence.vi.format(title=title.vi, value=name.vi), en=sentence.en.format(title=title.en, value=name.en)
    )


def lasting(draft: Draft, term: Term) -> Text:
    """Return "the term is 20 days, counted so"."""
    sentence, unit = draft.words.sentences.term, draft.words.units[term.unit]
    count = draft.conventions[term.count].name
    return Text(
        vi=sentence.vi.format(n=term.n, unit=unit.vi, count=count.vi),
        en=one(sentence.en.format(n=term.n, unit=unit.en, count=count.en)),
    )


def one(english: str) -> str:
    """Return an English sentence with "1 months" put right."""
    return _ONE.sub(r"1 \1", english)
