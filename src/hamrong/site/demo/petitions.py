"""Invented petitions of the demo: some settled, one late, one suspended, one on its way elsewhere."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeVar

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.actions.transfers import offer
from hamrong.cases.models import Case
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.intake import Handed, hand_in
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.queries import visible
from hamrong.petitions.rules import Facts
from hamrong.petitions.told import Content, Sender
from hamrong.site.demo.names import vietnamese
from hamrong.site.demo.places import SAM_SON

T = TypeVar("T")
PARAMS: Final = {
    "kn.first": {"area_complexity": "normal"},
    "kn.effective": {"area": "normal"},
    "kn.second.window": {"area": "normal"},
}
MATTERS: Final = (
    ("Biên bản xử phạt ghi sai địa điểm", 58, "decide"), ("Chậm trả kết quả đăng ký xe", 52, "accept"),
    ("Quyết định thu giữ phương tiện", 30, "suspend"), ("Từ chối cấp lại căn cước", 16, "offer"),
    ("Mức phạt không đúng hành vi", 12, "sort"), ("Không lập biên bản khi tạm giữ giấy tờ", 6, "accept"),
    ("Thái độ khi tiếp dân", 3, "sort"), ("Chậm trả lời đơn", 1, ""),
)  # fmt: skip
"""What it is about, how many days ago it came in, and how far it has come."""


def make(now: datetime) -> int:
    """Take them in and settle them as far as they have come; answers how many. Where some are already, none."""
    with acting(_as("petition.list")) as by:
        if visible.petitions(by).exists():
            return 0
    chance = Random(1964)
    for subject, days, far in MATTERS:
        _one(subject, now - timedelta(days=days), far, chance)
    return len(MATTERS)


def _one(subject: str, at: datetime, far: str, chance: Random) -> None:
    who = vietnamese(chance)
    content = Content(subject, f"{subject}. Tôi đề nghị xem xét lại.", senders=(Sender(who.full_name, who.number),))
    handed = Handed(new_code(), "complaint", "counter", SAM_SON, timezone.localdate(at), content)
    petition = _done(hand_in(by=_as("petition.hand-in"), handed=handed, at=at))
    if not far:
        return
    found = Sorted(Facts("signed", "ours"))
    petition = _done(sort_petition(by=_as("petition.sort"), petition=petition, found=found, at=at + timedelta(hours=2)))
    case = petition.case
    assert case is not None
    for step in STEPS[far]:
        case = step(case, at + timedelta(days=1))


def _accept(case: Case, at: datetime) -> Case:
    told = Told(at, document=f"{case.code[-3:]}/TB-CAP", params=PARAMS)
    return _done(take(by=_as("complaint.accept"), case=case, revision=case.revision, told=told, at=at))


def _two(act: str, days: int) -> Callable[[Case, datetime], Case]:
    def both(case: Case, at: datetime) -> Case:
        then = at + timedelta(days=days)
        told = Told(then, "Theo kết quả xác minh", f"{case.code[-3:]}/QĐ-CAP", PARAMS)
        proposal = _done(propose(by=_as(act), case=case, revision=case.revision, told=told, at=then))
        return _done(approve(by=_as(f"{act}.approve", "ward-chief"), proposal=proposal, at=then + timedelta(hours=3)))

    return both


def _offer(case: Case, at: datetime) -> Case:
    _done(offer(by=_as("case.offer"), case=case, revision=case.revision, receiver=settings.HAMRONG_PROVINCE,
                reason="Việc do phòng thuộc tỉnh làm", at=at + timedelta(days=2)))  # fmt: skip
    return case


STEPS: Final[dict[str, tuple[Callable[[Case, datetime], Case], ...]]] = {
    "sort": (), "accept": (_accept,), "decide": (_accept, _two("complaint.decide", 20)),
    "suspend": (_accept, _two("complaint.suspend", 5)), "offer": (_accept, _offer),
}  # fmt: skip


def _as(act: str, role: str = "ward-duty") -> Grant:
    actor = Actor(f"system:demo-{role}", "demo", "job:demo", (Holding(role, SAM_SON),), strong=True)
    return _done(decide(actor, act, Target(ward=SAM_SON, province=settings.HAMRONG_PROVINCE)))


def _done(answer: T | Refusal) -> T:
    assert not isinstance(answer, Refusal), answer
    return answer
