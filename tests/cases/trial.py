"""A course of two versions to try the engine with: taken in, looked into, decided by two people.

It is declared without the tables, so that a `conftest.py` can have it. In rooms above the engine it is known to every
test: whoever tests the engine leaves cases of it behind.
"""

from datetime import date

import pytest

from hamrong.cases import courses
from hamrong.cases.courses import Course, Deed, Step, Touch, Words
from tests.cases.conftest import without_the_course_of_tests

__all__ = ["with_the_trial_course", "without_the_course_of_tests"]

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


def a_course(**changes) -> Course:
    told = {
        "code": "thu", "words": Words("Đơn thử", "Trial petition"), "prefix": "TH", "first": NEW, "last": None,
        "purposes": ("night-control",), "states": STATES, "begin": "received", "starts": (Touch("start", FIRST),),
        "ends": frozenset({"decided", "returned"}), "steps": (ACCEPT, RETURN, PAUSE, RESUME, DECIDE),
    }  # fmt: skip
    return Course(**{**told, **changes})


COURSE = a_course()
BEFORE = a_course(first=OLD, last=NEW, steps=(ACCEPT, RETURN, DECIDE, PAUSE, RESUME))


@pytest.fixture(autouse=True)
def with_the_trial_course(without_the_course_of_tests):
    """Known before a test, and gone after it."""
    courses.declare([BEFORE, COURSE])
