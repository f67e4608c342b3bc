"""Whose software knocks: key and establishment, found for many requests in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

import psycopg

from hamrong.access.actors import Holding
from hamrong.access.together import Together
from hamrong.access.wire import Wire
from hamrong.accounts.keys import USE_EVERY, digest, identifier
from hamrong.accounts.models import MachineKey
from hamrong.lodging.models import Establishment

MOST: Final = 50_000
NOBODY: Final = "select set_config('role', 'none', true), set_config('hamrong.scope', '', true)"
# Found by the application, which then becomes the host that the key stands for, and nobody else.
KEY: Final = """
select id, digest, label, establishment, set_config('role', $4, true), set_config('hamrong.scope', establishment, true)
  from accounts_machinekey
 where id = $1 and digest = $2 and revoked_at is null and (expires_at is null or expires_at > $3)
"""
USE: Final = """
insert into accounts_keyuse (key_id, last_used_at)
select id, $3 from accounts_machinekey where id = $1 and digest = $2
on conflict (key_id) do update set last_used_at = excluded.last_used_at where accounts_keyuse.last_used_at <= $4
"""
PLACE: Final = """
select code, kind, ward, province, area, state from lodging_establishment
 where code = current_setting('hamrong.scope', true)
"""


class Shown(NamedTuple):
    """A bearer key as sent, taken apart."""

    id: str
    digest: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Door:
    """A live key and its establishment, with the columns that a notification depends on; true when it was `seen_at`.

    Whoever relies on it lets the database check, in the statement that relies on it, that it is still true.
    """

    key: MachineKey
    place: Establishment
    seen_at: datetime


_wire = Wire(lock_timeout="500ms", synchronous_commit="off")  # when a key was last used may be lost in a crash
_doors: dict[bytes, Door] = {}


def find(shown: str, now: datetime) -> Door | None:
    """The door that a bearer key opens, or opened in the last hour; None: look for it in the ordinary way."""
    known = identifier(shown)
    if known is None:
        return None
    print_ = digest(shown)
    door = _doors.get(print_)
    if door is None or door.seen_at <= now - USE_EVERY:
        door = _looking.ask(Shown(known, print_, now))
        if door is not None:
            _remember(door)
    return door


def forget(door: Door) -> None:
    """What is remembered of a key is no longer so."""
    _doors.pop(bytes(door.key.digest), None)


def _remember(door: Door) -> None:
    if len(_doors) >= MOST:
        _doors.clear()
    _doors[bytes(door.key.digest)] = door


def _look(shown: Sequence[Shown]) -> Sequence[Door | None]:
    try:
        with _wire.transaction() as run:
            found = []
            for each in shown:
                run(NOBODY)
                key = run(KEY, [each.id, each.digest, each.at, Holding("machine", "").definition.wall])
                run(USE, [each.id, each.digest, each.at, each.at - USE_EVERY])
                found.append((key, run(PLACE), each.at))
        return [_door(key.fetchone(), place.fetchone(), at) for key, place, at in found]
    except psycopg.Error:
        return [None] * len(shown)


def _door(key: tuple[Any, ...] | None, place: tuple[Any, ...] | None, at: datetime) -> Door | None:
    if key is None or place is None:
        return None
    number, print_, label, establishment, *_ = key
    code, kind, ward, province, area, state = place
    return Door(
        MachineKey(id=number, digest=print_, label=label, establishment=establishment),
        Establishment(code=code, kind=kind, ward=ward, province=province, area=area, state=state),
        at,
    )


_looking: Together[Shown, Door] = Together(_look)
