"""Telling a rule in words: what each of its versions says, for whoever reads it on a page or in a terminal."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hamrong.law.citations import cite
from hamrong.law.explaining import fill
from hamrong.law.library import Library, rule_in
from hamrong.law.plans import Branch, Plan
from hamrong.law.shape import Allowance, Extension, Suspension, Text, Topic, Words


class Way(NamedTuple):
    """What holds for one combination of facts: the facts and the term in words, then each extension in its order."""

    says: tuple[Text, ...]
    ladder: tuple[Text, ...]
    uncertain: bool


class Telling(NamedTuple):
    """One version in words: when it applies, what it rests on, how sure that is, and what it says."""

    start: date
    end: date | None
    hash: str
    basis: tuple[Text, ...]
    status: str
    evidence: Text
    source: str
    note: str
    ways: tuple[Way, ...]
    pauses: tuple[Text, ...]
    says: tuple[tuple[Topic, Text], ...]
    cautions: tuple[Text, ...]


def tellings(library: Library, rule_id: str) -> tuple[Telling, ...]:
    """Return the versions of a rule in words, the newest first; raise LawError when there is no such rule."""
    rule_in(library, rule_id)
    return tuple([_telling(library, plan) for plan in reversed(library.plans[rule_id])])


def _telling(library: Library, plan: Plan) -> Telling:
    version, words = plan.version, library.words
    return Telling(
        version.start,
        version.end,
        plan.hash,
        tuple([cite(library, place) for place in version.basis]),
        version.evidence.status,
        words.evidence[version.evidence.status],
        version.evidence.source,
        version.evidence.note,
        tuple(_ways(words, plan)),
        tuple([pause_said(words, pause) for pause in version.suspends]),
        tuple(version.says.items()),
        tuple(_cautions(words, plan)),
    )


def _ways(words: Words, plan: Plan) -> Iterator[Way]:
    for day in plan.branches.values():
        for _, branch in day:
            ladder = [_step(words, number, step) for number, step in enumerate(branch.ladder, 1)]
            yield Way(tuple(_said(words, plan, branch)), tuple(ladder), branch.uncertain)


def _said(words: Words, plan: Plan, branch: Branch) -> Iterator[Text]:
    yield from branch.says
    names, then, every = words.sentences, plan.version.then, plan.version.every
    if then:
        yield fill(names.then, n=then.n, unit=words.units[then.unit])
    if every:
        yield fill(names.every, n=every.n, unit=words.units[every.unit])
    if plan.rule.kind == "immediate":
        yield names.immediate
    for allowance in branch.allows:
        yield allowed(words, allowance)


def allowed(words: Words, allowance: Allowance) -> Text:
    """Return how often something is allowed, in words."""
    names = words.sentences
    told = fill(names.allowed, n=allowance.n, per=getattr(names, f"per_{allowance.per}"))
    return _and(told, fill(names.minutes, n=allowance.minutes)) if allowance.minutes else told


def _step(words: Words, number: int, step: Extension) -> Text:
    names, term = words.sentences, step.total or step.term
    if term is None:
        told = fill(names.extended_open, number=number)
    else:
        sentence = names.extended_total if step.total else names.extended
        told = fill(sentence, number=number, n=term.n, unit=words.units[term.unit])
    if step.by:
        told = _and(told, fill(names.decided_by, role=words.roles[step.by]))
    if step.approved_by:
        told = _and(told, fill(names.approved_by, role=words.roles[step.approved_by]))
    return _and(told, step.ground) if step.ground else told


def pause_said(words: Words, pause: Suspension) -> Text:
    """Return what stops a clock and what becomes of its term, in words."""
    names = words.sentences
    told = {"exclude": names.pause_exclude, "restart": names.pause_restart, "stop": names.pause_stop}[pause.effect]
    if pause.restart:
        told = fill(told, n=pause.restart.n, unit=words.units[pause.restart.unit])
    if pause.start:
        told = _and(fill(names.pause_from, day=pause.start), told)
    return _and(pause.ground, told) if pause.ground else told


def _cautions(words: Words, plan: Plan) -> Iterator[Text]:
    version = plan.version
    if version.evidence.status == "uncertain":
        yield words.sentences.uncertain
    if version.needs_review_from:
        yield fill(words.sentences.review, day=version.needs_review_from)
    yield from version.open_questions
    yield from (case.uncertain for case in version.cases if case.uncertain)


def _and(first: Text, second: Text) -> Text:
    return Text(vi=f"{first.vi} {second.vi}", en=f"{first.en} {second.en}")
