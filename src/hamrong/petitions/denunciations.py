"""Denunciations (tố cáo) as a table, before and since Law 136/2025/QH15 and Decree 156/2026."""

from dataclasses import replace
from datetime import date
from typing import Final

from hamrong.cases.courses import Course, Deed, Lasting, Step, Touch, Words
from hamrong.petitions.people import OFFICERS, SETTLER, SETTLERS

OLD, NEW = date(2019, 1, 1), date(2026, 7, 1)
LAW, DECREE, PROTECTION = "25/2018/QH14", "156/2026/NĐ-CP", "145/2020/TT-BCA"
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


NOTIFYING: Final = ("settling", "suspended", "withdrawal")
"""Where a notice that is owed is given: neither a suspension nor a withdrawal that is being weighed puts it off."""

NOTES: Final = {
    "withdrawal": Words(
        "Việc rút tố cáo chưa kết thúc vụ việc: thời hạn giải quyết vẫn chạy, thông báo thụ lý và quyết định chưa gửi "
        "vẫn phải gửi, người tố cáo vẫn được bảo vệ. Ghi kết quả xem xét: đình chỉ, hoặc tiếp tục giải quyết.",
        "A withdrawal has not ended it: the time to settle it runs on, the notice of acceptance and a decision that "
        "was not sent are still owed, and the denouncer is protected as before. Record what was found: it is ended, "
        "or goes on.",
    ),
}  # fmt: skip
"""What whoever reads a case in a state should know."""


def _row(act: str, words: Deed, way: str, article: str, *touches: Touch) -> Step:
    """A row of the officers; `way` is `source→target`."""
    source, target = way.split("→")
    return Step(f"denunciation.{act}", words, source, target, OFFICERS, f"{LAW} {article}", touches=touches)


def _with_reason(step: Step) -> Step:
    return replace(step, needs=(*step.needs, "reason"))


def _in_force(step: Step) -> Step:
    """Only while a decision to protect is in force: made, and not ended since."""
    return replace(step, after=PROTECT, unless=PROTECT_END)


PROTECT, PROTECT_END = "denunciation.protect", "denunciation.protect-end"
DECIDE_PROTECTION, END_PROTECTION = "tc.protect.decide", "tc.protect.end"
TO_BE_ENDED: Final = Touch("start", END_PROTECTION, after=PROTECT, unless=PROTECT_END)
"""A conclusion, or an ending, that finds protection in force: it ends by law (art. 54 cl. 2 a), and that is decided."""

GONE: Final = (
    ("gone", Words("Căn cứ áp dụng biện pháp bảo vệ không còn (Đ54 k2 b)", "The ground is gone (art. 54(2)(b))")),
    ("asked", Words(
        "Người được bảo vệ đề nghị bằng văn bản (Đ54 k2 b)", "Who is protected asks for it in writing (art. 54(2)(b))"
    )),
)  # fmt: skip
"""The grounds on which whoever decided on protection ends it by a decision of their own."""

CONCLUDED_GROUND: Final = (
    "concluded", Words("Đã ra kết luận nội dung tố cáo (Đ54 k2 a)", "The conclusion was issued (art. 54(2)(a))"),
)  # fmt: skip
ENDED_GROUND: Final = (
    "ended", Words("Đã quyết định đình chỉ giải quyết tố cáo (Đ54 k2 a)", "It was ended by a decision (art. 54(2)(a))"),
)  # fmt: skip


def _on_paper(step: Step) -> Step:
    return replace(step, needs=(*step.needs, "document"))


def _signed(step: Step, register: str = "") -> Step:
    """Proposed by an officer with the grounds in words, approved by whoever settles; the register gives its number."""
    return replace(step, needs=("reason",), approvers=SETTLERS, register=register)


def _approved(step: Step) -> Step:
    """What ends a denunciation takes a second person: nobody knows that whoever proposes it is not denounced in it."""
    return replace(step, approvers=SETTLERS)


