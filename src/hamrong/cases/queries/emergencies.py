"""Cases opened in an emergency: which wait to be reviewed, and the narrow grant of whoever opened one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hamrong.access.actors import Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.cases.models import REVIEWED_IN, Emergency
from hamrong.cases.queries import visible

READER = "emergency-reader"
AT_MOST = 200

OVER = Refusal(
    "state", "Quyền xem hồ sơ này đã hết hạn, hoặc thuộc người khác.",
    "The right to read this case has ended, or is somebody else's.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many openings wait to be reviewed, and how many of them too long."""

    count: int
    late: int


def unreviewed(by: Grant) -> Sequence[Emergency]:
    """Openings that nobody has reviewed, the oldest first."""
    return list(visible.emergencies(by).filter(found="").order_by("opened_at", "id")[:AT_MOST])


def reviewed(by: Grant) -> Sequence[Emergency]:
    """Openings that were reviewed, the latest first."""
    return list(visible.emergencies(by).exclude(found="").order_by("-opened_at", "id")[:AT_MOST])


def waiting(by: Grant, at: datetime) -> Waiting:
    """How many there are."""
    found = unreviewed(by)
    return Waiting(len(found), sum(is_late(one, at) for one in found))


def is_late(one: Emergency, at: datetime) -> bool:
    """Whether it should have been reviewed."""
    return not one.found and one.opened_at + REVIEWED_IN <= at


def is_live(one: Emergency, at: datetime) -> bool:
    """Whether the case can still be read: the time is not over, and nobody judged that it had no grounds."""
    return one.opened_at <= at < one.until and one.found != "unjustified"


def reading(by: Grant, one: Emergency, at: datetime) -> Grant | Refusal:
    """The grant with which its opener reads the case: this one, and only until the time is over."""
    if one.opened_by != by.actor.ref or not is_live(one, at):
        return OVER
    actor = replace(by.actor, holdings=(Holding(READER, str(one.pk), one.in_place_of),))
    return decide(actor, "emergency.read", Target(ticket=str(one.pk)), purpose="emergency", case_ref=one.code)
