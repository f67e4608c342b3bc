"""The one function that turns the law and a moment into a deadline."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from hamrong.law.citations import cite_all
from hamrong.law.library import Library, rule_in, shipped
from hamrong.law.plans import Branch, Plan
from hamrong.law.shape import LawError, Rule, Text, Words

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_NONE: Mapping[str, str] = MappingProxyType({})


class Step(NamedTuple):
    """One sentence of a derivation and the place in the law on which it rests."""

    vi: str
    en: str
    citation: Text


class Deadline(Struct, frozen=True):
    """When something is due, in both readings, under which version of which rule, and how sure that is.

    `start`, `strict` and `legal` are in Asia/Ho_Chi_Minh, strict ≤ legal. Alerts follow `strict`; nobody is late before
    `legal`. `uncertain`: the law leaves these dates open. With a `caution` the date cannot be the sole ground for
    refusing a citizen or asserting lateness. `version` is the first day of the version (ISO), `version_hash` stands for
    its content, `params` are the values given for the parameters of the rule, in the rule's order.
    """

    rule: str
    version: str
    version_hash: str
    start: datetime
    strict: datetime
    legal: datetime
    uncertain: bool
    caution: Text | None
    params: tuple[str, ...]

    @property
    def law_version(self) -> str:
        """Which wording of which rule the dates rest on, to be stored with them: `rule@first day#hash`."""
        return f"{self.rule}@{self.version}#{self.version_hash[:8]}"

    @property
    def derivation(self) -> tuple[Step, ...]:
        """How the dates follow from the law, step by step, written when asked for."""
        return derivation(shipped(), self)

    def as_dict(self, lang: str = "vi") -> dict[str, object]:
        """Return what a page or an API shows: ISO instants and texts in `lang` ("vi" or "en")."""
        return {
            "rule": self.rule,
            "title": rule(self.rule).title.to(lang),
            "version": self.version,
            "version_hash": self.version_hash,
            "start": self.start.isoformat(),
            "strict": self.strict.isoformat(),
            "legal": self.legal.isoformat(),
            "uncertain": self.uncertain,
            "caution": self.caution.to(lang) if self.caution else None,
            "derivation": [
                {"text": step.en if lang == "en" else step.vi, "citation": step.citation.to(lang)}
                for step in self.derivation
            ],
        }


def deadline(rule_id: str, start: datetime, *, params: Mapping[str, str] | None = None) -> Deadline:
    """Return the deadline that `rule_id` sets for an event at `start`.

    The version is the one in force on the day of the event in Viet Nam. Raises ValueError for a naive `start`, LawError
    for an unknown rule, a day that no version covers, and params that the rule does not know or misses.
    """
    return compute(shipped(), rule_id, start, params or _NONE)


def compute(library: Library, rule_id: str, start: datetime, params: Mapping[str, str]) -> Deadline:
    """Return the deadline under the law of `library`; see `deadline`."""
    if start.tzinfo is None or start.utcoffset() is None:
        raise ValueError("start has no time zone")
    local = start.astimezone(VIETNAM)
    plan = _plan(library, rule_id, local)
    branch = _branch(plan, local, params)
    strict, legal = branch.reach(local)
    today = local.date()
    return Deadline(
        rule_id,
        plan.name,
        plan.hash,
        local,
        strict,
        legal,
        branch.uncertain,
        branch.caution if today < plan.review else branch.caution_on_review,
        tuple([params[name] for name in plan.names]),
    )


def rule(rule_id: str) -> Rule:
    """Return one rule of the shipped law; raise LawError when there is none."""
    return rule_in(shipped(), rule_id)


def rules() -> tuple[Rule, ...]:
    """Return the rules of the shipped law in the order of their ids."""
    return tuple(shipped().rules.values())


def derivation(library: Library, given: Deadline) -> tuple[Step, ...]:
    """Return the steps from the event to the dates of `given`, which was computed under `library`."""
    plan = _plan(library, given.rule, given.start)
    branch = _branch(plan, given.start, dict(zip(plan.names, given.params, strict=True)))
    source = cite_all(library, plan.version.basis)
    texts = [_started(library.words, plan, given), _in_force(library.words, plan), *branch.says]
    texts.append(_due(library.words, given))
    if given.caution:
        texts.append(given.caution)
    return tuple(Step(text.vi, text.en, source) for text in texts)


def _plan(library: Library, rule_id: str, local: datetime) -> Plan:
    today = local.date()
    for plan in reversed(library.plans.get(rule_id, ())):
        if plan.version.start <= today <= plan.last:
            return plan
    raise LawError(f"{rule_in(library, rule_id).id} has no version for {today}")


def _branch(plan: Plan, local: datetime, params: Mapping[str, str]) -> Branch:
    second = local.hour * 3600 + local.minute * 60 + local.second
    return next(branch for before, branch in plan.row(params) if second < before)


def _started(words: Words, plan: Plan, given: Deadline) -> Text:
    trigger, moment = plan.rule.trigger, _moment(given.start)
    return Text(
        vi=words.started.vi.format(trigger=trigger.vi, moment=moment.vi),
        en=words.started.en.format(trigger=trigger.en, moment=moment.en),
    )


def _in_force(words: Words, plan: Plan) -> Text:
    version = plan.version
    sentence = words.version_closed if version.end else words.version_open
    start, end = version.start, version.end or version.start
    return Text(
        vi=sentence.vi.format(start=f"{start:%d/%m/%Y}", end=f"{end:%d/%m/%Y}"),
        en=sentence.en.format(start=start.isoformat(), end=end.isoformat()),
    )


def _due(words: Words, given: Deadline) -> Text:
    sentence = words.due if given.strict == given.legal else words.due_two
    strict, legal = _moment(given.strict), _moment(given.legal)
    return Text(
        vi=sentence.vi.format(strict=strict.vi, legal=legal.vi), en=sentence.en.format(strict=strict.en, legal=legal.en)
    )


def _moment(moment: datetime) -> Text:
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return Text(vi=f"{clock} ngày {moment:%d/%m/%Y}", en=f"{clock} on {moment:%Y-%m-%d}")