SORTED: Final = (
    _row(
        "competent", Deed(
            "Xác định thuộc thẩm quyền", "Confirm that it is within our competence",
            "Đã xác định thuộc thẩm quyền", "Found to be within our competence",
        ), "received→checking", "Đ24 k1",
        Touch("stop", "tc.transfer"),
    ),
    _approved(_on_paper(_with_reason(_row(
        "transfer", Deed(
            "Chuyển cơ quan có thẩm quyền", "Transfer to the competent body",
            "Đã chuyển cơ quan có thẩm quyền", "Transferred to the competent body",
        ), "received→transferred",
        "Đ24 k2", *BOTH,
    )))),
    _signed(_row(
        "inform", Deed(
            "Chuyển thông tin không có người tố cáo để thanh tra, kiểm tra",
            "Hand anonymous information over for inspection",
            "Đã chuyển thông tin không có người tố cáo để thanh tra, kiểm tra",
            "Anonymous information handed over for inspection",
        ), "received→informed", "Đ25", *BOTH,
    )),
    _signed(_row("file", Deed("Lưu đơn", "File it", "Đã lưu đơn", "Filed"), "received→filed", "Đ25", *BOTH)),
    _with_reason(_row(
        "check-longer", Deed(
            "Kéo dài việc kiểm tra ban đầu", "Extend the first check",
            "Đã kéo dài việc kiểm tra ban đầu", "First check extended",
        ), "checking→checking",
        "Đ24 k1", Touch("extend", "tc.initial", "many_places"),
    )),
    _signed(_row(
        "refuse", Deed(
            "Không thụ lý, nêu rõ lý do", "Decline to accept it, giving reasons",
            "Không thụ lý, đã nêu rõ lý do", "Not accepted, reasons given",
        ), "checking→refused", "Đ24 k1",
        Touch("stop", "tc.initial"),
    )),
    _signed(_row(
        "accept", Deed(
            "Thụ lý tố cáo", "Accept the denunciation",
            "Đã thụ lý tố cáo", "Denunciation accepted",
        ), "checking→settling", "Đ29", Touch("stop", "tc.initial"),
        Touch("start", "tc.settle"), Touch("start", "tc.accept.notify"),
    ), "quyet-dinh-thu-ly-to-cao"),
)  # fmt: skip
SETTLED: Final = (
    *(
        _on_paper(_row(
            "notify", Deed(
                "Thông báo việc thụ lý", "Give notice of the acceptance",
                "Đã thông báo việc thụ lý", "Notice of the acceptance given",
            ), way, "Đ29 k3",
            Touch("stop", "tc.accept.notify"),
        ))
        for way in (f"{state}→{state}" for state in NOTIFYING)
    ),
    _on_paper(_row("verify", Deed(
        "Giao xác minh", "Assign the verification",
        "Đã giao xác minh", "Verification assigned",
    ), "settling→settling", "Đ31")),
    _signed(_row(
        "extend", Deed(
            "Gia hạn giải quyết", "Extend the time limit",
            "Đã gia hạn giải quyết", "Time limit extended",
        ), "settling→settling", "Đ30",
        Touch("extend", "tc.settle", "complex", SETTLER),
    )),
    _signed(_row(
        "extend-again", Deed(
            "Gia hạn giải quyết lần hai", "Extend the time limit a second time",
            "Đã gia hạn giải quyết lần hai", "Time limit extended a second time",
        ), "settling→settling", "Đ30",
        Touch("extend", "tc.settle", "specially_complex", SETTLER),
    )),
    _signed(_row(
        "suspend", Deed(
            "Tạm đình chỉ giải quyết", "Suspend the settlement",
            "Đã tạm đình chỉ giải quyết", "Settlement suspended",
        ), "settling→suspended", "Đ34",
        Touch("suspend", "tc.settle", "suspended"), Touch("start", SEND_PAUSE),
    )),
    *(
        _on_paper(_row(
            "tell", Deed(
                "Gửi quyết định tạm đình chỉ", "Send the decision to suspend",
                "Đã gửi quyết định tạm đình chỉ", "Decision to suspend sent",
            ), way, "Đ34 k4",
            Touch("stop", SEND_PAUSE),
        ))
        for way in (f"{state}→{state}" for state in NOTIFYING)
    ),
    _signed(_row(
        "resume", Deed(
            "Tiếp tục giải quyết", "Resume the settlement",
            "Đã tiếp tục giải quyết", "Settlement resumed",
        ), "suspended→settling", "Đ34 k2",
        Touch("resume", "tc.settle", "resumed"),
    )),
    _on_paper(_row(
        "withdraw", Deed(
            "Ghi nhận việc rút tố cáo", "Record the withdrawal",
            "Người tố cáo đã rút tố cáo", "Withdrawn by the denouncer",
        ), "settling→withdrawal", "Đ33",
    )),
    # What ends it names its findings: no sign of a violation, no coercion, no abuse. Otherwise it goes on.
    _signed(_row(
        "end", Deed(
            "Đình chỉ vì không có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "End it: no sign of a violation, coercion or abuse",
            "Đã đình chỉ: không có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "Ended: no sign of a violation, coercion or abuse",
        ), "withdrawal→ending", "Đ33", Touch("stop", "tc.settle"),
        Touch("start", SEND_PAUSE), TO_BE_ENDED,
    )),
    _with_reason(_row(
        "go-on", Deed(
            "Tiếp tục dù đã rút, vì có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "Continue despite the withdrawal: signs of a violation, coercion or abuse",
            "Đã tiếp tục dù người tố cáo rút: có dấu hiệu vi phạm, ép buộc hay lợi dụng",
            "Continued despite the withdrawal: signs of a violation, coercion or abuse",
        ), "withdrawal→settling", "Đ33",
    )),
    _on_paper(_row(
        "tell-end", Deed(
            "Gửi quyết định đình chỉ", "Send the decision to end it",
            "Đã gửi quyết định đình chỉ", "Decision to end it sent",
        ), "ending→ended", "Đ34 k4",
        Touch("stop", SEND_PAUSE),
    )),
)  # fmt: skip
OVERDUE: Final = (
    _on_paper(_row(
        "demand", Deed(
            "Ghi nhận tố cáo quá hạn, cấp trên yêu cầu báo cáo",
            "Record that it is overdue and the superior demands a report",
            "Đã quá hạn, cấp trên yêu cầu báo cáo",
            "Overdue, report demanded by the superior",
        ),
        "settling→settling", "Đ38 k2", Touch("start", "tc.overdue.demand"),
    )),
    _on_paper(_with_reason(_row(
        "report", Deed(
            "Báo cáo cấp trên về việc chậm giải quyết", "Report the delay to the superior",
            "Đã báo cáo cấp trên về việc chậm giải quyết", "Delay reported to the superior",
        ),
        "settling→settling", "Đ38 k3", Touch("stop", "tc.overdue.demand"),
    ))),
)  # fmt: skip


