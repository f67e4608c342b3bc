"""A petition that was sorted wrongly and whose course has begun: the course ends, and the petition is sorted anew."""

from dataclasses import replace
from typing import Final

from hamrong.cases.courses import Course, Deed, Step, Words
from hamrong.petitions.people import OFFICERS, SECOND_SETTLERS, SETTLERS
from hamrong.petitions.rules import endings

LAW: Final = "42/2013/QH13 Đ26"
RESORTED: Final = "resorted"
STATE: Final = Words("Đã dừng, đơn phân loại lại", "Stopped, the petition is sorted anew")
DECIDED: Final = frozenset({
    "decided", "sent", "served", "ending", "concluded", "acted", "published", "upheld",
})  # fmt: skip
"""States after a decision on the matter: that is complained about, and not undone by sorting."""

DEED: Final = Deed(
    "Dừng hồ sơ vì phân loại sai, phân loại lại đơn", "Stop it: sorted wrongly, sort the petition anew",
    "Đã dừng hồ sơ vì phân loại sai, đơn phân loại lại", "Stopped: sorted wrongly, the petition is sorted anew",
)  # fmt: skip
NOTE: Final = Words(
    "Hồ sơ dừng ở đây với mọi việc và thời hạn đã ghi; đơn trở lại bước phân loại. Thời hạn của loại mới vẫn tính từ "
    "ngày nhận đơn, và người gửi phải được báo theo lần phân loại mới. Văn bản đã ký mà không còn đúng thì thu hồi. "
    "Đơn niêm phong vẫn niêm phong: lãnh đạo đọc bằng khóa nói đơn là loại nào. Đơn không niêm phong khi nhận không "
    "thành tố cáo: nếu nội dung là tố cáo, mời người gửi gửi lại ở trang Tố cáo (/to-cao/) hoặc nhận đơn mới ở trang "
    "Nhận đơn, rồi phân loại đơn này theo phần còn lại.",
    "The case stops here, with all that was done and its clocks on record; the petition goes back to sorting. The "
    "clocks of the new kind run from the day on which it came in, and its sender has to be told of the new sorting. A "
    "signed paper that is wrong now is recalled. What is sealed stays sealed: a leader who reads it with a key says "
    "of which kind it is. What was not sealed when it came in does not become a denunciation: if it denounces "
    "somebody, ask its sender to use the page Denunciation (/to-cao/) or take a new one in, and sort this one by the "
    "rest.",
)  # fmt: skip


def act_of(course: Course) -> str:
    """The act by which a case of a course is stopped, so that its petition is sorted anew."""
    return f"{course.steps[0].act.partition('.')[0]}.resort"


def is_resort(act: str) -> bool:
    """Whether an act, or its approval, is that one."""
    return act.removesuffix(".approve").endswith(".resort")


def sorted_anew(course: Course) -> Course:
    """The course with the way back to sorting, by two people, out of every state in which nothing was decided yet.

    So, too, where it ended because it is for others or for nobody: guided, transferred, returned, filed.
    """
    act, roles = act_of(course), course.steps[0].roles
    approvers = SETTLERS if roles == OFFICERS else SECOND_SETTLERS
    one = Step(act, DEED, "", RESORTED, roles, LAW, needs=("reason",), approvers=approvers)
    over = course.ends - {step.target for step in course.steps if step.act in endings()}
    states = [state for state in course.states if state not in over | DECIDED | {RESORTED}]
    return replace(
        course, states={**course.states, RESORTED: STATE}, ends=course.ends | {RESORTED},
        notes={**course.notes, act: NOTE}, wherever=tuple(replace(one, source=state) for state in states),
    )  # fmt: skip
