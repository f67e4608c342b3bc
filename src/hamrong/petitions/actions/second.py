"""What a second complaint or a re-denunciation has to name, and which level may take it up."""

from datetime import datetime
from typing import Final

from hamrong.access.actors import Grant, Refusal
from hamrong.cases.models import Case, Clock
from hamrong.petitions.competence import is_commune, table
from hamrong.petitions.models import Petition

COURSES: Final = {"khieu-nai-lan-hai": "khieu-nai-lan-dau", "to-cao-tiep": "to-cao"}
"""Course → that of the first case."""

SETTLED: Final = {
    "khieu-nai-lan-dau": ("decided", "sent", "served", "appealed", "effective"),
    "to-cao": ("concluded", "sent", "acted", "published", "closed", "ending", "ended"),
}
"""States in which a first case was settled, so that one can go further."""

TERMS: Final = {"khieu-nai-lan-dau": "kn.first"}
"""Whose term, once it has passed, opens the way as a decision does (Law on Complaints art. 33)."""

NOT_HERE: Final = Refusal(
    "other-scope",
    "Công an cấp xã không giải quyết khiếu nại lần hai, tố cáo tiếp. Chọn thẩm quyền thuộc nơi khác rồi chuyển.",
    "A commune settles no second complaint, no re-denunciation. Choose that it is for somebody else.",
    "02/2011/QH13 Đ33",
)  # fmt: skip
NO_FIRST: Final = Refusal(
    "invalid",
    "Hãy nêu vụ việc lần đầu: mã hồ sơ, số đơn, mã theo dõi, hoặc số, ngày quyết định của cơ quan khác.",
    "Name the first matter: its code, number or follow-up code, or another body's decision and its day.",
    "02/2011/QH13 Đ33",
)  # fmt: skip
OTHER_COURSE: Final = Refusal(
    "invalid", "Hồ sơ này không phải là vụ việc lần đầu cùng loại.", "That case is no first one of the same kind."
)
NOT_YET: Final = {
    "khieu-nai-lan-dau": Refusal(
        "state",
        "Khiếu nại lần đầu chưa có quyết định giải quyết, và không phải đang giải quyết mà đã quá hạn. Khiếu nại "
        "đã rút hoặc không thụ lý thì nhận như khiếu nại lần đầu.",
        "The first complaint has no decision, and is not being settled past its term. One that was withdrawn or not "
        "accepted is taken in as a first one again.",
        "02/2011/QH13 Đ33",
    ),
    "to-cao": Refusal(
        "state",
        "Vụ việc lần đầu chưa được giải quyết. Tố cáo quá hạn thì ghi nhận ở hồ sơ đó (Điều 38 Luật Tố cáo).",
        "The first matter is not settled. An overdue denunciation is put on record there (art. 38).",
        "25/2018/QH14 Đ37 k1",
    ),
}  # fmt: skip
"""Course of the first case → that one cannot go further yet."""
OWN: Final = Refusal(
    "conflict", "Lần đầu do Công an tỉnh giải quyết: cấp trên là Bộ Công an. Chọn thẩm quyền thuộc nơi khác.",
    "The province settled the first one itself: the body above is the ministry. Choose that it is for somebody else.",
    "25/2018/QH14 Đ37 k1",
)  # fmt: skip


def problem(by: Grant, row: Petition, code: str, earlier: Case | None, prior: str, at: datetime) -> Refusal | None:
    """Why a petition cannot begin a case of a course here: the level, and for a second one what it goes against."""
    level = table()[code].at(row.unit)
    if level is None or (code in COURSES and by.holding.role not in level.works):
        return NOT_HERE
    if code not in COURSES:
        return None
    if earlier is None:
        return None if prior.strip() else NO_FIRST
    return _unripe(earlier, COURSES[code], at)


def _unripe(earlier: Case, first: str, at: datetime) -> Refusal | None:
    if earlier.course.partition("@")[0] != first:
        return OTHER_COURSE
    passed = Clock.objects.filter(case=earlier, rule=TERMS.get(first, ""), legal__lte=at, state="running")
    if earlier.state not in SETTLED[first] and not passed.exists():
        return NOT_YET[first]
    return None if is_commune(earlier.unit) else OWN