def protection(state: str) -> tuple[Step, ...]:
    """Protecting the denouncer and their family, wherever the case stands; nobody is named in what is written."""
    way = f"{state}→{state}"
    return (
        _with_reason(_row(
            "protect-ask", Deed(
                "Ghi nhận đề nghị bảo vệ (không ghi danh tính)", "Record a request for protection (no names)",
                "Đã có đề nghị bảo vệ (không ghi danh tính)", "Protection requested (no names)",
            ), way, "Đ50",
        )),
        *_asked_of_corruption(way),
        _signed(_row(
            "protect", Deed(
                "Quyết định áp dụng biện pháp bảo vệ", "Order protection",
                "Đã quyết định áp dụng biện pháp bảo vệ", "Protection ordered",
            ), way, "Đ52",
            Touch("stop", DECIDE_PROTECTION),
        ), "quyet-dinh-bao-ve"),
        _signed(_row(
            "protect-not", Deed(
                "Không áp dụng biện pháp bảo vệ, nêu rõ lý do", "Decline protection, giving reasons",
                "Không áp dụng biện pháp bảo vệ, đã nêu rõ lý do", "Protection declined, reasons given",
            ), way,
            "Đ51 k3", Touch("stop", DECIDE_PROTECTION),
        )),
        _in_force(_signed(_row(
            "protect-change", Deed(
                "Thay đổi, bổ sung biện pháp bảo vệ", "Change or add to the protection",
                "Đã thay đổi, bổ sung biện pháp bảo vệ", "Protection changed or added to",
            ), way, "Đ54 k1",
        ), "quyet-dinh-bao-ve")),
        ending_protection(state, *([CONCLUDED_GROUND] if state == "acted" else [])),
    )  # fmt: skip


def _asked_of_corruption(way: str) -> tuple[Step, ...]:
    """A request where corruption or waste is denounced has a term of its own (Circular 145/2020 art. 5 cl. 3)."""
    ask = "protect-ask-corruption"
    return (
        replace(_with_reason(_row(
            ask, Deed(
                "Ghi nhận đề nghị bảo vệ khi tố cáo tham nhũng, lãng phí (không ghi danh tính)",
                "Record a request for protection: corruption or waste (no names)",
                "Đã có đề nghị bảo vệ khi tố cáo tham nhũng, lãng phí (không ghi danh tính)",
                "Protection requested: corruption or waste (no names)",
            ), way, "Đ50",
            Touch("start", DECIDE_PROTECTION),
        )), law=f"{PROTECTION} Đ5 k3"),
        replace(_with_reason(_row(
            "protect-longer", Deed(
                "Kéo dài việc xem xét bảo vệ, phải kiểm tra nhiều nơi",
                "Take longer over protection: several places to check",
                "Đã kéo dài việc xem xét bảo vệ, phải kiểm tra nhiều nơi",
                "Decision on protection extended: several places to check",
            ), way, "Đ51",
            Touch("extend", DECIDE_PROTECTION, "many_places"),
        )), law=f"{PROTECTION} Đ5 k3", after=f"denunciation.{ask}", unless=PROTECT),
    )  # fmt: skip


