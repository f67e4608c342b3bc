"""Writing leaves of law for the tests, and working out the examples that a leaf carries."""

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hamrong.law.asking import question, written
from hamrong.law.calendars import calendar
from hamrong.law.citations import cite_all
from hamrong.law.clocks import instant
from hamrong.law.deadlines import compute
from hamrong.law.explaining import places
from hamrong.law.leaves import Source
from hamrong.law.library import DATA, Common, Library, bound, common, load
from hamrong.law.quotas import allowances, told
from hamrong.law.reckoning import plan_on, reckon
from hamrong.law.shape import Example, LawError

SMALL = """\
id: demo.term
title: {vi: Thử, en: Trial}
side: agency
kind: limit
trigger: {event: demo, vi: Bắt đầu, en: Start}
versions:
- from: 2020-01-01
  to: null
  basis:
  - {law: 68/2020/QH14, article: 30}
  evidence: {status: general, source: thử}
  term: {n: 5, unit: hour, count: hour}
examples:
- {start: 2020-01-01T00:00:00+07:00, version: 2020-01-01, strict: 2020-01-01T05:00:00+07:00}
"""


def folder_with(folder: Path, rule_id: str, leaf: str) -> Path:
    """Return `folder`, made into a law of this one leaf with what the shipped leaves share."""
    for name in ("words.yaml", "instruments.yaml", "conventions.yaml"):
        shutil.copy(DATA / name, folder / name)
    path = folder / f"{rule_id.replace('.', '/', 1)}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(leaf, encoding="utf-8")
    return folder


def small(folder: Path, *changes: tuple[str, str]) -> Library:
    """Return the law of the small leaf after replacing each text of `changes`, which must stand in it once."""
    leaf = SMALL
    for old, new in changes:
        assert leaf.count(old) == 1, old
        leaf = leaf.replace(old, new)
    return load(folder_with(folder, "demo.term", leaf))


def from_yaml(folder: Path, rule_id: str, tree: Any) -> Library:
    """Return the law of one leaf given as a tree, written out and read again."""
    return load(folder_with(folder, rule_id, yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)))


@cache
def shared() -> Common:
    """Return what the shipped leaves share, read once."""
    return common(DATA)


@cache
def source_of(rule_id: str) -> Source:
    """Return the shipped leaf of a rule, read once."""
    return Source(DATA / f"{rule_id.replace('.', '/', 1)}.yaml")


def needed(rule_id: str) -> set[str]:
    """Return the rule with every rule that its leaf names."""
    found: set[str] = set()
    waiting = {rule_id}
    while waiting:
        each = waiting.pop()
        found.add(each)
        for version in source_of(each).tree["versions"]:
            names = {version.get("same_as"), *(entry.get("then") for entry in version.get("suspends", ()))}
            names |= {step.get(key) for step in version.get("extensions", ()) for key in ("request", "answer")}
            waiting |= names - found - {None}
    return found


def with_tree(rule_id: str, tree: Any) -> Library:
    """Return the law of one leaf given as a tree, with the leaves that it names as they are shipped."""
    own = source_of(rule_id).with_tree(tree)
    others = [source_of(each) for each in sorted(needed(rule_id) - {rule_id})]
    return bound(shared(), [own, *others])


def faults(library: Library, rule_id: str) -> list[str]:
    """Return what is wrong with the examples of a rule, in words; nothing when they all come out as written."""
    return [fault for example in library.rules[rule_id].examples for fault in _faults(library, rule_id, example)]


def _faults(library: Library, rule_id: str, example: Example) -> list[str]:
    try:
        found = _compared(library, rule_id, example)
    except LawError as error:
        return [] if example.refused else [f"{example.start} {example.params}: {error}"]
    return [f"{example.start} {example.params}: has an answer"] if example.refused else found


def _compared(library: Library, rule_id: str, example: Example) -> list[str]:
    start = written(example.start)
    if example.allows is not None:
        return _allowed(library, rule_id, example)
    asked = question(library, rule_id, start, example.params)
    given = compute(library, rule_id, asked.events, asked.params, None, asked.as_of)
    found = reckon(library, rule_id, asked.events, asked.params, calendar(), asked.as_of)
    strict = example.strict or ""
    wanted = [_same(text) for text in (strict, example.legal or strict)]
    expected = {
        "version": (given.version, example.version.isoformat()),
        "dates": ([_same(text) for text in given.written()], wanted),
        "uncertain": (given.uncertain, example.uncertain),
        "caution": (bool(given.caution), example.caution is not None),
        "words of the caution": ((example.caution or "") in (given.caution.vi if given.caution else ""), True),
        "cites": (cite_all(library, places(found)).vi if example.cites else None, example.cites),
        "request by": (given.request_by if example.request_by else None, example.request_by),
    }
    where = f"{example.start} {example.params}"
    return [f"{where}: {name} is {got}, not {want}" for name, (got, want) in expected.items() if got != want]


def _allowed(library: Library, rule_id: str, example: Example) -> list[str]:
    start = instant(written(example.start))
    plan = plan_on(library, rule_id, start.date())
    expected = {
        "version": (plan.name, example.version.isoformat()),
        "allows": (told(allowances(library, rule_id, start, example.params)), example.allows),
        "cites": (cite_all(library, plan.version.basis).vi if example.cites else None, example.cites),
    }
    return [f"{example.start}: {name} is {got}, not {want}" for name, (got, want) in expected.items() if got != want]


def _same(text: str) -> str:
    """Return a written date so that the same moment is the same text."""
    return text if len(text) <= 10 else written(text).isoformat()
