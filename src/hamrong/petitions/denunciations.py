"""Denunciations (tố cáo) as a table, before and since Law 136/2025/QH15 and Decree 156/2026."""

from dataclasses import replace
from datetime import date
from typing import Final

from hamrong.cases.courses import Course, Deed, Step, Touch, Words
from hamrong.petitions.denouncing import LAW, approved, on_paper, row, signed, with_reason
from hamrong.petitions.people import SETTLER
from hamrong.petitions.protecting import LASTING, NOT_ACCEPTED, PROTECTED, PROTECTION_ENDED, TO_BE_ENDED
from hamrong.petitions.resorting import sorted_anew

OLD, NEW = date(2019, 1, 1), date(2026, 7, 1)
DECREE = "156/2026/NĐ-CP"
SEND_PAUSE = "tc.suspend.send"
BOTH = (Touch("stop", "tc.initial"), Touch("stop", "tc.transfer"))

STATES: Final = {
    "received": Words("Đã tiếp nhận", "Received"),
    "checking": Words("Đang kiểm tra điều kiện thụ lý", "Conditions being checked"),
    "settling": Words("Đang giải quyết", "Being settled"),
    "suspended": Words("Tạm đình chỉ", "Suspended"),
    "withdrawal": Words("Người tố cáo rút tố cáo, đang xem xét", "Withdrawn by the denouncer, being weighed"),
    "ending": Words("Đã đình chỉ, chờ gửi quyết định", "Ended, decision not yet sent"),
    "concluded": Words("Đã kết luận", "Concluded"),
    "sent": Words("Đã gửi kết luận", "Conclusion sent"),
    "acted": Words("Đã xử lý theo kết luận", "Acted upon"),
    "published": Words("Đã công khai kết luận", "Conclusion published"),
    "closed": Words("Đã kết thúc", "Closed"),
    "ended": Words("Đã đình chỉ", "Ended without a conclusion"),
    "refused": Words("Không thụ lý", "Not accepted"),
    "transferred": Words("Đã chuyển nơi có thẩm quyền", "Transferred to the competent body"),
    "informed": Words("Đã chuyển để thanh tra, kiểm tra", "Handed over for inspection"),
    "filed": Words("Lưu đơn", "Filed"),
}


RESULTS: Final = {
    "right": Words("Tố cáo đúng", "Denunciation true"),
    "partly": Words("Tố cáo đúng một phần", "Denunciation partly true"),
    "wrong": Words("Tố cáo sai", "Denunciation false"),
    "malicious": Words("Cố ý tố cáo sai sự thật", "Denunciation deliberately false"),
}
"""What a conclusion finds of a denunciation (Law on Denunciation art. 35 cl. 2; deliberately false: art. 8)."""


LATE: Final = ("concluded", "sent", "acted", "published")
NOTIFYING: Final = ("settling", "suspended", "withdrawal", *LATE)
"""Where what is owed is done: no suspension, no withdrawal that is being weighed and no conclusion puts it off."""

OVER: Final = Words(
    "Hồ sơ đã kết thúc. Ai bị xâm hại, đe dọa sau đó thì đề nghị bảo vệ lại (khoản 3 Điều 54 Luật Tố cáo): ghi nhận và "
    "quyết định ở đây, hồ sơ vẫn kết thúc.",
    "The case is over. Whoever is harmed or threatened after that asks for protection again (Law on Denunciation art. "
    "54(3)): record and decide it here; the case stays closed.",
)  # fmt: skip
NOTES: Final = {
    "closed": OVER, "ended": OVER,
    "withdrawal": Words(
        "Việc rút tố cáo chưa kết thúc vụ việc: thời hạn giải quyết vẫn chạy, thông báo thụ lý và quyết định chưa gửi "
        "vẫn phải gửi, người tố cáo vẫn được bảo vệ. Ghi kết quả xem xét: đình chỉ, hoặc tiếp tục giải quyết.",
        "A withdrawal has not ended it: the time to settle it runs on, the notice of acceptance and a decision that "
        "was not sent are still owed, and the denouncer is protected as before. Record what was found: it is ended, "
        "or goes on.",
    ),
}  # fmt: skip
"""What whoever reads a case in a state should know."""

