"""From the value to the numbers of a batch: in the fixed order, each the k-th of what remains, once and for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.audit.logs import Held, keep
from hamrong.audit.models import Checkpoint
from hamrong.audit.statements import prepared
from hamrong.kernel.documents.plates import written
from hamrong.plates import entries, rules, stock
from hamrong.plates.actions.locking import Standing
from hamrong.plates.actions.sealing import Batch
from hamrong.plates.models import Pool, Seal
from hamrong.plates.remaining import Place, place_of
from hamrong.plates.rules import Level
from hamrong.plates.stock import Stock

Sign = Callable[[Sequence[bytes]], Sequence[bytes]]
"""Ed25519 signatures of the key `receipts` over many messages."""

DRAWN: Final = """
with given as (
  update plates_draw d
     set state = 'drawn', drawn_at = $1, n = v.n, k = v.k, number = v.number, level = $2, proof = v.proof
    from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::bytea[]) as v(id, n, k, number, proof)
   where d.id = v.id
  returning d.*
)
insert into plates_plate (number, kind, pool, ward, province, state, colour, draw, vehicle_index, owner_index,
                          owner_name, owner_key, since)
select number, p.kind, pool, ward, g.province, 'in-use', colour, id, vehicle_index, owner_index, owner_name, owner_key,
       drawn_at
  from given g join plates_pool p on p.code = g.pool
"""
TOLD: Final = """
update plates_seal set value = $1, size = $2, drawn_at = $3, signatures = $4::bytea[], drawn_leaf = $5 where leaf = $6
"""


class OutOfOrder(RuntimeError):
    """An earlier batch of the pool is not drawn yet, this one is drawn already, or the pool is empty."""


@dataclass(frozen=True, slots=True)
class Value:
    """What decided: the bytes that go into the log, the 32 bytes they stand for, and the level that can be claimed."""

    told: bytes
    w: bytes
    level: Level


@dataclass(frozen=True, slots=True)
class Decided:
    """A batch whose value is known: the checkpoint that was signed before, and each request's proof and its output."""

    batch: Batch
    checkpoint: Checkpoint
    value: Value
    proofs: Sequence[bytes]
    outputs: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a batch, with what it follows from."""

    draw: UUID
    seq: int
    proof: bytes
    n: int
    k: int
    series: str
    value: int

    @property
    def text(self) -> str:
        return written(self.series, self.value)


def draw(
    *, by: Grant, decided: Decided, pool: Standing, held: Stock | None, log: Held, sign: Sign, at: datetime
) -> tuple[Stock, Standing]:  # fmt: skip
    """Draw a whole batch of a locked pool; its stock, and how it stands then.

    `held` may be the stock as this process left it after its last draw of the pool. Raises `OutOfOrder`; then the
    transaction must not be kept.
    """
    seal, value = decided.batch.seal, decided.value
    if pool.draws != seal.first - 1:
        raise OutOfOrder(f"{seal.pool}: {pool.draws} drawn, the batch begins with {seal.first}")
    if seal.count > pool.remaining:
        raise OutOfOrder(f"{seal.pool}: {pool.remaining} numbers remain for {seal.count} owners")
    if held is None or held.version != (pool.events, pool.draws):
        held = stock.read(Pool(code=seal.pool, events=pool.events, draws=pool.draws))
    drawn, touched = _numbers(held, decided)
    # first of all the entry of the record: what is watched then need not remember that one is due
    stream, subject = f"pool:{seal.pool}", f"plates-seal:{seal.leaf}"
    enter(by, subject=subject, stream=stream, at=at, drawn=len(drawn), level=value.level)
    columns = zip(*[(each.draw, each.n, each.k, each.text, each.proof) for each in drawn], strict=True)
    prepared(DRAWN, [at, value.level, *map(list, columns)])
    stock.write(seal.pool, held, touched)
    told = _told(seal, drawn, value)
    signatures = list(sign([rules.RECEIPT + entry for entry in told]))
    keep(decided.checkpoint)
    prepared(TOLD, [value.told, decided.checkpoint.size, at, signatures, log.add(told), seal.leaf])
    after = pool._replace(draws=pool.draws + seal.count, remaining=len(held.left))
    return held._replace(version=(after.events, after.draws)), after


def _numbers(held: Stock, decided: Decided) -> tuple[list[Number], set[Place]]:
    drawn, touched = [], set[Place]()
    given = zip(decided.batch.draws, decided.proofs, decided.outputs, strict=True)
    for place, (identifier, proof, output) in enumerate(given):
        n = len(held.left)
        k = rules.rank(output, n)
        series, value = held.left.pull(k)
        touched.add(place_of(series, value))
        drawn.append(Number(identifier, decided.batch.seal.first + place, proof, n, k, series, value))
    return drawn, touched


def _told(seal: Seal, drawn: Sequence[Number], value: Value) -> list[bytes]:
    """The entries of the log that tell the draws."""
    return [
        entries.written(
            entries.draw(
                pool=seal.pool, seq=each.seq, seal=seal.leaf, value=value.told, proof=each.proof, n=each.n, k=each.k,
                number=each.text, level=value.level,
            )
        )
        for each in drawn
    ]  # fmt: skip
