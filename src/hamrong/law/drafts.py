"""A version on its way to a plan, and what it may not say: each refusal names the file and the line."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from hamrong.law.leaves import Source
from hamrong.law.shape import Convention, Count, Extension, LawError, Rule, Suspension, Term, Version, Words

_COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "wallclock": ("cases",),
    "quota": ("allows",),
    "periodic": ("every",),
    "immediate": (),
}
_WAYS = ("term", "table", "cases", "every", "allows", "then")


class Draft(NamedTuple):
    """A version on its way to a plan: where it stands and what its words and conventions are."""

    source: Source
    rule: Rule
    version: Version
    words: Words
    conventions: dict[Count, Convention]
    where: str

    def error(self, place: str, reason: str) -> LawError:
        """Return the error for `reason` at `place` (".term") of this version."""
        return self.source.error(self.where + place, reason)


def fits(when: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    """Whether a row, step or allowance stands for the chosen values; what it leaves out fits each value."""
    return all(chosen[name] == value for name, value in when.items())


def check(draft: Draft) -> None:
    """Raise LawError for what cannot be counted."""
    _ways(draft)
    for name, parameter in draft.rule.params.items():
        if parameter.default is not None and parameter.default not in parameter.values:
            raise draft.source.error(f"$.params.{name}.default", f"{parameter.default} is not among the values")
    for place, term in _terms(draft.version):
        _unit(draft, place, term)
    for place, when in _whens(draft.version):
        for name, value in when.items():
            if name not in draft.rule.params or value not in draft.rule.params[name].values:
                raise draft.error(place, f"{name}: {value} is not among the params of the rule")
    for index, step in enumerate(draft.version.extensions):
        _extension(draft, f".extensions[{index}]", step)
    for index, suspension in enumerate(draft.version.suspends):
        _suspension(draft, f".suspends[{index}]", suspension)


def _ways(draft: Draft) -> None:
    rule, version = draft.rule, draft.version
    given = [name for name in _WAYS if getattr(version, name)]
    wanted = list(_COUNTED.get(rule.kind, ("table",) if rule.params else ("term",)))
    unknown = rule.kind == "quota" and version.evidence.status == "uncertain"
    extra = {"limit": {"then", "allows"}}.get(rule.kind, set())
    if [name for name in given if name not in extra] != wanted and not (unknown and not given):
        raise draft.error("", f"a rule of this kind and these params is counted by {wanted}, not by {given}")
    if rule.kind in ("wallclock", "periodic", "immediate") and rule.params:
        raise draft.source.error("$.params", "a rule of this kind takes no params")
    if rule.kind != "limit" and (version.extensions or version.suspends or version.deducts):
        raise draft.error("", "only a limit can be extended, suspended or shortened")
    if rule.side == "liberty" and version.suspends:
        raise draft.error(".suspends", "a clock of liberty never stands still")


def _terms(version: Version) -> Iterator[tuple[str, Term]]:
    if version.term:
        yield ".term", version.term
    if version.then:
        yield ".then", version.then
    for index, row in enumerate(version.table):
        yield f".table[{index}].term", row.term
    for index, step in enumerate(version.extensions):
        if step.total:
            yield f".extensions[{index}].total", step.total


def _whens(version: Version) -> Iterator[tuple[str, Mapping[str, str]]]:
    for index, row in enumerate(version.table):
        yield f".table[{index}].when", row.when
    for index, step in enumerate(version.extensions):
        yield f".extensions[{index}].when", step.when
    for index, allowance in enumerate(version.allows):
        yield f".allows[{index}].when", allowance.when


def _unit(draft: Draft, place: str, term: Term) -> None:
    convention = draft.conventions[term.count]
    if term.unit not in convention.units:
        raise draft.error(place, f"{term.unit} cannot be counted as {term.count}")
    if (convention.direction == "back") is not (draft.rule.kind == "before"):
        raise draft.error(place, f"{term.count} counts {convention.direction}: not for kind {draft.rule.kind}")


def _extension(draft: Draft, place: str, step: Extension) -> None:
    if sum(way is not None for way in (step.term, step.total, step.until)) != 1:
        raise draft.error(place, "an extension has exactly one of term, total and until")
    if step.term:
        bases = {term.count for where, term in _terms(draft.version)}
        for base in bases if step.term.count not in bases else {step.term.count}:
            if step.term.unit not in draft.conventions[base].units:
                raise draft.error(f"{place}.term", f"{step.term.unit} cannot be added to what counts as {base}")


def _suspension(draft: Draft, place: str, suspension: Suspension) -> None:
    wanted = {"exclude": suspension.resume, "restart": suspension.restart, "stop": suspension.then}[suspension.effect]
    if wanted is None:
        raise draft.error(place, "exclude needs resume, restart needs restart, stop needs then")
