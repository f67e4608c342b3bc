"""Saying that a petition is of another kind than it came as: what is in it decides, not what its sender called it."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.petitions.actions.intake import NOT_OURS
from hamrong.petitions.deciding import may_not_sign
from hamrong.petitions.models import KINDS, Petition
from hamrong.petitions.owed import DATED, FIRST, has_law, owe
from hamrong.petitions.queries import visible
from hamrong.petitions.rules import Kind

LAW: Final = "42/2013/QH13 Đ26"
COLUMNS: Final = ("kind", "came_as", "kind_why", "kind_on", "kind_by")
"""The columns that another kind fills in."""

NO_WHY: Final = Refusal(
    "invalid", "Hãy ghi vì sao nội dung đơn là loại khác.", "Say why what it tells makes it another kind.", LAW
)
NEVER_SEALED: Final = Refusal(
    "conflict",
    "Đơn này không được niêm phong khi nhận nên không đổi thành tố cáo. Mời người gửi gửi lại ở trang Tố cáo "
    "(/to-cao/), hoặc nhận đơn tố cáo mới ở trang Nhận đơn: chỉ khi nhận mới niêm phong được.",
    "This was not sealed when it came in, so it does not become a denunciation. Ask the sender to use the page "
    "Denunciation (/to-cao/), or take a new one in: only what is being taken in can be sealed.",
    "25/2018/QH14 Đ9",
)  # fmt: skip
UNREAD: Final = Refusal(
    "conflict",
    "Đơn niêm phong: chỉ lãnh đạo đọc được nội dung bằng khóa mới nói được đơn là loại khác, ở trang nội dung niêm "
    "phong.",
    "It is sealed: only a leader who reads it with a key can say that it is of another kind, on the page of the sealed "
    "content.", LAW,
)  # fmt: skip
OWN: Final = Refusal(
    "conflict",
    "Bạn đã nói đơn niêm phong này là loại khác, nên người khác phân loại: đơn tố cáo không do một người kết thúc.",
    "You said that this sealed petition is of another kind, so somebody else sorts it: nobody ends a denunciation "
    "alone.", "25/2018/QH14 Đ9",
)  # fmt: skip
SORTED: Final = Refusal(
    "state", "Đơn đã phân loại thì không đổi loại nữa: hồ sơ đã mở theo loại đó.",
    "What was sorted keeps its kind: its case has begun by it.",
)  # fmt: skip
NO_LAW: Final = Refusal(
    "invalid", "Hệ thống không có luật của ngày nhận đơn cho loại này.",
    "The house has no law of the day of receiving for this kind.",
)  # fmt: skip


def kinds_for(petition: Petition) -> tuple[str, ...]:
    """What a petition may be called: what was not sealed when it came in never becomes a denunciation."""
    return KINDS if petition.secret else tuple(kind for kind in KINDS if kind != "denunciation")


def problem(by: Grant, row: Petition, kind: str, why: str) -> Refusal | None:
    """Why whoever sorts a petition does not say that it is of this kind ('' or its own: as it is)."""
    if row.secret and row.kind_by and row.kind_by in by.authority:
        return OWN
    if kind in ("", row.kind):
        return None
    return UNREAD if row.secret else _unlike(row, kind, why)


def _unlike(row: Petition, kind: str, why: str) -> Refusal | None:
    if kind not in kinds_for(row):
        return NEVER_SEALED
    if not why.strip():
        return NO_WHY
    return None if has_law(kind, row.received_on) else NO_LAW


def put(by: Grant, row: Petition, kind: Kind, why: str, at: datetime) -> None:
    """The kind, why and by whom, and by which clock it is looked at, from the day on which it came in.

    What it came as is kept. What is sealed stays sealed, and nothing is taken out of the register.
    """
    first = row.came_as or row.kind
    row.kind, back = kind, first == kind
    row.came_as, row.kind_why = ("", "") if back else (first, why.strip())
    row.kind_on, row.kind_by = (None, "") if back else (timezone.localdate(at), by.actor.ref)
    owe(row, FIRST[kind], at)


def say(*, by: Grant, petition: Petition, kind: Kind, why: str, at: datetime) -> Petition | Refusal:
    """Say of a sealed petition that it is of another kind, by a leader who reads it; before it is sorted.

    Who has the key is known not to be denounced. Whoever sorts it then is somebody else.
    """
    with acting(by):
        row = visible.petitions(by).select_for_update().filter(pk=petition.pk, secret=True, erased_on=None).first()
        if row is None:
            return NOT_OURS
        if row.sorting:
            return SORTED
        if kind == row.kind:
            return row
        refused = _unlike(row, kind, why) or may_not_sign(by, f"petition:{row.pk}")
        if refused:
            return refused
        was = row.kind
        put(by, row, kind, why, at)
        row.save(update_fields=[*COLUMNS, *DATED])
        enter(by, subject=f"petition:{row.pk}", at=at, kind=row.kind, was=was)
        return row
