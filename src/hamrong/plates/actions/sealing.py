"""Fixing the order of what owners have pressed, before anything that decides can be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.audit.logs import Held
from hamrong.audit.statements import prepared
from hamrong.kernel.proofs import merkle
from hamrong.plates import entries, rules
from hamrong.plates.actions.locking import Standing
from hamrong.plates.models import Seal

SEAL: Final = """
insert into plates_seal (leaf, pool, first, count, root, at, source, round, witnesses, epoch, signatures)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10, '{}')
"""
SEALED: Final = """
update plates_draw d set state = 'sealed', seq = $2 + v.place - 1, leaf = $3 + v.place - 1, seal = $4
  from unnest($1::uuid[]) with ordinality as v(id, place) where d.id = v.id and d.state = 'pressed'
"""
REQUESTS: Final = """
select d.id, l.hash from plates_draw d join audit_leaf l on l.index = d.leaf
 where d.seal = $1 and l.log = $2 and l.index >= $3 and l.index < $1 order by d.seq
"""


@dataclass(frozen=True, slots=True)
class Decides:
    """What will decide a batch: a round of a beacon, local witnesses by name, or the server alone."""

    source: str = rules.SERVER
    round: int = 0
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """A seal, and what it sealed in its order: the files, and the leaf hashes of their requests."""

    seal: Seal
    draws: Sequence[UUID]
    leaves: Sequence[bytes]


def seal(
    *, by: Grant, pool: Standing, waiting: Sequence[tuple[Any, ...]], log: Held, decides: Decides, epoch: int,
    at: datetime,
) -> tuple[Batch, Standing]:  # fmt: skip
    """Give requests that wait in a locked pool their places, and end the batch with a seal; how the pool stands then.

    There must be room for all of them: nobody gets a place for whom no number would be left.
    """
    first = pool.requests + 1
    requests = [
        entries.written(
            entries.request(
                pool=pool.code, seq=first + place, office=ward, nonce=nonce, nullifier=nullifier, commit=commit
            )
        )
        for place, (_, ward, nonce, nullifier, commit) in enumerate(waiting)
    ]  # fmt: skip
    closing = entries.seal(
        pool=pool.code, first=first, requests=requests, at=at, source=decides.source, round=decides.round,
        witnesses=decides.witnesses, epoch=epoch,
    )  # fmt: skip
    leaf = log.add([*requests, entries.written(closing)])
    made = Seal(
        leaf=leaf + len(requests), pool=pool.code, first=first, count=len(requests),
        root=bytes.fromhex(closing["root"]), at=at, source=decides.source, round=decides.round,
        witnesses=list(decides.witnesses), epoch=epoch,
    )  # fmt: skip
    batch = Batch(made, [row[0] for row in waiting], [merkle.leaf(each) for each in requests])
    # first of all the entry of the record: what is watched then need not remember that one is due
    stream = f"pool:{pool.code}"
    enter(by, subject=f"plates-seal:{made.leaf}", stream=stream, at=at, first=first, count=made.count)
    _write(batch, leaf)
    return batch, pool._replace(requests=pool.requests + made.count)


def _write(batch: Batch, leaf: int) -> None:
    made = batch.seal
    prepared(SEAL, [
        made.leaf, made.pool, made.first, made.count, made.root, made.at, made.source, made.round, made.witnesses,
        made.epoch,
    ])  # fmt: skip
    prepared(SEALED, [batch.draws, made.first, leaf, made.leaf])


def batch_of(made: Seal) -> Batch:
    """A batch that was sealed before, as the database keeps it."""
    rows = prepared(REQUESTS, [made.leaf, entries.LOG, made.leaf - made.count]).fetchall()
    return Batch(made, [row[0] for row in rows], [row[1] for row in rows])
