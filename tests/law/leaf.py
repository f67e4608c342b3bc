"""Writing leaves of law for the tests, and working out the examples that a leaf carries."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from hamrong.law.deadlines import VIETNAM, compute, derivation
from hamrong.law.library import DATA, Library, load
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
    """Return `folder`, made into a law of this one leaf with the shipped words and instruments."""
    for name in ("words.yaml", "instruments.yaml"):
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


def from_tree(folder: Path, rule_id: str, tree: Any) -> Library:
    """Return the law of one leaf given as a tree."""
    return load(folder_with(folder, rule_id, yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)))


def faults(library: Library, rule_id: str) -> list[str]:
    """Return what is wrong with the examples of a rule, in words; nothing when they all come out as written."""
    return [fault for example in library.rules[rule_id].examples for fault in _faults(library, rule_id, example)]


def _faults(library: Library, rule_id: str, example: Example) -> list[str]:
    try:
        given = compute(library, rule_id, example.start, example.params)
    except LawError as error:
        return [f"{example.start}: {error}"]
    step = derivation(library, given)[0]
    expected = {
        "version": (given.version, example.version.isoformat()),
        "strict": (given.strict, example.strict.astimezone(VIETNAM)),
        "legal": (given.legal, (example.legal or example.strict).astimezone(VIETNAM)),
        "uncertain": (given.uncertain, example.uncertain),
        "caution": (bool(given.caution), example.caution is not None),
        "words of the caution": ((example.caution or "") in (given.caution.vi if given.caution else ""), True),
        "cites": (step.citation.vi if example.cites else None, example.cites),
    }
    return [f"{example.start}: {name} is {got}, not {want}" for name, (got, want) in expected.items() if got != want]