FOLLOWED: Final = {
    "withdrawal": Words(
        "Hồ sơ ghi nhận là bạn đã rút tố cáo; việc đó đang được xem xét và chưa kết thúc vụ việc, bạn vẫn được bảo vệ. "
        "Bạn không rút, hoặc có người ép, mua chuộc bạn rút? Hãy viết cho cán bộ ở trang này.",
        "It is on record that you withdrew the denunciation. That is being weighed and has not ended it; you are "
        "protected as before. You did not withdraw, or somebody threatened or bribed you? Write it to the "
        "officers on this page.",
    ),
}  # fmt: skip
"""What the sender should know in a state."""


FOUND: Final = (
    ("violation", Words(
        "Hành vi bị tố cáo có dấu hiệu vi phạm pháp luật", "What was denounced shows signs of a violation",
    )),
    ("pressed", Words(
        "Có căn cứ cho rằng việc rút là do bị đe dọa, mua chuộc", "Grounds to believe that threats or bribes led to it",
    )),
    ("abused", Words(
        "Lợi dụng tố cáo để vu khống, xúc phạm, gây thiệt hại cho người bị tố cáo",
        "The denunciation was abused to slander, insult or harm who was denounced",
    )),
)  # fmt: skip
"""What is found where a withdrawal does not end it (Law on Denunciation art. 33 cl. 3)."""


