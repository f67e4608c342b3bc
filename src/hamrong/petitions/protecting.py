"""Protecting a denouncer and their family (Law on Denunciation, chapter VI): steps of the courses of denunciations."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hamrong.cases.courses import Deed, Lasting, Step, Touch, Words
from hamrong.petitions.denouncing import LAW, row, signed, with_reason

PROTECTION = "145/2020/TT-BCA"

PROTECT, PROTECT_END = "denunciation.protect", "denunciation.protect-end"
CHANGE: Final = "denunciation.protect-change"
DECIDE_PROTECTION, END_PROTECTION = "tc.protect.decide", "tc.protect.end"
TO_BE_ENDED: Final = Touch("start", END_PROTECTION, after=PROTECT, unless=PROTECT_END)
"""A conclusion, or an ending, that finds protection in force: it ends by law (art. 54 cl. 2 a), and that is decided."""

GONE: Final = (
    ("gone", Words(
        "Căn cứ áp dụng biện pháp bảo vệ không còn (điểm b khoản 2 Điều 54)", "The ground is gone (art. 54(2)(b))",
    )),
    ("asked", Words(
        "Người được bảo vệ đề nghị bằng văn bản (điểm b khoản 2 Điều 54)",
        "Who is protected asks for it in writing (art. 54(2)(b))",
    )),
)  # fmt: skip
"""The grounds on which whoever decided on protection ends it by a decision of their own."""

CONCLUDED_GROUND: Final = (
    "concluded", Words(
        "Đã ra kết luận nội dung tố cáo (điểm a khoản 2 Điều 54)", "The conclusion was issued (art. 54(2)(a))",
    ),
)  # fmt: skip
ENDED_GROUND: Final = (
    "ended", Words(
        "Đã quyết định đình chỉ giải quyết tố cáo (điểm a khoản 2 Điều 54)",
        "It was ended by a decision (art. 54(2)(a))",
    ),
)  # fmt: skip

ON_PAPER: Final = {
    "gone": "căn cứ áp dụng biện pháp bảo vệ không còn (điểm b khoản 2 Điều 54 Luật Tố cáo)",
    "asked": "đề nghị bằng văn bản của người được bảo vệ (điểm b khoản 2 Điều 54 Luật Tố cáo)",
    "concluded": "việc đã ra kết luận nội dung tố cáo (điểm a khoản 2 Điều 54 Luật Tố cáo)",
    "ended": "việc đã quyết định đình chỉ giải quyết tố cáo (điểm a khoản 2 Điều 54 Luật Tố cáo)",
}  # fmt: skip
"""The grounds as the decision to end it writes them after "Xét"."""


def _in_force(step: Step) -> Step:
    """Only while a decision to protect is in force: made, and not ended since."""
    return replace(step, after=PROTECT, unless=PROTECT_END)


def protection(state: str) -> tuple[Step, ...]:
    """Protecting the denouncer and their family, wherever the case stands; nobody is named in what is written."""
    way = f"{state}→{state}"
    return (
        with_reason(row(
            "protect-ask", Deed(
                "Ghi nhận đề nghị bảo vệ (không ghi danh tính)", "Record a request for protection (no names)",
                "Đã có đề nghị bảo vệ (không ghi danh tính)", "Protection requested (no names)",
            ), way, "Đ50",
        )),
        *_asked_of_corruption(way),
        signed(row(
            "protect", Deed(
                "Quyết định áp dụng biện pháp bảo vệ", "Order protection",
                "Đã quyết định áp dụng biện pháp bảo vệ", "Protection ordered",
            ), way, "Đ52",
            Touch("stop", DECIDE_PROTECTION),
        ), "quyet-dinh-bao-ve"),
        signed(row(
            "protect-not", Deed(
                "Không áp dụng biện pháp bảo vệ, nêu rõ lý do", "Decline protection, giving reasons",
                "Không áp dụng biện pháp bảo vệ, đã nêu rõ lý do", "Protection declined, reasons given",
            ), way,
            "Đ51 k3", Touch("stop", DECIDE_PROTECTION),
        )),
        _in_force(signed(row(
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
        replace(with_reason(row(
            ask, Deed(
                "Ghi nhận đề nghị bảo vệ khi tố cáo tham nhũng, lãng phí (không ghi danh tính)",
                "Record a request for protection: corruption or waste (no names)",
                "Đã có đề nghị bảo vệ khi tố cáo tham nhũng, lãng phí (không ghi danh tính)",
                "Protection requested: corruption or waste (no names)",
            ), way, "Đ50",
            Touch("start", DECIDE_PROTECTION),
        )), law=f"{PROTECTION} Đ5 k3"),
        replace(with_reason(row(
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
    found = row(
        "protect-end", Deed(
            "Chấm dứt biện pháp bảo vệ", "End the protection",
            "Đã chấm dứt biện pháp bảo vệ", "Protection ended",
        ), f"{state}→{state}", "Đ54 k2",
        Touch("stop", END_PROTECTION),
    )  # fmt: skip
    return replace(_in_force(signed(found, "quyet-dinh-bao-ve")), grounds=(*grounds, *GONE))


PRESSED: Final = protection("withdrawal")
"""While a withdrawal is weighed: whoever was made to withdraw needs it most."""


def answered(state: str) -> tuple[Step, ...]:
    """Where nobody asks any more: a request that waits for its answer (Circular 145/2020 art. 5 cl. 3) gets one."""
    found = [step for step in protection(state) if step.act in (PROTECT, "denunciation.protect-not")]
    return tuple(replace(step, after="denunciation.protect-ask-corruption", unless=PROTECT) for step in found)


PROTECTED: Final = (
    *(step for state in ("checking", "settling", "suspended", "acted") for step in protection(state)), *PRESSED,
)  # fmt: skip


def _after(state: str, ground: tuple[str, Words]) -> Iterator[Step]:
    """Once it was concluded or ended: whoever is harmed or threatened after that asks again (art. 54 cl. 3)."""
    for step in protection(state):
        if step.act == "denunciation.protect-ask":
            yield replace(step, law=f"{LAW} Đ54 k3")
        elif step.act != PROTECT_END:
            yield step
    yield ending_protection(state, ground)


def standing_protection(state: str) -> tuple[Step, ...]:
    """Where somebody else settles it or nobody does: what is in force is changed and ended by whoever ordered it."""
    change = next(step for step in protection(state) if step.act == CHANGE)
    return (change, ending_protection(state))


PROTECTION_ENDED: Final = (
    *(step for state in ("concluded", "sent", "published", "closed") for step in _after(state, CONCLUDED_GROUND)),
    *(step for state in ("ending", "ended") for step in _after(state, ENDED_GROUND)),
)
NOT_ACCEPTED: Final = standing_protection("refused")
"""The end of a case does not end a protection: whoever ordered it does, on the grounds of the law."""

LASTING: Final = Lasting(
    PROTECT, PROTECT_END, Words("Biện pháp bảo vệ", "Protection"), f"{LAW} Đ54", (END_PROTECTION,),
    acts=tuple(dict.fromkeys(step.act for step in protection("ended") if step.act != PROTECT_END)),
)  # fmt: skip
