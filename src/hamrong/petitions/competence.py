"""Which level settles what (thẩm quyền): a commune's police or the province's, and whose posts act there."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from hamrong.access.actors import Grant, Refusal
from hamrong.cases.courses import course
from hamrong.cases.models import Case
from hamrong.kernel.vietnamese import lowered
from hamrong.law.leaves import Source
from hamrong.law.shape import Evidence
from hamrong.org.models import Unit
from hamrong.org.queries import unit, units

TABLE: Final = Path(__file__).parent / "competence.yaml"


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """What a level settles, in words and by which article; who takes in, checks and proposes there, and who settles."""

    works: tuple[str, ...]
    settles: tuple[str, ...]
    vi: str
    en: str
    law: str
    evidence: Evidence


class Competence(Struct, frozen=True, forbid_unknown_fields=True):
    """A course at each level; a level that is left out never has a case of it."""

    commune: Level | None = None
    province: Level | None = None

    def at(self, code: str) -> Level | None:
        """The level of a unit."""
        return self.commune if is_commune(code) else self.province


@cache
def table(path: Path = TABLE) -> dict[str, Competence]:
    """Every course by its code; raises LawError for an unknown key or value."""
    return Source(path).entries(Competence)


def is_commune(code: str) -> bool:
    """Whether a unit is of the lower level: a commune's police, or a district's until it ceased."""
    found = unit(code)
    return found is not None and _is_lower(found)


def _is_lower(of: Unit) -> bool:
    return of.kind in (Unit.Kind.COMMUNE, Unit.Kind.DISTRICT)


def may_not_act(by: Grant, case: Case) -> Refusal | None:
    """Why a post of the other level takes no step in a case: whoever has it settles it."""
    row = table().get(case.course.partition("@")[0])
    if row is None:
        return None
    level = row.at(case.unit)
    if level is not None and by.holding.role in (*level.works, *level.settles):
        return None
    return Refusal(
        "other-scope",
        "Hồ sơ thuộc thẩm quyền của đơn vị đang giữ; cấp khác theo dõi, không làm thay.",
        "The case is for the unit that has it; the other level watches and does not act in its place.",
        level.law if level else "",
    )  # fmt: skip


def may_not_receive(by: Grant, case: Case, receivers: Collection[str]) -> dict[str, Refusal]:
    """Which units are not asked to take a case over: of a level that has none of that course, or of no level at all.

    A department has no cases of its own: the province's police have them, and everybody there sees them.
    """
    row = table().get(case.course.partition("@")[0])
    if row is None:
        return {}
    found = units([*receivers, case.province])
    there = found[case.province]
    refused = {}
    for code in receivers:
        here = found.get(code)
        if here is None or here.kind == Unit.Kind.DEPARTMENT:
            refused[code] = _no_level(here.name if here else code, there.name)
        elif (row.commune if _is_lower(here) else row.province) is None:
            refused[code] = _other_level(case, row, here, there)
    return refused


def _no_level(here: str, there: str) -> Refusal:
    return Refusal(
        "other-scope", f"{here} không giữ hồ sơ riêng. Chuyển đến {there}, nơi giữ hồ sơ của các phòng.",
        f"{here} has no cases of its own. Send it to {there}, which has the cases of its departments.",
    )  # fmt: skip


def _other_level(case: Case, row: Competence, unit_here: Unit, unit_there: Unit) -> Refusal:
    level = row.province or row.commune
    assert level is not None, case.course
    told, here, there = course(case.course).words, unit_here.name, unit_there.name
    return Refusal(
        "other-scope",
        f"{here} không giải quyết {lowered(told.vi)}. Chuyển đến {there}: {lowered(level.vi)}.",
        f"{here} settles no {lowered(told.en)}. Send it to {there}: {lowered(level.en)}.",
        level.law,
    )