SORTED: Final = (
    row(
        "competent", Deed(
            "Xác định thuộc thẩm quyền", "Confirm that it is within our competence",
            "Đã xác định thuộc thẩm quyền", "Found to be within our competence",
        ), "received→checking", "Đ24 k1",
        Touch("stop", "tc.transfer"),
    ),
    approved(on_paper(with_reason(row(
        "transfer", Deed(
            "Chuyển cơ quan có thẩm quyền", "Transfer to the competent body",
            "Đã chuyển cơ quan có thẩm quyền", "Transferred to the competent body",
        ), "received→transferred",
        "Đ24 k2", *BOTH,
    )))),
    signed(row(
        "inform", Deed(
            "Chuyển thông tin không có người tố cáo để thanh tra, kiểm tra",
            "Hand anonymous information over for inspection",
            "Đã chuyển thông tin không có người tố cáo để thanh tra, kiểm tra",
            "Anonymous information handed over for inspection",
        ), "received→informed", "Đ25", *BOTH,
    )),
    signed(row("file", Deed("Lưu đơn", "File it", "Đã lưu đơn", "Filed"), "received→filed", "Đ25", *BOTH)),
    with_reason(row(
        "check-longer", Deed(
            "Kéo dài việc kiểm tra ban đầu", "Extend the first check",
            "Đã kéo dài việc kiểm tra ban đầu", "First check extended",
        ), "checking→checking",
        "Đ24 k1", Touch("extend", "tc.initial", "many_places"),
    )),
    signed(row(
        "refuse", Deed(
            "Không thụ lý, nêu rõ lý do", "Decline to accept it, giving reasons",
            "Không thụ lý, đã nêu rõ lý do", "Not accepted, reasons given",
        ), "checking→refused", "Đ24 k1",
        Touch("stop", "tc.initial"),
    )),
    signed(row(
        "accept", Deed(
            "Thụ lý tố cáo", "Accept the denunciation",
            "Đã thụ lý tố cáo", "Denunciation accepted",
        ), "checking→settling", "Đ29", Touch("stop", "tc.initial"),
        Touch("start", "tc.settle"), Touch("start", "tc.accept.notify"),
    ), "quyet-dinh-thu-ly-to-cao"),
)  # fmt: skip
SETTLED: Final = (
    *(
        on_paper(row(
            "notify", Deed(
                "Thông báo việc thụ lý", "Give notice of the acceptance",
                "Đã thông báo việc thụ lý", "Notice of the acceptance given",
            ), way, "Đ29 k3",
            Touch("stop", "tc.accept.notify"),
        ))
        for way in (f"{state}→{state}" for state in (*NOTIFYING, "ending"))
    ),
    on_paper(row("verify", Deed(
        "Giao xác minh", "Assign the verification",
        "Đã giao xác minh", "Verification assigned",
    ), "settling→settling", "Đ31")),
    signed(row(
        "extend", Deed(
            "Gia hạn giải quyết", "Extend the time limit",
            "Đã gia hạn giải quyết", "Time limit extended",
        ), "settling→settling", "Đ30",
        Touch("extend", "tc.settle", "complex", SETTLER),
    )),
    signed(row(
        "extend-again", Deed(
            "Gia hạn giải quyết lần hai", "Extend the time limit a second time",
            "Đã gia hạn giải quyết lần hai", "Time limit extended a second time",
        ), "settling→settling", "Đ30",
        Touch("extend", "tc.settle", "specially_complex", SETTLER),
    )),
    signed(row(
        "suspend", Deed(
            "Tạm đình chỉ giải quyết", "Suspend the settlement",
            "Đã tạm đình chỉ giải quyết", "Settlement suspended",
        ), "settling→suspended", "Đ34",
        Touch("suspend", "tc.settle", "suspended"), Touch("start", SEND_PAUSE),
    )),
    *(
        on_paper(row(
            "tell", Deed(
                "Gửi quyết định tạm đình chỉ", "Send the decision to suspend",
                "Đã gửi quyết định tạm đình chỉ", "Decision to suspend sent",
            ), way, "Đ34 k4",
            Touch("stop", SEND_PAUSE),
        ))
        for way in (f"{state}→{state}" for state in NOTIFYING)
    ),
    signed(row(
        "resume", Deed(
            "Tiếp tục giải quyết", "Resume the settlement",
            "Đã tiếp tục giải quyết", "Settlement resumed",
        ), "suspended→settling", "Đ34 k2",
        Touch("resume", "tc.settle", "resumed"),
    )),
    on_paper(row(
        "withdraw", Deed(
            "Ghi nhận việc rút tố cáo", "Record the withdrawal",
            "Người tố cáo đã rút tố cáo", "Withdrawn by the denouncer",
        ), "settling→withdrawal", "Đ33",
    )),
    *(
        on_paper(with_reason(row(
            "withdraw-part", Deed(
                "Ghi nhận rút một phần, hoặc một số người rút",
                "Record that a part, or some of several people, withdrew",
                "Đã rút một phần, hoặc một số người đã rút; phần còn lại tiếp tục được giải quyết",
                "A part, or some of several people, withdrew; the rest goes on",
            ), way, "Đ33 k2",
        )))
        for way in ("settling→settling", "suspended→suspended")
    ),
    # What ends it names its findings: no sign of a violation, no coercion, no abuse. Otherwise it goes on.
    signed(row(
        "end", Deed(
            "Đình chỉ vì không có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "End it: no sign of a violation, coercion or abuse",
            "Đã đình chỉ: không có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "Ended: no sign of a violation, coercion or abuse",
        ), "withdrawal→ending", "Đ33", Touch("stop", "tc.settle"),
        Touch("start", SEND_PAUSE), TO_BE_ENDED,
    )),
    replace(with_reason(row(
        "go-on", Deed(
            "Tiếp tục dù đã rút, vì có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "Continue despite the withdrawal: signs of a violation, coercion or abuse",
            "Đã tiếp tục dù người tố cáo rút: có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "Continued despite the withdrawal: signs of a violation, coercion or abuse",
        ), "withdrawal→settling", "Đ33",
    )), grounds=FOUND),
    on_paper(row(
        "tell-end", Deed(
            "Gửi quyết định đình chỉ", "Send the decision to end it",
            "Đã gửi quyết định đình chỉ", "Decision to end it sent",
        ), "ending→ended", "Đ34 k4",
        Touch("stop", SEND_PAUSE),
    )),
)  # fmt: skip
OVERDUE: Final = (
    replace(on_paper(row(
        "demand", Deed(
            "Ghi nhận tố cáo quá hạn, cấp trên yêu cầu báo cáo",
            "Record that it is overdue and the superior demands a report",
            "Đã quá hạn, cấp trên yêu cầu báo cáo",
            "Overdue, report demanded by the superior",
        ),
        "settling→settling", "Đ38 k2", Touch("start", "tc.overdue.demand"),
    )), awaits="tc.settle"),
    *(
        on_paper(with_reason(row(
            "report", Deed(
                "Báo cáo cấp trên về việc chậm giải quyết", "Report the delay to the superior",
                "Đã báo cáo cấp trên về việc chậm giải quyết", "Delay reported to the superior",
            ),
            way, "Đ38 k3", Touch("stop", "tc.overdue.demand"),
        )))
        for way in (f"{state}→{state}" for state in (*NOTIFYING, "ending"))
    ),
)  # fmt: skip


