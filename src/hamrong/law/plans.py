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


def plan(source: Source, rule: Rule, index: int, words: Words) -> Plan:
    """Return version `index` of `rule` ready to compute; raise LawError for what this program cannot count."""
    version, where = rule.versions[index], f"$.versions[{index}]"
    _refuse_uncounted(source, rule, version, where)
    branches: dict[tuple[str, ...], tuple[tuple[int, Branch], ...]]
    if rule.kind == "wallclock":
        branches = {(): _day(source, version, words, where)}
    else:
        branches = {
            values: ((DAY, _limit(source, rule, version, values, words, where)),)
            for values in product(*[parameter.values for parameter in rule.params.values()])
        }
    digest = version_hash(rule.id, source.tree["versions"][index])
    return Plan(
        rule,
        version,
        version.start.isoformat(),
        digest,
        version.end or date.max,
        version.needs_review_from or date.max,
        tuple(rule.params),
        branches,
    )


def _refuse_uncounted(source: Source, rule: Rule, version: Version, where: str) -> None:
    given = [name for name in ("term", "table", "cases", "then", "same_as") if getattr(version, name)]
    wanted = ["cases"] if rule.kind == "wallclock" else ["table"] if rule.params else ["term"]
    if rule.kind not in ("limit", "wallclock") or version.apply_on != "trigger_date" or version.suspends:
        raise source.error(where, "kind, apply_on or suspends: this program cannot count them yet")
    if version.extensions:
        raise source.error(f"{where}.extensions", "this program cannot count extensions yet")
    if given != wanted:
        raise source.error(where, f"a rule of this kind and these params is counted by {wanted}, not by {given}")
    if rule.kind == "wallclock" and rule.params:
        raise source.error("$.params", "a wall-clock rule depends on the time of day alone")


def _limit(source: Source, rule: Rule, version: Version, values: tuple[str, ...], words: Words, where: str) -> Branch:
    chosen = dict(zip(rule.params, values, strict=True))
    rows = [
        (f"{where}.table[{i}]", row) for i, row in enumerate(version.table) if _fits(source, rule, row, chosen, where)
    ]
    if version.term:
        term, line = version.term, f"{where}.term"
    elif len(rows) == 1:
        line, term = rows[0][0], rows[0][1].term
    else:
        raise source.error(rows[1][0] if rows else f"{where}.table", f"{len(rows)} rows answer {chosen}: one must")
    reach = _reach_of(source, term, line)
    says = [_named(words, rule.params[name], value) for name, value in chosen.items()]
    return _branch(version, words, reach, (*says, _lasting(words, term)), None)


def _fits(source: Source, rule: Rule, row: Row, chosen: dict[str, str], where: str) -> bool:
    for name, value in row.when.items():
        if name not in rule.params or value not in rule.params[name].values:
            raise source.error(f"{where}.table", f"{name}: {value} is not among the params of the rule")
    return all(chosen[name] == value for name, value in row.when.items())


def _reach_of(source: Source, term: Term, where: str) -> Reach:
    if (term.unit, term.count) != ("hour", "hour"):
        raise source.error(where, f"{term.unit} counted as {term.count}: this program cannot count that yet")
    length = timedelta(hours=term.n)

    def reach(start: datetime) -> tuple[datetime, datetime]:
        due = start + length
        return due, due

    return reach


def _day(source: Source, version: Version, words: Words, where: str) -> tuple[tuple[int, Branch], ...]:
    branches, covered = [], 0
    for i, case in enumerate(version.cases):
        line = f"{where}.cases[{i}]"
        if seconds(case.start) != covered or seconds(case.before) <= covered:
            raise source.error(line, f"the cases leave a gap or overlap at {case.start}")
        covered = seconds(case.before)
        if _instant(case.strict) > _instant(case.legal) or _instant(case.strict) < covered - 1:
            raise source.error(line, "due before the event, or the strict reading later than the legal one")
        branches.append((covered, _branch(version, words, _reach_at(case), (case.says,), case.uncertain)))
    if covered != DAY:
        raise source.error(f"{where}.cases", "the cases end before 24:00")
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


def _branch(version: Version, words: Words, reach: Reach, says: tuple[Text, ...], doubt: Text | None) -> Branch:
    doubts = [doubt] if doubt else []
    review = []
    if version.needs_review_from:
        day = version.needs_review_from
        review = [
            Text(vi=words.review.vi.format(day=f"{day:%d/%m/%Y}"), en=words.review.en.format(day=day.isoformat()))
        ]
    return Branch(
        reach,
        says,
        uncertain=doubt is not None or version.evidence.status == "uncertain",
        caution=_joined([*doubts, *version.open_questions]),
        caution_on_review=_joined([*doubts, *review, *version.open_questions]),
    )


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
