"""Re-denunciations (tố cáo tiếp, Law on Denunciations art. 37) as a table, in both legal states.

The superior of whoever settled it examines the earlier settlement: right → it is not settled again, and the denouncer
is told why; wrong → it is settled again, by the rows of a denunciation. That a term has passed is art. 38, which stands
in the course of the first denunciation.
"""

from dataclasses import replace
from typing import Final

from hamrong.cases.courses import Course, Deed, Need, Step, Touch, Words
from hamrong.petitions.denouncing import LAW
from hamrong.petitions.denunciations import (
    CONCLUDED,
    DENUNCIATION,
    DENUNCIATION_BEFORE,
    OVERDUE,
    SETTLED,
    STATES,
    since_the_decree,
)
from hamrong.petitions.people import SECOND_OFFICERS, SECOND_SETTLERS
from hamrong.petitions.protecting import (
    LASTING,
    PRESSED,
    PROTECT,
    PROTECT_END,
    PROTECTION_ENDED,
    answered,
    protection,
    standing_protection,
)
from hamrong.petitions.resorting import sorted_anew

CIRCULAR: Final = "129/2020/TT-BCA"
EXAMINED: Final = Touch("stop", "tc.again")
PREFIX: Final = "re-denunciation"

_OWN_STATES: Final = {
    "received": Words("Đã tiếp nhận tố cáo tiếp", "Re-denunciation received"),
    "examining": Words("Đang xem xét việc giải quyết trước đó", "The earlier settlement is being examined"),
    "upheld": Words("Không giải quyết lại, chờ thông báo", "Not settled again, notice not yet given"),
    "kept": Words("Đã thông báo không giải quyết lại", "Told that it is not settled again"),
    "sent-back": Words("Đã yêu cầu nơi đã giải quyết làm tiếp", "Sent back to whoever settled it, to go on"),
    "transferred": STATES["transferred"],
}
_SETTLING_STATES: Final = (
    "settling", "suspended", "withdrawal", "ending", "concluded", "sent", "acted", "published", "closed", "ended",
)  # fmt: skip


def _row(act: str, words: Deed, way: str, law: str, *touches: Touch, needs: tuple[Need, ...] = ()) -> Step:
    source, target = way.split("→")
    return Step(f"{PREFIX}.{act}", words, source, target, SECOND_OFFICERS, law, needs, touches)


EXAMINATION: Final = (
    _row("examine", Deed(
        "Lấy hồ sơ đã giải quyết để xem xét", "Take up the settled file for examination",
        "Đã lấy hồ sơ đã giải quyết để xem xét", "Settled file taken up for examination",
    ), "received→examining",
         f"{LAW} Đ37 k2"),
    _row("hear", Deed(
        "Làm việc với người tố cáo (không ghi danh tính)", "Hear the denouncer (no names)",
        "Đã làm việc với người tố cáo (không ghi danh tính)", "Denouncer heard (no names)",
    ),
         "examining→examining", f"{LAW} Đ37 k2", needs=("document",)),
    replace(
        _row("uphold", Deed(
            "Không giải quyết lại vì đã giải quyết đúng pháp luật",
            "Decline to settle it again: it was settled lawfully",
            "Đã quyết định không giải quyết lại vì đã giải quyết đúng pháp luật",
            "Not settled again: it was settled lawfully",
        ), "examining→upheld", f"{LAW} Đ37 k2", EXAMINED,
             needs=("reason",)),
        approvers=SECOND_SETTLERS,
    ),
    _row("tell-upheld", Deed(
        "Thông báo việc không giải quyết lại", "Give notice that it is not settled again",
        "Đã thông báo việc không giải quyết lại", "Notice given that it is not settled again",
    ), "upheld→kept",
         f"{LAW} Đ37 k2", needs=("document",)),
    replace(
        _row("reopen", Deed(
            "Giải quyết lại vụ việc tố cáo", "Reopen it, to be settled again",
            "Đã quyết định giải quyết lại vụ việc tố cáo", "Reopened, to be settled again",
        ), "examining→settling",
             f"{LAW} Đ37 k3", EXAMINED, Touch("start", "tc.settle"), Touch("start", "tc.accept.notify"),
             needs=("reason",)),
        approvers=SECOND_SETTLERS, register="quyet-dinh-thu-ly-to-cao",
    ),
    replace(
        _row("send-back", Deed(
            "Yêu cầu nơi đã giải quyết làm tiếp (bỏ sót nội dung, có tình tiết mới)",
            "Send it back to whoever settled it (something was left out, or is new)",
            "Đã yêu cầu nơi đã giải quyết làm tiếp (bỏ sót nội dung, có tình tiết mới)",
            "Sent back to whoever settled it (something was left out, or is new)",
        ), "examining→sent-back",
             f"{CIRCULAR} Đ5 k1", EXAMINED, needs=("reason", "document")),
        approvers=SECOND_SETTLERS,
    ),
    replace(
        _row("transfer", Deed(
            "Chuyển nơi có thẩm quyền", "Transfer to the competent body",
            "Đã chuyển nơi có thẩm quyền", "Transferred to the competent body",
        ), "examining→transferred",
             f"{LAW} Đ37 k2", EXAMINED, needs=("reason", "document")),
        approvers=SECOND_SETTLERS,
    ),
)  # fmt: skip


def _again(step: Step) -> Step:
    """A row of a denunciation as the superior takes it: acts and people of its own."""
    return replace(
        step, act=_own(step.act), roles=SECOND_OFFICERS, approvers=SECOND_SETTLERS if step.approvers else (),
        after=_own(step.after), unless=_own(step.unless),
        touches=tuple(replace(one, after=_own(one.after), unless=_own(one.unless)) for one in step.touches),
    )  # fmt: skip


def _own(act: str) -> str:
    return act.replace("denunciation.", f"{PREFIX}.")


_PROTECTED: Final = (
    *(step for state in ("examining", "settling", "suspended", "acted") for step in protection(state)),
    *PRESSED,
    *answered("upheld"),
)
_PASSED_ON: Final = tuple(step for state in ("kept", "sent-back", "transferred") for step in standing_protection(state))

RE_DENUNCIATION_BEFORE: Final = sorted_anew(replace(
    DENUNCIATION_BEFORE, code="to-cao-tiep", words=Words("Tố cáo tiếp", "Re-denunciation"), prefix="TT",
    states={**_OWN_STATES, **{state: STATES[state] for state in _SETTLING_STATES}},
    starts=(Touch("start", "tc.again"),),
    ends=frozenset({"kept", "sent-back", "transferred", "closed", "ended"}),
    steps=(*EXAMINATION, *(_again(step) for step in (
        *SETTLED, *OVERDUE, *_PROTECTED, *PROTECTION_ENDED, *_PASSED_ON, *CONCLUDED,
    ))),
    lasting=(replace(
        LASTING, act=_own(PROTECT), unless=_own(PROTECT_END), acts=tuple(_own(act) for act in LASTING.acts),
    ),),
))  # fmt: skip

RE_DENUNCIATION: Final[Course] = replace(
    RE_DENUNCIATION_BEFORE, first=DENUNCIATION.first, last=None, steps=since_the_decree(RE_DENUNCIATION_BEFORE.steps)
)