def since_the_decree(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The rows since the decree says what has to be found before a withdrawal ends it."""
    return tuple(replace(step, law=f"{DECREE} Đ1") if step.law == f"{LAW} Đ33" else step for step in steps)


CONCLUDED: Final = (
    replace(signed(row(
        "conclude", Deed(
            "Kết luận nội dung tố cáo", "Issue the conclusion",
            "Đã kết luận nội dung tố cáo", "Conclusion issued",
        ), "settling→concluded", "Đ35", Touch("stop", "tc.settle"),
        Touch("start", "tc.conclusion.send"), Touch("start", "tc.conclusion.act"), Touch("start", "tc.publish"),
        TO_BE_ENDED,
    ), "ket-luan-to-cao"), results=tuple(RESULTS)),
    on_paper(row(
        "send", Deed(
            "Gửi kết luận", "Send the conclusion",
            "Đã gửi kết luận", "Conclusion sent",
        ), "concluded→sent", "Đ35 k3", Touch("stop", "tc.conclusion.send"),
    )),
    *(
        on_paper(row(
            "act", Deed(
                "Xử lý theo kết luận", "Act on the conclusion",
                "Đã xử lý theo kết luận", "Conclusion acted on",
            ), way, "Đ36 k1", Touch("stop", "tc.conclusion.act"),
        ))
        for way in ("sent→acted", "published→closed")
    ),
    *(
        on_paper(row(
            "publish", Deed(
                "Công khai kết luận, không lộ người tố cáo", "Publish the conclusion without naming the denouncer",
                "Đã công khai kết luận, không lộ người tố cáo", "Conclusion published, denouncer not named",
            ),
            way, "Đ40", Touch("stop", "tc.publish"),
        ))
        for way in ("sent→published", "acted→closed")
    ),
)  # fmt: skip

DENUNCIATION_BEFORE: Final = sorted_anew(Course(
    code="to-cao", words=Words("Tố cáo", "Denunciation"), prefix="TC", first=OLD, last=NEW,
    purposes=("denunciation",), states=STATES, results=RESULTS, begin="received",
    starts=(Touch("start", "tc.initial"), Touch("start", "tc.transfer")),
    ends=frozenset({"closed", "ended", "refused", "transferred", "informed", "filed"}),
    steps=(*SORTED, *SETTLED, *OVERDUE, *PROTECTED, *PROTECTION_ENDED, *NOT_ACCEPTED, *CONCLUDED),
    lasting=(LASTING,), notes=NOTES,
))  # fmt: skip

DENUNCIATION: Final = replace(
    DENUNCIATION_BEFORE, first=NEW, last=None, steps=since_the_decree(DENUNCIATION_BEFORE.steps)
)
