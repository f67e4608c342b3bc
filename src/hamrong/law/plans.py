"""From a version of a rule to the branches that a computer follows: tables complete, cases covering the day."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import product
from typing import NamedTuple

from hamrong.law.leaves import Source
from hamrong.law.shape import At, Case, LawError, Parameter, Row, Rule, Term, Text, Version, Words

DAY = 86_400
Reach = Callable[[datetime], tuple[datetime, datetime]]
"""From the local start to the due instants in the strict and in the legal reading."""


class Branch(NamedTuple):
    """One way through a version: how to count, in words why, and how sure the dates are."""

    reach: Reach
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
    branches: dict[tuple[str, ...], tuple[tuple[int, Branch], ...]]

    def row(self, params: Mapping[str, str]) -> tuple[tuple[int, Branch], ...]:
        """Return the branches for `params`; raise LawError when a parameter or value is missing or unknown."""
        found = self.branches.get(tuple([params.get(name, "") for name in self.names]))
        if found is None or len(params) != len(self.names):
            asked = {name: sorted(values.values) for name, values in self.rule.params.items()}
            raise LawError(f"{self.rule.id}: {dict(params)} does not answer {asked}")
        return found


def version_hash(rule_id: str, tree: object) -> str:
    """Return 16 hexadecimal digits of the SHA-256 over the rule's id and everything its version says."""
    words = json.dumps([rule_id, tree], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(words.encode()).hexdigest()[:16]


class Draft(NamedTuple):
    """A version on its way to a plan: where it stands and what its words are."""

    source: Source
    rule: Rule
    version: Version
    words: Words
    where: str

    def error(self, place: str, reason: str) -> LawError:
        return self.source.error(self.where + place, reason)


def plan(source: Source, rule: Rule, index: int, words: Words) -> Plan:
    """Return version `index` of `rule` ready to compute; raise LawError for what this program cannot count."""
    version = rule.versions[index]
    draft = Draft(source, rule, version, words, f"$.versions[{index}]")
    _refuse_uncounted(draft)
    choices = product(*[parameter.values for parameter in rule.params.values()])
    branches = {values: _day(draft) if version.cases else _limit(draft, values) for values in choices}
    return Plan(
        rule,
        version,
        version.start.isoformat(),
        version_hash(rule.id, source.tree["versions"][index]),
        version.end or date.max,
        version.needs_review_from or date.max,
        tuple(rule.params),
        branches,
    )


def _refuse_uncounted(draft: Draft) -> None:
    rule, version = draft.rule, draft.version
    given = [name for name in ("term", "table", "cases", "then", "same_as") if getattr(version, name)]
    wanted = ["cases"] if rule.kind == "wallclock" else ["table"] if rule.params else ["term"]
    if rule.kind not in ("limit", "wallclock") or version.apply_on != "trigger_date":
        raise draft.error("", "this program cannot count this kind of rule, or by the date of decision, yet")
    if version.extensions or version.suspends:
        raise draft.error("", "this program cannot count extensions and suspensions yet")
    if given != wanted:
        raise draft.error("", f"a rule of this kind and these params is counted by {wanted}, not by {given}")
    if rule.kind == "wallclock" and rule.params:
        raise draft.source.error("$.params", "a wall-clock rule depends on the time of day alone")


def _limit(draft: Draft, values: tuple[str, ...]) -> tuple[tuple[int, Branch], ...]:
    params = draft.rule.params
    chosen = dict(zip(params, values, strict=True))
    term, place = _term(draft, chosen)
    says = [_named(draft.words, params[name], value) for name, value in chosen.items()]
    branch = _branch(draft, _reach_of(draft, term, place), (*says, _lasting(draft.words, term)), None)
    return ((DAY, branch),)


def _term(draft: Draft, chosen: dict[str, str]) -> tuple[Term, str]:
    if draft.version.term:
        return draft.version.term, ".term"
    hits = [index for index, row in enumerate(draft.version.table) if _fits(draft, index, row, chosen)]
    if len(hits) != 1:
        place = f".table[{hits[1]}]" if hits else ".table"
        raise draft.error(place, f"{len(hits)} rows answer {chosen}: exactly one must")
    return draft.version.table[hits[0]].term, f".table[{hits[0]}].term"


def _fits(draft: Draft, index: int, row: Row, chosen: dict[str, str]) -> bool:
    params = draft.rule.params
    for name, value in row.when.items():
        if name not in params or value not in params[name].values:
            raise draft.error(f".table[{index}].when", f"{name}: {value} is not among the params of the rule")
    return all(chosen[name] == value for name, value in row.when.items())


def _reach_of(draft: Draft, term: Term, place: str) -> Reach:
    if (term.unit, term.count) != ("hour", "hour"):
        raise draft.error(place, f"{term.unit} counted as {term.count}: this program cannot count that yet")
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
        branches.append((covered, _branch(draft, _reach_at(case), (case.says,), case.uncertain)))
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


def _branch(draft: Draft, reach: Reach, says: tuple[Text, ...], doubt: Text | None) -> Branch:
    version = draft.version
    doubts = [doubt] if doubt else []
    review = [_review(draft.words, version.needs_review_from)] if version.needs_review_from else []
    return Branch(
        reach,
        says,
        uncertain=doubt is not None or version.evidence.status == "uncertain",
        caution=_joined([*doubts, *version.open_questions]),
        caution_on_review=_joined([*doubts, *review, *version.open_questions]),
    )


def _review(words: Words, day: date) -> Text:
    return Text(vi=words.review.vi.format(day=f"{day:%d/%m/%Y}"), en=words.review.en.format(day=day.isoformat()))


def _joined(texts: list[Text]) -> Text | None:
    if not texts:
        return None
    return Text(vi=" ".join(text.vi for text in texts), en=" ".join(text.en for text in texts))


def _named(words: Words, parameter: Parameter, value: str) -> Text:
    title, name = parameter.title, parameter.values[value]
    return Text(
        vi=words.param.vi.format(title=title.vi, value=name.vi), en=words.param.en.format(title=title.en, value=name.en)
    )


def _lasting(words: Words, term: Term) -> Text:
    unit, count = words.units[term.unit], words.conventions[term.count]
    return Text(
        vi=words.term.vi.format(n=term.n, unit=unit.vi, count=count.vi),
        en=words.term.en.format(n=term.n, unit=unit.en, count=count.en),
    )
