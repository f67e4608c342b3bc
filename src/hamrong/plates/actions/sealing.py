"""Fixing the order of what owners have pressed, before anything that decides can be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting, pipelined
from hamrong.audit.logs import publish
from hamrong.audit.statements import prepared
from hamrong.plates import entries, rules
from hamrong.plates.models import Seal

MOST: Final = 256
WAITING: Final = """
select id, ward, nonce, nullifier, commit from plates_draw
 where pool = $1 and state = 'pressed' order by pressed_at, id limit $2 for update
"""
ROOM: Final = "select requests, remaining - (requests - draws) from plates_pool where code = $1 for update"
PLACE: Final = "update plates_pool set requests = requests + $1 where code = $2"
SEAL: Final = """
insert into plates_seal (leaf, pool, first, count, root, at, source, round, witnesses, epoch, signatures)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10, '{}')
"""
SEALED: Final = """
update plates_draw d set state = 'sealed', seq = $2 + v.place - 1, leaf = $3 + v.place - 1, seal = $4
  from unnest($1::uuid[]) with ordinality as v(id, place) where d.id = v.id
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
    with acting(by):
        return [pool for (pool,) in prepared(POOLS)]


def seal(*, by: Grant, pool: str, decides: Decides, epoch: int, at: datetime, most: int = MOST) -> Seal | None:
    """Give every request that waits in a pool its place, and end the batch with a seal; None where none waits.

    Nobody gets a place for whom no number would be left; they wait until numbers are added.
    """
    with acting(by):
        with pipelined():
            places, pressed = prepared(ROOM, [pool]), prepared(WAITING, [pool, most])
        ((last, room),) = places.fetchall()
        waiting = pressed.fetchall()[:room]
        if not waiting:
            return None
        first = last + 1
        requests = _requests(pool, first, waiting)
        closing = entries.seal(
            pool=pool, first=first, requests=requests, at=at, source=decides.source, round=decides.round,
            witnesses=decides.witnesses, epoch=epoch,
        )  # fmt: skip
        with pipelined():
            prepared(PLACE, [len(waiting), pool])
            leaf = publish(entries.LOG, [*requests, entries.written(closing)])
            # first of all the entry of the record: what is watched then need not remember that one is due
            enter(
                by, subject=f"plates-seal:{leaf + len(waiting)}", stream=f"pool:{pool}", at=at, first=first,
                count=len(waiting),
            )  # fmt: skip
            made = _stored(pool, first, closing, leaf + len(waiting), decides, epoch, at)
            prepared(SEALED, [[row[0] for row in waiting], first, leaf, made.leaf])
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
    prepared(SEAL, [
        made.leaf, pool, first, made.count, made.root, at, made.source, made.round, made.witnesses, epoch,
    ])  # fmt: skip
    return made
