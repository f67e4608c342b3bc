"""The way to every state of a course, found in its own table, walked by real steps of the people that it names."""

from collections import deque
from datetime import date, datetime, time, timedelta

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told, open_case, take
from hamrong.cases.courses import Course, Step
from hamrong.cases.models import Case
from hamrong.law import VIETNAM
from hamrong.petitions.courses import COURSES
from tests.world import PROVINCE, actor, grant

WARD = "14797"
PARAMS = {
    rule: {name: "normal"}
    for name, rules in {
        "area_complexity": ("kn.first", "kn.second"),
        "area": ("kn.effective", "kn.second.window"),
    }.items()
    for rule in rules
}
AFTER = {f"{kind}.extend-again": f"{kind}.extend" for kind in ("denunciation", "re-denunciation")}
"""What the leaf demands first although the state is the same; what a row comes after, its own table says."""


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), VIETNAM)


def morning_of(course: Course) -> datetime:
    """A moment at which a case of this version begins; of the old ones in 2026, so that all of their rows can be."""
    return noon(course.first + timedelta(days=30) if course.last is None else course.last - timedelta(days=10))


def told(at: datetime, result: str = "right", step: Step | None = None) -> Told:
    ground = step.grounds[-1][0] if step and step.grounds else ""
    return Told(at, "vì lý do này", "12/QĐ", PARAMS, result, ground)


def by(act: str, role: str) -> Grant:
    scope, target = (PROVINCE, Target(province=PROVINCE))
    if role.startswith("ward"):
        scope, target = WARD, Target(ward=WARD, province=PROVINCE)
    return grant(actor(role, scope), act, target)


def a_case(course: Course) -> Case:
    """A case as it came in."""
    at = morning_of(course)
    first = course.steps[0]
    case = open_case(
        by=by(first.act, first.roles[0]), course=course, unit=unit_of(course), province=PROVINCE, told=told(at), at=at
    )
    assert isinstance(case, Case), case
    return case


def unit_of(course: Course) -> str:
    """Which unit has a case of a course in these tests: a commune's police where its posts act in it."""
    return WARD if course.steps[0].roles[0].startswith("ward") else PROVINCE


def moment(course: Course, step: Step | None = None) -> datetime:
    """When steps are taken: when old cases are still open, under the law of today; later for one that awaits a date."""
    return morning_of(course) + timedelta(days=80 if step and step.awaits else 20)


def do(course: Course, case: Case, step: Step) -> Case | Refusal:
    """Take a step, by two people where the table wants two."""
    at = moment(course, step)
    grant_of_first = by(step.act, step.roles[0])
    if not step.approvers:
        return take(by=grant_of_first, case=case, revision=case.revision, told=told(at, step=step), at=at)
    proposal = propose(by=grant_of_first, case=case, revision=case.revision, told=told(at, step=step), at=at)
    if isinstance(proposal, Refusal):
        return proposal
    return approve(by=by(f"{step.act}.approve", step.approvers[0]), proposal=proposal, at=at)


def way_to(course: Course, state: str) -> list[Step]:
    """The fewest steps from the beginning to a state."""
    ways: dict[str, list[Step]] = {course.begin: []}
    queue = deque([course.begin])
    while state not in ways:
        source = queue.popleft()
        for step in course.steps_from(source):
            if step.target not in ways:
                ways[step.target] = [*ways[source], step]
                queue.append(step.target)
    return ways[state]


def brought_to(course: Course, state: str, *, before: str = "") -> Case:
    """A case in a state; `before` names an act that is about to be taken there."""
    case = a_case(course)
    steps = way_to(course, state)
    row = course.step(before, state)
    first = AFTER.get(before) or (row.after if row else "")
    for step in [*steps, None]:
        if early := course.step(first, case.state):
            case, first = taken(course, case, early), ""
        case = taken(course, case, step) if step else case
    return case


def taken(course: Course, case: Case, step: Step) -> Case:
    done = do(course, case, step)
    assert isinstance(done, Case), (step.act, done)
    return done


def _rows(course: Course) -> list[Step]:
    """The rows of a course; of those that leave a case where it stands, and are alike in many states, one."""
    return list({(step.act, step.target == step.source or step.source): step for step in course.steps}.values())


ROWS = [(course, step) for course in COURSES for step in _rows(course)]
"""Every row of every course, save those that another state has, too; each act in each state is walked elsewhere."""

ALIKE = [(course, course.wherever[0]) for course in COURSES if course.last is None]
"""Of the rows that are alike in many states one a course."""


def name(value: object) -> str:
    """What a row is called in the list of tests."""
    if isinstance(value, Course):
        return value.key
    return f"{value.source}-{value.act}" if isinstance(value, Step) else str(value)
