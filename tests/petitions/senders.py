"""Petitions handed in by the real actions: by a sender with a code, or by an officer at the counter."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.intake import Handed, enter_register, hand_in
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from hamrong.petitions.told import Content, Sender
from hamrong.sealed.reporters import reporter
from tests.sealed.room import chief, holders
from tests.world import PROVINCE, actor, grant

WARD, OTHER = "14797", "14812"
TEXT = "Tôi khiếu nại việc xử phạt vi phạm hành chính ngày mùng ba tháng này vì biên bản ghi sai địa điểm."
SENDER = Sender("Nguyễn Văn Bịa", "038090123456", "Thôn Bịa, xã Bịa", "0912000111")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return timezone.localdate(now())


def officer(act: str, ward: str = WARD, role: str = "ward-duty") -> Grant:
    if role.startswith("ward"):
        return grant(actor(role, ward), act, Target(ward=ward, province=PROVINCE))
    return grant(actor(role, PROVINCE), act, Target(province=PROVINCE))


def sender(code: str, act: str = "petition.hand-in") -> Grant:
    answer = reporter(code, act)
    assert isinstance(answer, Grant), answer
    return answer


def handed(code: str, **changes: Any) -> Handed:
    """A complaint by somebody who signs it."""
    facts: dict[str, Any] = {
        "code": code, "kind": "complaint", "door": "online", "unit": WARD, "received_on": today(),
        "content": Content("Biên bản xử phạt", TEXT, senders=(SENDER,)),
    }  # fmt: skip
    return Handed(**{**facts, **changes})


def sent(**changes: Any) -> tuple[Petition, str]:
    """(a petition that its sender handed in by the form, its code); for denunciations somebody holds the keys."""
    if changes.get("kind") == "denunciation":
        holders()
        chief()
    code = new_code()
    taken = hand_in(by=sender(code), handed=handed(code, **changes), at=now())
    assert isinstance(taken, Petition), taken
    return taken, code


def entered(**changes: Any) -> Petition:
    """A petition that came by itself and has its number."""
    petition, _ = sent(**changes)
    row = enter_register(by=officer("petition.enter"), petition=petition, at=now())
    assert not isinstance(row, Refusal), row
    return row


def at_the_counter(**changes: Any) -> Petition:
    """A petition that an officer took in."""
    code = new_code()
    taken = hand_in(by=officer("petition.hand-in"), handed=handed(code, door="counter", **changes), at=now())
    assert isinstance(taken, Petition), taken
    return taken


def hand_in_of(code: str) -> Petition:
    """A complaint that came in with this follow-up code, was entered and sorted."""
    taken = hand_in(by=sender(code), handed=handed(code), at=now())
    row = enter_register(by=officer("petition.enter"), petition=taken, at=now())
    found = Sorted(Facts("signed", "ours"))
    done = sort_petition(by=officer("petition.sort"), petition=row, found=found, at=now())
    assert isinstance(done, Petition), done
    return done
