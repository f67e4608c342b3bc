"""Fixing the order of what owners have pressed, before anything that decides can be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting, pipelined
from hamrong.audit.logs import publish
from hamrong.plates import entries, rules
from hamrong.plates.models import Seal

MOST: Final = 256
WAITING: Final = """
select id, ward, nonce, nullifier, commit from plates_draw
 where pool = %s and state = 'pressed' order by pressed_at, id limit %s for update
"""
ROOM: Final = "select requests, remaining - (requests - draws) from plates_pool where code = %s for update"
PLACE: Final = "update plates_pool set requests = requests + %s where code = %s"
SEALED: Final = """
update plates_draw d set state = 'sealed', seq = v.seq, leaf = v.leaf, seal = %s
  from unnest(%s::uuid[], %s::bigint[], %s::bigint[]) as v(id, seq, leaf) where d.id = v.id
"""
POOLS: Final = "select distinct pool from plates_draw where state = 'pressed'"


@dataclass(frozen=True, slots=True)
class Decides:
    """What will decide a batch: a round of a beacon, local witnesses by name, or the server alone."""

    source: str = rules.SERVER
    round: int = 0
    witnesses: tuple[str, ...] = ()


def waiting_pools(by: Grant) -> list[str]:
    """The pools in which an owner has pressed and no order is fixed yet."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(POOLS)
        return [pool for (pool,) in cursor.fetchall()]


def seal(*, by: Grant, pool: str, decides: Decides, epoch: int, at: datetime, most: int = MOST) -> Seal | None:
    """Give every request that waits in a pool its place, and end the batch with a seal; None where none waits.

    Nobody gets a place for whom no number would be left; they wait until numbers are added.
    """
    with acting(by), connection.cursor() as cursor:
        cursor.execute(ROOM, [pool])
        last, room = cursor.fetchone()
        cursor.execute(WAITING, [pool, min(most, room)])
        waiting = cursor.fetchall()
        if not waiting:
            return None
        first = last + 1
        requests = _requests(pool, first, waiting)
        closing = entries.seal(
            pool=pool, first=first, requests=requests, at=at, source=decides.source, round=decides.round,
            witnesses=decides.witnesses, epoch=epoch,
        )  # fmt: skip
        with pipelined():
            cursor.execute(PLACE, [len(waiting), pool])
            leaf = publish(entries.LOG, [*requests, entries.written(closing)])
            made = _stored(pool, first, closing, leaf + len(waiting), decides, epoch, at)
            places = range(len(waiting))
            ids = [row[0] for row in waiting]
            cursor.execute(SEALED, [made.leaf, ids, [first + at for at in places], [leaf + at for at in places]])
            enter(by, subject=f"plates-seal:{made.leaf}", stream=f"pool:{pool}", at=at, first=first, count=len(waiting))
    return made


def _requests(pool: str, first: int, waiting: Sequence[tuple[Any, ...]]) -> list[bytes]:
    return [
        entries.written(
            entries.request(
                pool=pool, seq=first + place, office=ward, nonce=bytes(nonce), nullifier=bytes(nullifier),
                commit=bytes(commit),
            )
        )
        for place, (_, ward, nonce, nullifier, commit) in enumerate(waiting)
    ]  # fmt: skip


def _stored(
    pool: str, first: int, closing: entries.Entry, leaf: int, decides: Decides, epoch: int, at: datetime
) -> Seal:
    made = Seal(
        leaf=leaf, pool=pool, first=first, count=closing["count"], root=bytes.fromhex(closing["root"]), at=at,
        source=decides.source, round=decides.round, witnesses=list(decides.witnesses), epoch=epoch,
    )  # fmt: skip
    made.save(force_insert=True)
    return made
