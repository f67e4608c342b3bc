"""What a turn of the sealer locks before it writes: pools in the order of their codes, then the end of the log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from hamrong.access.walls import pipelined
from hamrong.audit import logs
from hamrong.audit.statements import prepared
from hamrong.plates import entries

MOST: Final = 256
CHANGING: Final = 5004
"""The kind of lock of whoever changes a pool, or waits to: nothing more of it is sealed until that is done."""

POOLS: Final = """
select code, events, requests, draws, remaining from plates_pool
 where code = any($1::text[]) or code in (select pool from plates_draw where state = 'pressed')
 order by code for update
"""
WAITING: Final = f"""
select d.* from plates_pool p cross join lateral (
  select pool, id, ward, nonce, nullifier, commit from plates_draw
   where pool = p.code and state = 'pressed' order by pressed_at, id limit $1 for update
) d where pg_try_advisory_xact_lock_shared(hashtextextended(p.code, {CHANGING})) order by d.pool
"""
STANDS: Final = "update plates_pool set requests = $1, draws = $2, remaining = $3 where code = $4"


class Standing(NamedTuple):
    """A pool that is locked: the last numbers given in it, and how many numbers remain."""

    code: str
    events: int
    requests: int
    draws: int
    remaining: int

    @property
    def room(self) -> int:
        """For how many more requests a number would be left."""
        return self.remaining - (self.requests - self.draws)


@dataclass(frozen=True, slots=True)
class Locked:
    """Pools as they stand, the requests that wait in each in their order, and the end of the log."""

    pools: dict[str, Standing]
    waiting: Mapping[str, Sequence[tuple[Any, ...]]]
    log: logs.Held

    def write(self) -> None:
        """Keep how the pools stand now, and add to the log."""
        for pool in self.pools.values():
            prepared(STANDS, [pool.requests, pool.draws, pool.remaining, pool.code])
        self.log.write()


def lock(pools: Collection[str], most: int = MOST) -> Locked:
    """Lock these pools and every other one in which an owner has pressed, until the transaction ends."""
    with pipelined():  # none of them waits for the others
        found, pressed = prepared(POOLS, [list(pools)]), prepared(WAITING, [most])
        held = prepared(logs.HOLD, [entries.LOG])
    standing = {row[0]: Standing(*row) for row in found}
    waiting: dict[str, list[tuple[Any, ...]]] = {}
    for pool, *request in pressed:
        if pool in standing:  # who pressed in another pool meanwhile waits for the next time
            waiting.setdefault(pool, []).append(tuple(request))
    ((first,),) = held
    return Locked(standing, waiting, logs.Held(entries.LOG, first))
