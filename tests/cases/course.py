"""The people of the trial course, and its cases."""

from hamrong.access.actors import Target
from hamrong.access.decisions import Allow, register
from hamrong.cases import courses
from hamrong.cases.actions import steps
from hamrong.cases.actions.steps import Told
from hamrong.cases.courses import Course
from hamrong.cases.models import Case
from tests.cases.trial import BEFORE, COURSE, LAW, OFFICER, PROVINCIAL, WARD
from tests.world import NOW, PROVINCE, actor, grant

ORDERS = tuple(Allow(act, (PROVINCIAL,), ("night-control",), LAW) for act in ("test.reorganise", "test.reckon"))


def ready() -> Course:
    """Declare the course and its policy, as a system does when it starts."""
    courses.declare([BEFORE, COURSE])
    register([*courses.policy_of([COURSE]), *ORDERS])
    return COURSE


def by(act: str, *, role: str = OFFICER, unit: str = WARD):
    """A grant of somebody of a unit."""
    ready()
    return grant(actor(role, unit), act, Target(ward=unit, province=PROVINCE))


def of_province(act: str):
    """A grant of the province's officer, for what a system's policy allows beside its courses."""
    ready()
    return grant(actor(PROVINCIAL, PROVINCE), act, Target(province=PROVINCE))


def told(at=NOW, **changes) -> Told:
    return Told(at, **changes)


def a_case(*, unit: str = WARD, at=NOW) -> Case:
    """A case that a unit has just taken in."""
    case = steps.open_case(
        by=by("test.accept", unit=unit), course=ready(), unit=unit, province=PROVINCE, told=told(at), at=at
    )
    assert isinstance(case, Case), case
    return case


def an_open_case(*, unit: str = WARD, at=NOW) -> Case:
    """A case that was accepted."""
    case = a_case(unit=unit, at=at)
    taken = steps.take(by=by("test.accept", unit=unit), case=case, revision=1, told=told(at), at=at)
    assert isinstance(taken, Case), taken
    return taken
