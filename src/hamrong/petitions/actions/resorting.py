"""Taking a sorting back, when the case that began with it was stopped by two people: the petition is sorted anew."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.cases.actions.joining import BUSY
from hamrong.cases.models import Case
from hamrong.cases.queries.standing import lasting
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import DATED, FIRST, owe
from hamrong.petitions.queries import visible
from hamrong.petitions.resorting import LAW, is_resort

EMPTY: Final[dict[str, Any]] = {
    "sorting": "", "outcome": "", "reason": "", "prior": "", "facts": None, "field": "", "suggested": None,
    "sorted_on": None, "sorted_by": "", "told_on": None, "told_by": "", "case": None,
    "taking_back": None,
}  # fmt: skip
"""What a petition is again that nobody has sorted."""

KEPT: Final = ("kind", "sorting", "outcome", "reason", "field", "prior", "sorted_by", "told_by")
KIN: Final = Refusal(
    "state",
    "Hồ sơ đi cùng hồ sơ khác, hoặc được tách ra từ hồ sơ khác. Tách lại trước; phần tách ra thì dừng ở hồ sơ gốc.",
    "This case goes together with another one, or was split off from one. Take them apart first; what was split off is "
    "stopped with the case that it came from.", LAW,
)  # fmt: skip
LASTS: Final = Refusal(
    "state", "Biện pháp bảo vệ đang có hiệu lực. Chấm dứt bằng một quyết định trước, hoặc để hồ sơ này đi tiếp.",
    "Protection is in force. End it by a decision first, or let this case go on.", "25/2018/QH14 Đ54",
)  # fmt: skip


def may_not(by: Grant, case: Case, act: str) -> Refusal | None:
    """Why a case is not stopped so that its petition is sorted anew; a `Bar` of `cases.along`."""
    if not is_resort(act):
        return None
    if case.joined_id or case.parted_id or case.members.exists() or case.parts.filter(closed_at=None).exists():
        return KIN
    if case.handovers.filter(state="offered").exists():
        return BUSY
    return LASTS if lasting(case) else None


def take_back(by: Grant, case: Case, act: str, at: datetime) -> None:
    """The petition of a case that was stopped goes back to sorting; a `Done` of `cases.along`.

    Its kind, its day and its seal stay; the date by which its kind is looked at runs from the day on which it came in.
    """
    row = visible.petitions(by).select_for_update().filter(case=case).first() if is_resort(act) else None
    if row is None:
        return
    unsort(row, at, case=str(case.pk), code=case.code)
    enter(by, subject=f"petition:{row.pk}", at=at, unsorted=case.code)


def unsort(row: Petition, at: datetime, **more: str) -> None:
    """A locked petition is unsorted again; what it was sorted as is kept with `more` of how that was taken back."""
    row.sorted_before = [*row.sorted_before, {**_as_it_was(row, at), **more}]
    for name, value in EMPTY.items():
        setattr(row, name, value)
    owe(row, FIRST[row.kind], at)
    row.save(update_fields=["sorted_before", *EMPTY, *DATED])


def _as_it_was(row: Petition, at: datetime) -> dict[str, str]:
    """What is kept of a sorting: its row and outcome, by whom and when, and how its sender was told."""
    days = {name: on.isoformat() for name in ("sorted_on", "told_on") if (on := getattr(row, name))}
    told = {name: getattr(row, name) for name in KEPT}
    return {**told, **days, "stopped_on": timezone.localdate(at).isoformat()}
