"""What every life of the demo's petitions shares: what it is, who acts in which unit, and that an act is allowed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.conf import settings

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.cases.models import Case
from hamrong.petitions.models import Petition
from hamrong.petitions.told import Content
from hamrong.site.demo.cast import Cast
from hamrong.site.demo.petition_ways import Way

T = TypeVar("T")
CHAIN: Final = "job:demo-petitions"
"""Their chain in the record of audit, in which no entry is dated more than five minutes before the one it follows."""

ROLES: Final = {
    ("officer", False): "ward-duty", ("officer", True): "petition-officer",
    ("leader", False): "ward-chief", ("leader", True): "province-leader",
}  # fmt: skip


@dataclass
class Life:
    """One petition: its way, where it came in and when; then the petition, its case, and who holds the case now.

    `code` is by what its sender follows the petition that came last.
    """

    way: Way
    unit: str
    at: datetime
    content: Content
    petition: Petition | None = None
    case: Case | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What all lives share: who acts."""

    cast: Cast

    def may(self, act: str, post: str, unit: str, *, purpose: str = "", case_ref: str = "") -> Grant:
        """The grant of an officer or a leader in a unit: the province's own, or a commune's."""
        role = ROLES[post, unit == settings.HAMRONG_PROVINCE]
        actor = Actor(self.cast.of(role, unit), "demo", CHAIN, (Holding(role, unit),), strong=True)
        ward = "" if unit == settings.HAMRONG_PROVINCE else unit
        target = Target(ward=ward, province=settings.HAMRONG_PROVINCE)
        return done(decide(actor, act, target, purpose=purpose, case_ref=case_ref))


def done(answer: T | Refusal) -> T:
    """The answer of an act that is allowed."""
    assert not isinstance(answer, Refusal), answer
    return answer


def province_grant(act: str) -> Grant:
    """A grant in whose wall every row of the province stands."""
    province = settings.HAMRONG_PROVINCE
    actor = Actor("system:demo", "demo", "job:demo", (Holding("province-leader", province),), strong=True)
    return done(decide(actor, act, Target(province=province)))
