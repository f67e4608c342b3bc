"""Handing notifications on to the ministry: a box of what waits, and never a second try of what may have arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.lodging import kbtt
from hamrong.lodging.models import Forwarding, Stay

Result = Literal["confirmed", "rejected", "queued", "unknown"]
STUCK: Final = timedelta(minutes=10)
ATTEMPTS: Final = 20

COLLECT: Final = """
insert into lodging_forwarding
  (id, stay, night, establishment, ward, province, version, state, attempts, answer, changed_at)
select gen_random_uuid(), s.id, s.night, s.establishment, s.ward, s.province, s.version, 'queued', 0, '', %s
from lodging_stay s
where s.night >= %s and s.state = 'notified' and s.version = 1
  and not exists (select from lodging_forwarding f where f.stay = s.id and f.version = s.version)
on conflict do nothing
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one attempt: `queued` only where it is proved that nothing was sent."""

    result: Result
    words: str


Send = Callable[[str, Sequence[dict[str, Any]]], Answered]
"""Sends the body of one declaration of a kind (citizen, foreigner) to the interface."""


def collect(*, by: Grant, at: datetime) -> int:
    """Put every notification of the days that the interface takes into the box, once."""
    first = (at - timedelta(days=kbtt.GUIDE["first_days"] - 1)).date()
    with acting(by), connection.cursor() as cursor:
        cursor.execute(COLLECT, [at, first])
        return int(cursor.rowcount)


def forward(*, by: Grant, send: Send, at: datetime, most: int = 100) -> dict[str, int]:
    """Send what waits, one by one; returns how many ended in which state.

    A row is marked as being sent, and that is committed, before anything goes out: after a crash it is `unknown`.
    """
    _give_up_on_stuck(by, at)
    counts: dict[str, int] = {}
    for _ in range(most):
        waiting = _take(by, at)
        if waiting is None:
            break
        row, kind, declaration = waiting
        answered = send(kind, declaration) if declaration else Answered("rejected", "không còn số giấy tờ")
        _settle(by, row, answered, at)
        counts[answered.result] = counts.get(answered.result, 0) + 1
        if answered.result == "queued":
            break
    return counts


def _take(by: Grant, at: datetime) -> tuple[Forwarding, str, list[dict[str, Any]]] | None:
    with acting(by):
        box = Forwarding.objects.filter(state="queued", attempts__lt=ATTEMPTS).order_by("changed_at", "id")
        row = box.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.state, row.attempts, row.changed_at = "sending", row.attempts + 1, at
        row.save(update_fields=["state", "attempts", "changed_at"])
        stay = Stay.objects.filter(pk=row.stay, night=row.night).first()
        enter(by, subject=f"stay:{row.stay}", at=at, to="KBTT", attempt=row.attempts)
        if stay is None or stay.document_sealed is None:
            return row, "citizen", []
        return row, stay.kind, kbtt.body(stay, vault().open(bytes(stay.document_sealed), stay.pk.bytes))


def _settle(by: Grant, row: Forwarding, answered: Answered, at: datetime) -> None:
    with acting(by):
        Forwarding.objects.filter(pk=row.pk).update(state=answered.result, answer=answered.words[:500], changed_at=at)


def _give_up_on_stuck(by: Grant, at: datetime) -> None:
    """Whatever was being sent when a process died may have arrived or not: a person has to find out."""
    with acting(by):
        stuck = Forwarding.objects.filter(state="sending", changed_at__lt=at - STUCK)
        stuck.update(state="unknown", answer="tiến trình dừng khi đang gửi", changed_at=at)


def reconcile(*, by: Grant, forwarding: UUID, result: Result, at: datetime) -> Forwarding | Refusal:
    """An officer who looked it up at the ministry says what became of an `unknown` one; `queued` sends it again."""
    with acting(by):
        row = Forwarding.objects.select_for_update().filter(pk=forwarding, state="unknown").first()
        if row is None:
            return Refusal("state", "Chỉ đối soát được bản tin chưa rõ kết quả.", "Only unknown ones are reconciled.")
        row.state, row.changed_at = result, at
        row.save(update_fields=["state", "changed_at"])
        enter(by, subject=f"stay:{row.stay}", at=at, to="KBTT", reconciled=result)
    return row
