"""All leaves of one folder, checked against each other and made ready to compute."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from hamrong.law.drafts import Draft
from hamrong.law.leaves import Source
from hamrong.law.plans import Plan, plan
from hamrong.law.shape import Basis, Convention, Count, Instrument, LawError, Place, Rule, Version, Words

DATA = Path(__file__).parent / "data"
_NOT_RULES = ("calendar",)


class Common(Struct, frozen=True):
    """What all leaves share: the instruments they cite, the conventions they count by, the words they are told in."""

    instruments: dict[str, Instrument]
    conventions: dict[Count, Convention]
    words: Words


class Library(Struct, frozen=True):
    """The rules by id, the plans of each rule from the oldest to the newest, and what all leaves share."""

    rules: dict[str, Rule]
    plans: dict[str, tuple[Plan, ...]]
    instruments: dict[str, Instrument]
    conventions: dict[Count, Convention]
    words: Words


@cache
def shipped() -> Library:
    """Return the law that the program ships with, read once."""
    return load(DATA)


def load(folder: Path) -> Library:
    """Read what leaves share and every `<field>/<rule>.yaml`; raise LawError for the first fault."""
    paths = sorted(path for path in folder.glob("*/*.yaml") if path.parent.name not in _NOT_RULES)
    return bound(common(folder), [Source(path) for path in paths])


def common(folder: Path) -> Common:
    """Read `words.yaml`, `conventions.yaml` and `instruments.yaml`; raise LawError for the first fault."""
    known = instruments(folder)
    source = Source(folder / "conventions.yaml")
    conventions: dict[Any, Convention] = source.entries(Convention)
    for name, convention in conventions.items():
        _known(source, f"$.{name}.basis", convention.basis, known)
    return Common(known, conventions, Source(folder / "words.yaml").to(Words))


def bound(shared: Common, sources: Iterable[Source]) -> Library:
    """Return the leaves in `sources` as one law; raise LawError for the first fault."""
    rules: dict[str, Rule] = {}
    trees: dict[str, tuple[Source, list[Any]]] = {}
    for source in sources:
        rule = read_rule(source, shared.instruments)
        rules[rule.id], trees[rule.id] = rule, (source, source.tree["versions"])
    _check_names(rules, trees)
    plans = {rule_id: _plans(shared, rules, trees, rule_id) for rule_id in rules}
    return Library(rules, plans, shared.instruments, shared.conventions, shared.words)


def _plans(
    shared: Common, rules: Mapping[str, Rule], trees: Mapping[str, tuple[Source, list[Any]]], rule_id: str
) -> tuple[Plan, ...]:
    rule, (source, versions) = rules[rule_id], trees[rule_id]
    plans = []
    for index, version in enumerate(rule.versions):
        said = [versions[index]]
        if version.same_as:
            at, version = _same(rules[version.same_as], version, source)
            said.append(trees[rules[rule_id].versions[index].same_as or ""][1][at])
        draft = Draft(source, rule, version, shared.words, shared.conventions, f"$.versions[{index}]")
        plans.append(plan(draft, *said))
    return tuple(plans)


def _same(other: Rule, version: Version, source: Source) -> tuple[int, Version]:
    """Return the version of `other` in force when `version` begins, and `version` counted as that one is."""
    for index, known in enumerate(other.versions):
        if known.start <= version.start and (known.end is None or known.end >= version.start):
            return index, structs.replace(
                version,
                term=known.term,
                table=known.table,
                extensions=known.extensions,
                suspends=known.suspends,
                deducts=known.deducts,
            )
    raise source.error("$.versions", f"{other.id} has no version for {version.start}")


def _check_names(rules: Mapping[str, Rule], trees: Mapping[str, tuple[Source, list[Any]]]) -> None:
    for rule in rules.values():
        for index, version in enumerate(rule.versions):
            names = {version.same_as, *(suspension.then for suspension in version.suspends)}
            names |= {name for step in version.extensions for name in (step.request, step.answer)}
            for name in sorted(names - {None, *rules}, key=str):
                raise trees[rule.id][0].error(f"$.versions[{index}]", f"there is no rule {name}")
            if version.same_as and list(rules[version.same_as].params) != list(rule.params):
                raise trees[rule.id][0].error("$.params", f"the params must be those of {version.same_as}")


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
        for part in ("extensions", "suspends", "deducts"):
            for nth, each in enumerate(getattr(version, part)):
                _known(source, f"{where}.{part}[{nth}]", each.basis, known)
        _known(source, f"{where}.basis", version.basis, known)
    return rule


def _known(source: Source, where: str, basis: Iterable[Basis], known: Mapping[str, Instrument]) -> None:
    for place in _places(basis):
        if place.law not in known:
            raise source.error(where, f"unknown instrument {place.law}")


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
        near = get_close_matches(rule_id, library.rules, cutoff=0.4) or sorted(library.rules)
        raise LawError(f"no rule {rule_id!r}; there are {', '.join(near)}") from None
