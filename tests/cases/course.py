"""A course of two versions to try the engine with: taken in, looked into, decided by two people; and its people."""

from datetime import date

from hamrong.access.actors import Target
from hamrong.access.decisions import Allow, register
from hamrong.cases import courses
from hamrong.cases.actions import steps
from hamrong.cases.actions.steps import Told
from hamrong.cases.courses import Course, Deed, Step, Touch, Words
from hamrong.cases.models import Case
from tests.world import NOW, PROVINCE, actor, grant

OLD, NEW = date(2012, 7, 1), date(2026, 7, 1)
WARD, OTHER, THIRD = "14797", "14812", "16531"
OFFICER, CHIEF, PROVINCIAL = "ward-duty", "ward-chief", "province-residence"
FIRST, SECOND = "plate.cert", "plate.auction_exchange_id"
LAW = "02/2011/QH13 Đ28"
STATES = {
    "received": Words("Đã nhận", "Received"), "open": Words("Đang giải quyết", "Being settled"),
    "paused": Words("Tạm đình chỉ", "Suspended"), "decided": Words("Đã quyết định", "Decided"),
    "returned": Words("Đã trả lại", "Returned"),
}  # fmt: skip
ACCEPT = Step(
    "test.accept", Deed("Thụ lý", "Accept", "Đã thụ lý", "Accepted"), "received", "open", (OFFICER,), LAW,
    touches=(Touch("stop", FIRST), Touch("start", SECOND)),
)  # fmt: skip
RETURN = Step(
    "test.return", Deed("Trả lại", "Return", "Đã trả lại", "Returned"),
    "received", "returned", (OFFICER,), LAW, needs=("reason",),
)  # fmt: skip
PAUSE = Step(
    "test.pause", Deed("Tạm đình chỉ", "Suspend", "Đã tạm đình chỉ", "Suspended"),
    "open", "paused", (OFFICER,), LAW, needs=("document",),
)  # fmt: skip
RESUME = Step("test.resume", Deed("Tiếp tục", "Resume", "Đã tiếp tục", "Resumed"), "paused", "open", (OFFICER,), LAW)
DECIDE = Step(
    "test.decide", Deed("Ra quyết định", "Decide", "Đã ra quyết định", "Decided"),
    "open", "decided", (OFFICER,), LAW, needs=("document",),
    approvers=(CHIEF,), register="quyet-dinh",
)  # fmt: skip


ORDERS = tuple(Allow(act, (PROVINCIAL,), ("night-control",), LAW) for act in ("test.reorganise", "test.reckon"))


def a_course(**changes) -> Course:
    told = {
        "code": "thu", "words": Words("Đơn thử", "Trial petition"), "prefix": "TH", "first": NEW, "last": None,
        "purposes": ("night-control",), "states": STATES, "begin": "received", "starts": (Touch("start", FIRST),),
        "ends": frozenset({"decided", "returned"}), "steps": (ACCEPT, RETURN, PAUSE, RESUME, DECIDE),
    }  # fmt: skip
    return Course(**{**told, **changes})


COURSE = a_course()
BEFORE = a_course(first=OLD, last=NEW, steps=(ACCEPT, RETURN, DECIDE, PAUSE, RESUME))


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
