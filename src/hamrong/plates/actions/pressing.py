"""The owner presses: from then on there is no way back, and pressing again is the same press.

Presses that come together are kept in one transaction, with one flush to disk: each is a statement of its own behind
its own wall, with an entry of its own on record. Where one of them fails, none of the group is kept, and each goes the
ordinary way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import psycopg
from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import act_of
from hamrong.access.together import Together
from hamrong.access.walls import acting
from hamrong.access.wire import Wire
from hamrong.audit.record import row as audit_row
from hamrong.plates.models import Draw
from hamrong.plates.queries import visible

NONCE: Final = 16
PRESSED: Final = "plates_pressed"
"""The channel on which whoever seals is told that somebody has pressed."""

FIELDS: Final = [field.attname for field in Draw._meta.concrete_fields]
PRESS: Final = f"""
with pressed as (
  update plates_draw d set nonce = $1, pressed_at = $2, state = 'pressed'
   where d.ticket = $3 and d.state = 'filed'
     and exists (select from plates_pool p where p.code = d.pool and p.remaining > p.requests - p.draws)
  returning {", ".join(f"d.{name}" for name in FIELDS)}
)
select pressed.*, audit_append($4, 'plates-draw:' || id, $5, $6, $7, 'plates-draw:' || id, $8, $9, $10, $11, $12),
    pg_notify('{PRESSED}', '')
  from pressed
"""


@dataclass(frozen=True, slots=True)
class Press:
    """One press: whose, with the number that the owner's device made."""

    by: Grant
    nonce: bytes
    at: datetime

    def values(self) -> list[Any]:
        """The parameters of PRESS; stream and subject of its entry are known there only."""
        _, (entry, _, act, actor, unit, _, *rest) = audit_row(act_of(self.by, subject="", stream="draw", at=self.at))
        return [self.nonce, self.at, self.by.scope, entry, act, actor, unit, *rest]


def press(*, by: Grant, nonce: bytes, at: datetime) -> Draw | Refusal:
    """The owner presses. Pressing again, as on a bad connection, is the same press: the first nonce stays."""
    if len(nonce) != NONCE:
        return Refusal("invalid", "Lượt bấm không hợp lệ; hãy tải lại trang.", "Not a valid press; reload the page.")
    one = Press(by, nonce, at)
    return (None if connection.in_atomic_block else _group.ask(one)) or _alone(one)


def _alone(one: Press) -> Draw | Refusal:
    """The ordinary way: by itself, or as part of a transaction that is going on."""
    with acting(one.by):
        with connection.cursor() as cursor:
            found = psycopg.RawCursor(cursor.connection).execute(PRESS, one.values()).fetchone()
        return _drawn(found) if found else _not_pressed(one.by)


def _not_pressed(by: Grant) -> Draw | Refusal:
    """Why a press changed nothing: no such file, it had happened before, the file is void, or no number is left."""
    drawn = visible.draws(by).first()
    if drawn is None:
        return Refusal("other-scope", "Không có hồ sơ với mã này.", "There is no file with this ticket.")
    if drawn.state == "void":
        return Refusal("state", "Hồ sơ này đã bị hủy.", "This file was cancelled.")
    if drawn.state == "filed":
        return Refusal("conflict", "Kho số đã hết; hãy chờ mở thêm số.", "The pool is empty; more will be added.")
    return drawn


def _drawn(row: Sequence[Any]) -> Draw:
    return Draw.from_db("default", FIELDS, row[: len(FIELDS)])


_wire = Wire(lock_timeout="500ms")


def _keep(presses: Sequence[Press]) -> Sequence[Draw | None]:
    rows = _wire.behind_walls(PRESS, [(each.by, each.values()) for each in presses])
    return [_drawn(row) if row else None for row in rows or [None] * len(presses)]


_group: Together[Press, Draw] = Together(_keep)
