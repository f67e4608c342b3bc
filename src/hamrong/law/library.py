"""All leaves of one folder, checked against each other and made ready to compute."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from hamrong.law.leaves import Source
from hamrong.law.plans import Plan, plan
from hamrong.law.shape import Basis, Instrument, LawError, Place, Rule, Words

DATA = Path(__file__).parent / "data"
_NOT_RULES = ("calendar",)


class Library(Struct, frozen=True):
    """The rules and instruments by id, the plans of each rule from the oldest to the newest, and the words."""

    rules: dict[str, Rule]
    plans: dict[str, tuple[Plan, ...]]
    instruments: dict[str, Instrument]
    words: Words


@cache
def shipped() -> Library:
    """Return the law that the program ships with, read once."""
    return load(DATA)


def load(folder: Path) -> Library:
    """Read `words.yaml`, `instruments.yaml` and every `<field>/<rule>.yaml`; raise LawError for the first fault."""
    words = Source(folder / "words.yaml").to(Words)
    known = instruments(folder)
    rules: dict[str, Rule] = {}
    plans: dict[str, tuple[Plan, ...]] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        if path.parent.name in _NOT_RULES:
            continue
        source = Source(path)
        rule = read_rule(source, known)
        rules[rule.id] = rule
        plans[rule.id] = tuple(plan(source, rule, index, words) for index in range(len(rule.versions)))
    return Library(rules, plans, known, words)


def instruments(folder: Path) -> dict[str, Instrument]:
    """Return the instruments of `folder` by number ("68/2020/QH14")."""
    source = Source(folder / "instruments.yaml")
    known = source.entries(Instrument)
    for number, instrument in known.items():
        for other in instrument.amended_by:
            if other not in known:
                raise source.error(f"$.{number}.amended_by", f"unknown instrument {other}")
    return known


def read_rule(source: Source, known: dict[str, Instrument]) -> Rule:
    """Return the rule in `source`; raise LawError for a wrong id, versions that overlap, or an unknown instrument."""
    rule = source.to(Rule)
    expected = f"{source.path.parent.name}.{source.path.stem}"
    if rule.id != expected:
        raise source.error("$.id", f"the id must be {expected}, as the file is named")
    for index, version in enumerate(rule.versions):
        where = f"$.versions[{index}]"
        if version.end is not None and version.end < version.start:
            raise source.error(f"{where}.to", "the version ends before it starts")
        if index and (rule.versions[index - 1].end or version.start) >= version.start:
            raise source.error(where, "the version overlaps the one before it")
        for place in _places(version.basis):
            if place.law not in known:
                raise source.error(f"{where}.basis", f"unknown instrument {place.law}")
    return rule


def _places(basis: Iterable[Basis]) -> Iterable[Place]:
    for place in basis:
        yield place
        if place.amended_by:
            yield place.amended_by


def rule_in(library: Library, rule_id: str) -> Rule:
    """Return the rule with this id; raise LawError when there is none."""
    try:
        return library.rules[rule_id]
    except KeyError:
        raise LawError(f"no rule {rule_id!r}; there are {sorted(library.rules)}") from None
