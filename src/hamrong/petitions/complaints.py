"""First and second complaints (khiếu nại lần đầu, lần hai) as tables, before and since Law 136/2025/QH15.

Decree 155/2026 art. 22 applies suspension, withdrawal and dialogue to what was pending: these rows stand in both
states, and the leaves refuse a suspension from before their first day.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from hamrong.cases.courses import Course, Deed, Step, Touch, Words
from hamrong.petitions.people import OFFICERS, SECOND_OFFICERS, SECOND_SETTLERS, SETTLERS
from hamrong.petitions.resorting import sorted_anew

OLD, NEW = date(2012, 7, 1), date(2026, 7, 1)
LAW, DECREE = "02/2011/QH13", "155/2026/NĐ-CP"
WORK = ("complaint",)
SEND_PAUSE = "kn.suspend.send"

STATES: Final = {
    "received": Words("Đã tiếp nhận", "Received"),
    "settling": Words("Đang giải quyết", "Being settled"),
    "suspended": Words("Tạm đình chỉ", "Suspended"),
    "decided": Words("Đã ra quyết định", "Decided"),
    "sent": Words("Đã gửi quyết định", "Decision sent"),
    "served": Words("Người khiếu nại đã nhận quyết định", "Decision received by the complainant"),
    "ending": Words("Đã đình chỉ, chờ gửi quyết định", "Ended, decision not yet sent"),
    "withdrawn": Words("Đình chỉ do rút khiếu nại", "Ended because it was withdrawn"),
    "guided": Words("Đã hướng dẫn đến nơi có thẩm quyền", "Guided to the competent body"),
    "returned": Words("Không thụ lý", "Not accepted"),
    "appealed": Words("Đã khiếu nại lần hai hoặc khởi kiện", "Gone to a second complaint or to court"),
    "effective": Words("Quyết định có hiệu lực", "Decision in force"),
}

RESULTS: Final = {
    "right": Words("Khiếu nại đúng", "Complaint right"),
    "partly": Words("Khiếu nại đúng một phần", "Complaint partly right"),
    "wrong": Words("Khiếu nại sai toàn bộ", "Complaint wrong altogether"),
}
"""What a decision finds of a complaint (Law on Complaints art. 31 cl. 2, 40 cl. 2)."""

ACCEPT = Step(
    "complaint.accept", Deed(
        "Thụ lý khiếu nại", "Accept the complaint",
        "Đã thụ lý khiếu nại", "Complaint accepted",
    ), "received", "settling", OFFICERS,
    f"{DECREE} Đ10", needs=("document",), touches=(Touch("stop", "kn.accept"), Touch("start", "kn.first")),
)  # fmt: skip
RETURN = Step(
    "complaint.return", Deed(
        "Không thụ lý, nêu rõ lý do", "Decline to accept it, giving reasons",
        "Không thụ lý, đã nêu rõ lý do", "Not accepted, reasons given",
    ), "received", "returned",
    OFFICERS, f"{LAW} Đ27", needs=("reason", "document"), touches=(Touch("stop", "kn.accept"),),
)  # fmt: skip
GUIDE = Step(
    "complaint.guide", Deed(
        "Hướng dẫn đến cơ quan có thẩm quyền", "Refer the complainant to the competent body",
        "Đã hướng dẫn đến cơ quan có thẩm quyền", "Complainant referred to the competent body",
    ), "received",
    "guided", OFFICERS, "42/2013/QH13 Đ26", needs=("reason", "document"), touches=(Touch("stop", "kn.accept"),),
)  # fmt: skip
DIALOGUE = Step(
    "complaint.dialogue", Deed(
        "Ghi nhận buổi đối thoại", "Record a dialogue",
        "Đã đối thoại", "Dialogue held",
    ), "settling", "settling",
    OFFICERS, f"{DECREE} Đ11", needs=("document",),
)  # fmt: skip
SUSPEND = Step(
    "complaint.suspend", Deed(
        "Tạm đình chỉ giải quyết", "Suspend the settlement",
        "Đã tạm đình chỉ giải quyết", "Settlement suspended",
    ), "settling", "suspended",
    OFFICERS, f"{DECREE} Đ12", needs=("reason", "document"), approvers=SETTLERS,
    touches=(Touch("suspend", "kn.first", "suspended"), Touch("start", SEND_PAUSE)),
)  # fmt: skip
RESUME = Step(
    "complaint.resume", Deed(
        "Tiếp tục giải quyết", "Resume the settlement",
        "Đã tiếp tục giải quyết", "Settlement resumed",
    ), "suspended", "settling", OFFICERS,
    f"{DECREE} Đ12", needs=("document",), approvers=SETTLERS,
    touches=(Touch("resume", "kn.first", "continued"), Touch("start", SEND_PAUSE)),
)  # fmt: skip
TELL = Step(
    "complaint.tell", Deed(
        "Gửi quyết định tạm đình chỉ, tiếp tục", "Send the decision to suspend or resume",
        "Đã gửi quyết định tạm đình chỉ, tiếp tục", "Decision to suspend or resume sent",
    ),
    "suspended", "suspended", OFFICERS, f"{DECREE} Đ12", needs=("document",), touches=(Touch("stop", SEND_PAUSE),),
)  # fmt: skip
TELL_RESUMED = replace(TELL, source="settling", target="settling")
TELL_LATE = tuple(replace(TELL, source=state, target=state) for state in ("decided", "sent", "served"))
"""What was not sent in time is still owed after the decision."""
WITHDRAW = Step(
    "complaint.withdraw", Deed(
        "Đình chỉ do rút khiếu nại", "End it because the complaint was withdrawn",
        "Đã đình chỉ do rút khiếu nại", "Ended, complaint withdrawn",
    ), "settling", "ending",
    OFFICERS, f"{DECREE} Đ12", needs=("reason", "document"), approvers=SETTLERS,
    touches=(Touch("stop", "kn.first"), Touch("start", SEND_PAUSE)),
)  # fmt: skip
WITHDRAW_SUSPENDED = replace(WITHDRAW, source="suspended")
TELL_ENDED = replace(
    TELL, source="ending", target="withdrawn",
    words=Deed(
        "Gửi quyết định đình chỉ", "Send the decision to end it",
        "Đã gửi quyết định đình chỉ", "Decision to end it sent",
    ),
)  # fmt: skip
DECIDE = Step(
    "complaint.decide", Deed(
        "Ra quyết định giải quyết", "Issue the decision",
        "Đã ra quyết định giải quyết", "Decision issued",
    ), "settling", "decided", OFFICERS, f"{LAW} Đ31",
    needs=("reason",), approvers=SETTLERS, register="quyet-dinh-khieu-nai", results=tuple(RESULTS),
    touches=(Touch("stop", "kn.first"), Touch("start", "kn.first.send"), Touch("start", "kn.effective")),
)  # fmt: skip
SEND = Step(
    "complaint.send", Deed(
        "Gửi quyết định", "Send the decision",
        "Đã gửi quyết định", "Decision sent",
    ), "decided", "sent", OFFICERS, f"{LAW} Đ32",
    needs=("document",), touches=(Touch("stop", "kn.first.send"),),
)  # fmt: skip
SERVE = Step(
    "complaint.serve", Deed(
        "Ghi nhận ngày nhận quyết định", "Record when it was received",
        "Người khiếu nại đã nhận quyết định", "Decision received by the complainant",
    ), "sent", "served",
    OFFICERS, f"{LAW} Đ33", needs=("document",), touches=(Touch("start", "kn.second.window"),),
)  # fmt: skip
APPEAL = Step(
    "complaint.appeal", Deed(
        "Ghi nhận khiếu nại lần hai hoặc khởi kiện", "Record a second complaint or a lawsuit",
        "Đã khiếu nại lần hai hoặc khởi kiện", "Second complaint or lawsuit brought",
    ),
    "served", "appealed", OFFICERS, f"{LAW} Đ33", needs=("document",),
)  # fmt: skip
APPEAL_UNSETTLED = replace(APPEAL, source="settling")
CLOSE = Step(
    "complaint.close", Deed(
        "Ghi nhận quyết định có hiệu lực", "Record that it is in force",
        "Quyết định đã có hiệu lực", "Decision in force",
    ), "served",
    "effective", OFFICERS, f"{LAW} Đ44", awaits="kn.effective",
)  # fmt: skip

FIRST: Final = sorted_anew(Course(
    code="khieu-nai-lan-dau", words=Words("Khiếu nại lần đầu", "First complaint"), prefix="KN", first=NEW, last=None,
    purposes=WORK, states=STATES, results=RESULTS, begin="received", starts=(Touch("start", "kn.accept"),),
    ends=frozenset({"withdrawn", "guided", "returned", "appealed", "effective"}),
    steps=(
        ACCEPT, RETURN, GUIDE, DIALOGUE, SUSPEND, RESUME, TELL, TELL_RESUMED, WITHDRAW, WITHDRAW_SUSPENDED, TELL_ENDED,
        DECIDE, SEND, SERVE, APPEAL, APPEAL_UNSETTLED, CLOSE, *TELL_LATE,
    ),
))  # fmt: skip


def _before(course: Course, accepted_under: str) -> Course:
    """The course until Law 136/2025: acceptance under the old article; a withdrawal ends it with no clock to send."""
    steps = [step for step in course.steps if step.source != "ending"]
    steps = [replace(step, law=accepted_under) if step.act.endswith(".accept") else step for step in steps]
    steps = [
        replace(step, target="withdrawn", touches=_stops(step), law=f"{LAW} Đ10") if step.target == "ending" else step
        for step in steps
    ]
    states = {code: words for code, words in course.states.items() if code != "ending"}
    return replace(course, first=OLD, last=NEW, states=states, steps=tuple(steps))


def _stops(step: Step) -> tuple[Touch, ...]:
    return tuple(touch for touch in step.touches if touch.what == "stop")


def _second(step: Step) -> Step:
    """A row of the first complaint as the second one has it: acts, people, clocks and articles of its own."""
    rules = {"kn.first": "kn.second", "kn.first.send": "kn.second.send"}
    laws = {f"{LAW} Đ27": f"{LAW} Đ36", f"{LAW} Đ31": f"{LAW} Đ40", f"{LAW} Đ32": f"{LAW} Đ41"}
    return replace(
        step, act=step.act.replace("complaint.", "second-complaint."), roles=SECOND_OFFICERS,
        approvers=SECOND_SETTLERS if step.approvers else (), law=laws.get(step.law, step.law),
        register="quyet-dinh-khieu-nai-lan-hai" if step.register else "",
        touches=tuple(replace(touch, rule=rules.get(touch.rule, touch.rule)) for touch in step.touches),
    )  # fmt: skip


HEARD = Words("Đã đối thoại", "Dialogue held")
PAUSED_HEARD = Words("Tạm đình chỉ sau đối thoại", "Suspended after the dialogue")
_SECOND_STATES = {
    code: words for code, words in STATES.items() if code not in ("served", "appealed", "suspended", "settling")
}

UNHEARD: Final = Words(
    "Khiếu nại lần hai phải đối thoại trước: ghi nhận buổi đối thoại rồi mới đề xuất được quyết định giải quyết.",
    "A second complaint is heard first: record the dialogue, and the decision can be proposed.",
)

# The dialogue is compulsory: only what was heard can be decided.
SECOND: Final = sorted_anew(replace(
    FIRST, code="khieu-nai-lan-hai", words=Words("Khiếu nại lần hai", "Second complaint"), prefix="KH",
    states={
        **_SECOND_STATES, "settling": STATES["settling"], "suspended": STATES["suspended"], "heard": HEARD,
        "paused-heard": PAUSED_HEARD,
    },
    notes={"settling": UNHEARD},
    ends=frozenset({"withdrawn", "guided", "returned", "effective"}),
    steps=tuple(
        _second(step)
        for step in (
            ACCEPT, RETURN, GUIDE, replace(DIALOGUE, target="heard"), SUSPEND,
            replace(SUSPEND, source="heard", target="paused-heard"), RESUME,
            replace(RESUME, source="paused-heard", target="heard"), TELL,
            replace(TELL, source="paused-heard", target="paused-heard"), TELL_RESUMED,
            replace(TELL, source="heard", target="heard"), WITHDRAW, WITHDRAW_SUSPENDED,
            replace(WITHDRAW, source="heard"), replace(WITHDRAW, source="paused-heard"), TELL_ENDED,
            replace(DECIDE, source="heard"), SEND, replace(CLOSE, source="sent"), *TELL_LATE[:2],
        )
    ),
))  # fmt: skip

FIRST_BEFORE: Final = _before(FIRST, f"{LAW} Đ27")
SECOND_BEFORE: Final = _before(SECOND, f"{LAW} Đ36")
