"""Petitions and reflections (kiến nghị, phản ánh) as a table: one version, for no text that was read changes its rows.

Whoever gave a name is owed an answer in the term of `tcd.answer`; where nobody did, that clock stops at once.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from hamrong.cases.courses import Course, Deed, Step, Touch, Words
from hamrong.petitions.people import OFFICERS
from hamrong.petitions.resorting import sorted_anew

LAW: Final = "42/2013/QH13"
ANSWERED: Final = Touch("stop", "tcd.answer")

STATES: Final = {
    "received": Words("Đã tiếp nhận", "Received"),
    "handling": Words("Đang xử lý", "Being handled"),
    "nameless": Words("Đang xử lý, không có người để trả lời", "Being handled, nobody to answer"),
    "answered": Words("Đã trả lời kết quả", "Answered"),
    "closed": Words("Đã xử lý xong", "Handled"),
    "transferred": Words("Đã chuyển nơi có thẩm quyền", "Transferred to the competent body"),
    "filed": Words("Lưu đơn", "Filed"),
}


def _row(act: str, words: Deed, way: str, article: str, *touches: Touch) -> Step:
    source, target = way.split("→")
    return Step(f"reflection.{act}", words, source, target, OFFICERS, f"{LAW} {article}", touches=touches)


STEPS: Final = (
    _row("accept", Deed(
        "Tiếp nhận để xử lý", "Take it up",
        "Đã tiếp nhận để xử lý", "Taken up",
    ), "received→handling", "Đ28 k1"),
    _row(
        "accept-nameless", Deed(
            "Tiếp nhận để xử lý, không có người để trả lời", "Take it up; there is nobody to answer",
            "Đã tiếp nhận để xử lý, không có người để trả lời", "Taken up; there is nobody to answer",
        ),
        "received→nameless", "Đ26", ANSWERED,
    ),
    replace(_row(
        "transfer", Deed(
            "Chuyển cơ quan có thẩm quyền", "Transfer to the competent body",
            "Đã chuyển cơ quan có thẩm quyền", "Transferred to the competent body",
        ), "received→transferred", "Đ26",
        ANSWERED,
    ), needs=("reason", "document")),
    replace(_row("file", Deed(
        "Lưu đơn", "File it",
        "Đã lưu đơn", "Filed",
    ), "received→filed", "Đ26", ANSWERED), needs=("reason",)),
    replace(_row(
        "tell", Deed(
            "Thông báo tình hình xử lý", "Tell the sender how it is being handled",
            "Đã thông báo tình hình xử lý", "Sender told how it is being handled",
        ), "handling→handling", "Đ28 k1", ANSWERED,
    ), needs=("document",)),
    replace(_row(
        "answer", Deed(
            "Trả lời kết quả xử lý", "Tell the sender the result",
            "Đã trả lời kết quả xử lý", "Sender told the result",
        ), "handling→answered", "Đ28 k1", ANSWERED,
    ), needs=("document",)),
    replace(_row(
        "close", Deed(
            "Kết thúc, ghi kết quả xử lý", "Close it and record the result",
            "Đã kết thúc, kết quả xử lý đã ghi", "Closed, result recorded",
        ), "nameless→closed", "Đ26",
    ), needs=("reason",)),
)  # fmt: skip

REFLECTION: Final = sorted_anew(Course(
    code="phan-anh", words=Words("Kiến nghị, phản ánh", "Petition or reflection"), prefix="PA",
    first=date(2014, 7, 1), last=None, purposes=("petition",), states=STATES, begin="received",
    starts=(Touch("start", "tcd.answer"),), ends=frozenset({"answered", "closed", "transferred", "filed"}), steps=STEPS,
))  # fmt: skip