def ending_protection(state: str, *grounds: tuple[str, Words]) -> Step:
    """Ending the protection where a case stands, on one of the law's grounds: `grounds` beside those of a decision."""
    row = _row(
        "protect-end", Deed(
            "Chấm dứt biện pháp bảo vệ", "End the protection",
            "Đã chấm dứt biện pháp bảo vệ", "Protection ended",
        ), f"{state}→{state}", "Đ54 k2",
        Touch("stop", END_PROTECTION),
    )  # fmt: skip
    return replace(_in_force(_signed(row, "quyet-dinh-bao-ve")), grounds=(*grounds, *GONE))


def since_the_decree(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The rows since the decree says what has to be found before a withdrawal ends it."""
    return tuple(replace(step, law=f"{DECREE} Đ1") if step.law == f"{LAW} Đ33" else step for step in steps)


PRESSED: Final = tuple(
    step for step in protection("withdrawal")
    if step.act in ("denunciation.protect-ask", PROTECT, PROTECT_END)
)  # fmt: skip
"""While a withdrawal is weighed: whoever was made to withdraw needs it most."""

PROTECTED: Final = (
    *(step for state in ("checking", "settling", "suspended", "acted") for step in protection(state)), *PRESSED,
)  # fmt: skip
PROTECTION_ENDED: Final = (
    *(ending_protection(state, CONCLUDED_GROUND) for state in ("concluded", "sent", "published", "closed")),
    *(ending_protection(state, ENDED_GROUND) for state in ("ending", "ended")),
)
NOT_ACCEPTED: Final = (ending_protection("refused"),)
"""The end of a case does not end a protection: whoever ordered it does, on the grounds of the law."""

LASTING: Final = Lasting(
    PROTECT, PROTECT_END, Words("Biện pháp bảo vệ", "Protection"), f"{LAW} Đ54", (END_PROTECTION,)
)  # fmt: skip
CONCLUDED: Final = (
    replace(_signed(_row(
        "conclude", Deed(
            "Kết luận nội dung tố cáo", "Issue the conclusion",
            "Đã kết luận nội dung tố cáo", "Conclusion issued",
        ), "settling→concluded", "Đ35", Touch("stop", "tc.settle"),
        Touch("start", "tc.conclusion.send"), Touch("start", "tc.conclusion.act"), Touch("start", "tc.publish"),
        TO_BE_ENDED,
    ), "ket-luan-to-cao"), results=tuple(RESULTS)),
    _on_paper(_row(
        "send", Deed(
            "Gửi kết luận", "Send the conclusion",
            "Đã gửi kết luận", "Conclusion sent",
        ), "concluded→sent", "Đ35 k3", Touch("stop", "tc.conclusion.send"),
    )),
    *(
        _on_paper(_row(
            "act", Deed(
                "Xử lý theo kết luận", "Act on the conclusion",
                "Đã xử lý theo kết luận", "Conclusion acted on",
            ), way, "Đ36 k1", Touch("stop", "tc.conclusion.act"),
        ))
        for way in ("sent→acted", "published→closed")
    ),
    *(
        _on_paper(_row(
            "publish", Deed(
                "Công khai kết luận, không lộ người tố cáo", "Publish the conclusion without naming the denouncer",
                "Đã công khai kết luận, không lộ người tố cáo", "Conclusion published, denouncer not named",
            ),
            way, "Đ40", Touch("stop", "tc.publish"),
        ))
        for way in ("sent→published", "acted→closed")
    ),
)  # fmt: skip

DENUNCIATION_BEFORE: Final = Course(
    code="to-cao", words=Words("Tố cáo", "Denunciation"), prefix="TC", first=OLD, last=NEW,
    purposes=("denunciation",), states=STATES, results=RESULTS, begin="received",
    starts=(Touch("start", "tc.initial"), Touch("start", "tc.transfer")),
    ends=frozenset({"closed", "ended", "refused", "transferred", "informed", "filed"}),
    steps=(*SORTED, *SETTLED, *OVERDUE, *PROTECTED, *PROTECTION_ENDED, *NOT_ACCEPTED, *CONCLUDED),
    lasting=(LASTING,), notes=NOTES,
)  # fmt: skip

DENUNCIATION: Final = replace(
    DENUNCIATION_BEFORE, first=NEW, last=None, steps=since_the_decree(DENUNCIATION_BEFORE.steps)
)
