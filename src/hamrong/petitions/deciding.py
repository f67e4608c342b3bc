"""Who decides in a matter with something sealed: whoever has its key, and so is known not to be denounced in it."""

from typing import Final
from uuid import UUID

from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import PERSON
from hamrong.cases.models import Case
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import team, visible
from hamrong.sealed import queries as sealed
from hamrong.sealed.actions.reports import UNCHECKED

LAW: Final = "25/2018/QH14 Đ56"
DECIDING: Final = ("case.join", "case.split", "paper.sign", "paper.recall")
"""What decides beside the approval of a step."""

KEYLESS: Final = Refusal(
    "conflict",
    "Vụ việc có phần niêm phong: chỉ người có khóa nội dung của đơn mới quyết định, vì chỉ khi trao khóa mới biết chắc "
    "người đó không bị tố cáo. Hãy nhờ người đang đọc được đơn giao khóa cho bạn (trang nội dung niêm phong, nút Giao "
    "cho người khác), hoặc để lãnh đạo khác có khóa quyết định.",
    "Something is sealed in this matter: only who has the content's key decides, because only at the handing of a key "
    "is it checked that they are not denounced. Ask whoever reads it to hand you a key (page of the sealed content, "
    "Give to somebody else), or let another leader who has one decide.", LAW,
)  # fmt: skip
NO_SEALING_KEY: Final = Refusal(
    "conflict",
    "Vụ việc có phần niêm phong: chỉ người có khóa nội dung của đơn mới quyết định, và bạn chưa có khóa niêm phong. "
    "Tạo khóa ở trang Khóa niêm phong, nhờ người đang đọc được đơn giao cho bạn, hoặc để lãnh đạo khác có khóa "
    "quyết định.",
    "Something is sealed in this matter: only who has the content's key decides, and you have no sealing key yet. Make "
    "one (page Sealing key), ask whoever reads it to hand the report to you, or let another leader decide.", LAW,
)  # fmt: skip
UNREAD: Final = Refusal(
    "conflict",
    "Không ai ở đơn vị còn khóa đọc đơn niêm phong này. Hãy chuyển hồ sơ lên Công an tỉnh, hoặc nhờ một người giữ khóa "
    "danh tính xác nhận bạn không bị tố cáo (trang Đơn không còn người đọc của họ).",
    "Nobody in the unit has a key of what is sealed here any more. Transfer the case to the province's police, or ask "
    "a holder of identity keys to confirm that you are not denounced (their page Reports without a reader).", LAW,
)  # fmt: skip
WHY: Final = {"keyless": KEYLESS, "unchecked": UNCHECKED, "unread": UNREAD}


def decides(act: str) -> bool:
    """Whether an act ends or settles something, or refuses that: what nobody does who could be denounced."""
    return act.endswith(".approve") or act in DECIDING


def may_not_act(by: Grant, case: Case) -> Refusal | None:
    """Why whoever asks does not decide in a case, where the grant's act decides; a `Keep` of `cases.along`."""
    return barred(by, case) if decides(by.act) else None


def barred(by: Grant, case: Case) -> Refusal | None:
    """Why whoever asks does not decide in a case with something sealed, and what to do about it."""
    return _told(by, "petitions_decides", case.pk)


def may_not_sign(by: Grant, ref: str) -> Refusal | None:
    """Why whoever asks neither signs nor recalls a paper of a petition or of its case; a `Bar` of `papers.subjects`."""
    kind, _, name = ref.partition(":")
    petitions = visible.petitions(by).select_related("case")
    found: Petition | None = (
        petitions.filter(case__code=name).first() if kind == "case" else petitions.filter(pk=name).first()
    )
    if found is None:
        return None
    if found.case:
        return team.kept_away(by, found.case) or may_not_act(by, found.case)
    return _told(by, "sealed_decides", found.ticket) if found.secret else None


def may_decide(by: Grant, case: Case, people: list[UUID]) -> set[UUID]:
    """Who of these people could decide in a case; a `Narrow` of `cases.along`."""
    return {each for each in people if _answer("petitions_decides", case.pk, each) == "yes"}


def _told(by: Grant, function: str, of: UUID | str) -> Refusal | None:
    person = UUID(by.actor.ref.removeprefix("person:")) if PERSON.fullmatch(by.actor.ref) else UUID(int=0)
    answer = _answer(function, of, person)
    if answer == "keyless" and sealed.live_key(person) is None:
        return NO_SEALING_KEY
    return None if answer == "yes" else WHY[answer]


def _answer(function: str, of: UUID | str, person: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s, %s)", [of, person])
        found: str = cursor.fetchone()[0]
        return found
