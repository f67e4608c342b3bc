"""Receiving many notifications in one transaction: one flush to disk for all that wait, each behind its own wall.

Every notification is its own statement, run as its own host with its own scope, so that row-level security holds as for
a single one. A statement keeps nothing where anything is not as it was taken for (the key was revoked, the
establishment suspended, the guest notified before, the idempotency key used); whoever gets no answer goes the ordinary
way. Where one statement fails, none of the group is kept, and each goes the ordinary way: no row harms another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hamrong.access.actors import Grant
from hamrong.access.together import Together
from hamrong.access.wire import Wire
from hamrong.lodging.actions.intake import Notified, Prepared, answer_values
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.columns import COLUMNS, RECEIPT_COLUMNS
from hamrong.lodging.queries.doors import Door

ANSWER: Final = ("id", "client", "key", "body_sha256", "status", "body", "answered_at")
ENTRY: Final = 11
OPEN: Final = "select lodging_open_month($1)"


def _statement() -> str:
    places = iter(range(1, 200))

    def marks(count: int) -> str:
        return ", ".join(f"${next(places)}" for _ in range(count))

    def mark() -> str:
        return marks(1)

    return f"""
with stay as (
  insert into lodging_stay ({", ".join(COLUMNS)}) select {marks(len(COLUMNS))}
   where exists (select from lodging_establishment where state = 'active' and code = {mark()}
                    and kind = {mark()} and ward = {mark()} and province = {mark()} and area = {mark()})
     and exists (select from accounts_machinekey where id = {mark()} and digest = {mark()}
                    and revoked_at is null and (expires_at is null or expires_at > {mark()}))
     and not exists (select from lodging_answer where client = {mark()} and key = {mark()})
  on conflict do nothing returning id
), receipt as (
  insert into lodging_receipt ({", ".join(RECEIPT_COLUMNS)}) select {marks(len(RECEIPT_COLUMNS))} from stay
), answer as (
  insert into lodging_answer ({", ".join(ANSWER)}) select {marks(len(ANSWER))} from stay
)
select id, audit_append({marks(ENTRY)}) from stay
"""


NOTIFY: Final = _statement()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification that was found in order, with the answer that it gets once it is kept."""

    by: Grant
    door: Door
    night: date
    prepared: Prepared
    remember: Remember[Notified]
    answer: tuple[int, bytes]
    at: datetime

    def values(self) -> list[Any]:
        """The parameters of NOTIFY."""
        place, key, kept = self.door.place, self.door.key, self.prepared
        stay, receipt = kept.values[: len(COLUMNS)], kept.values[len(COLUMNS) :]
        answer = answer_values(self.answer, self.remember, self.at)
        return [
            *stay,
            *(place.code, place.kind, place.ward, place.province, place.area),
            *(key.pk, key.digest, self.at, self.remember.client, self.remember.key),
            *(*receipt, *answer, *kept.entry),
        ]


_wire = Wire(lock_timeout="500ms")
_open_months: set[tuple[int, int]] = set()


def take(notice: Notice) -> bool:
    """Keep a notification together with those of other threads; True when it is on disk, False: go the ordinary way."""
    return bool(_group.ask(notice))


def _keep(notices: Sequence[Notice]) -> Sequence[bool]:
    months = {(each.night.year, each.night.month) for each in notices} - _open_months
    opening = [(OPEN, [date(year, month, 1)]) for year, month in sorted(months)]
    rows = _wire.behind_walls(NOTIFY, [(each.by, each.values()) for each in notices], before=opening)
    if rows is None:
        return [False] * len(notices)
    _open_months.update(months)
    return [row is not None for row in rows]


_group: Together[Notice, bool] = Together(_keep)
