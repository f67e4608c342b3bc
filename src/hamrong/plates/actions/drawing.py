"""From the value to the numbers of a batch: in the fixed order, each the k-th of what remains, once and for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting, pipelined
from hamrong.audit.logs import publish
from hamrong.kernel.documents.plates import written
from hamrong.kernel.proofs import vrf
from hamrong.plates import entries, rules, stock
from hamrong.plates.models import Pool, Seal
from hamrong.plates.numbers import Run
from hamrong.plates.remaining import Place
from hamrong.plates.rules import Level
from hamrong.plates.stock import Stock

Prove = Callable[[Sequence[bytes]], Sequence[bytes]]
"""Proofs of the key `draw` over many alphas, made where the key is."""
Sign = Callable[[Sequence[bytes]], Sequence[bytes]]
"""Ed25519 signatures of the key `receipts` over many messages."""

BATCH: Final = """
select d.id, d.seq, l.hash from plates_draw d join audit_leaf l on l.log = 'plates' and l.index = d.leaf
 where d.seal = %s order by d.seq
"""
DRAWN: Final = """
update plates_draw d
   set state = 'drawn', drawn_at = %s, n = v.n, k = v.k, number = v.number, level = %s, proof = v.proof
  from unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::text[], %s::bytea[]) as v(id, n, k, number, proof)
 where d.id = v.id
"""
GIVEN: Final = """
insert into plates_plate (number, pool, ward, province, state, colour, draw, vehicle_index, owner_index, owner_name,
                          owner_key, since)
select number, pool, ward, province, 'in-use', colour, id, vehicle_index, owner_index, owner_name, owner_key, drawn_at
  from plates_draw where seal = %s
"""


class OutOfOrder(RuntimeError):
    """An earlier batch of the pool is not drawn yet, this one is drawn already, or the pool is empty."""


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
    *, by: Grant, seal: Seal, value: bytes, w: bytes, level: Level, size: int, prove: Prove, sign: Sign,
    held: Stock | None, at: datetime,
) -> Stock:  # fmt: skip
    """Draw a whole batch. `value` goes into the log, `w` is the 32 bytes it stands for; `size` is the checkpoint's.

    `held` may be the stock as this process left it after its last draw of the pool; the answer is the stock as it is
    now. Raises `OutOfOrder`; then nothing has happened.
    """
    with acting(by), connection.cursor() as cursor:
        pool = Pool.objects.select_for_update().get(pk=seal.pool)
        if pool.draws != seal.first - 1:
            raise OutOfOrder(f"{seal.pool}: {pool.draws} drawn, the batch begins with {seal.first}")
        if held is None or held.version != (pool.events, pool.draws):
            held = stock.read(pool)
        cursor.execute(BATCH, [seal.leaf])
        batch = cursor.fetchall()
        if len(batch) > pool.remaining:
            raise OutOfOrder(f"{seal.pool}: {pool.remaining} numbers remain for {len(batch)} owners")
        proofs = prove([rules.alpha(bytes(leaf), w) for _, _, leaf in batch])
        drawn, touched = _numbers(held, batch, proofs)
        told = _told(seal, drawn, value, level)
        signatures = list(sign([rules.RECEIPT + entry for entry in told]))
        pool.draws, pool.remaining = seal.first + seal.count - 1, len(held.left)
        with pipelined():
            _keep(cursor, seal, drawn, level, at)
            stock.write(seal.pool, held, touched)
            Pool.objects.filter(pk=pool.pk).update(draws=pool.draws, remaining=pool.remaining)
            leaf = publish(entries.LOG, told)
            Seal.objects.filter(pk=seal.pk).update(
                value=value, size=size, drawn_at=at, drawn_leaf=leaf, signatures=signatures
            )
            stream, subject = f"pool:{seal.pool}", f"plates-seal:{seal.leaf}"
            enter(by, subject=subject, stream=stream, at=at, drawn=len(drawn), level=level)
    return held._replace(version=(pool.events, pool.draws))


def _numbers(held: Stock, batch: Sequence[Any], proofs: Sequence[bytes]) -> tuple[list[Number], set[Place]]:
    drawn, touched = [], set[Place]()
    for (identifier, seq, _), proof in zip(batch, proofs, strict=True):
        n = len(held.left)
        k = rules.rank(vrf.proof_to_hash(proof), n)
        series, value = held.left.kth(k)
        touched |= held.left.take([Run(series, value, value)])
        drawn.append(Number(identifier, seq, proof, n, k, series, value))
    return drawn, touched


def _told(seal: Seal, drawn: Sequence[Number], value: bytes, level: Level) -> list[bytes]:
    """The entries of the log that tell the draws."""
    return [
        entries.written(
            entries.draw(
                pool=seal.pool, seq=each.seq, seal=seal.leaf, value=value, proof=each.proof, n=each.n, k=each.k,
                number=each.text, level=level,
            )
        )
        for each in drawn
    ]  # fmt: skip


def _keep(cursor: Any, seal: Seal, drawn: Sequence[Number], level: Level, at: datetime) -> None:
    """Put the numbers into the files, and the plates into the register."""
    columns = list(zip(*[(each.draw, each.n, each.k, each.text, each.proof) for each in drawn], strict=True))
    cursor.execute(DRAWN, [at, level, *map(list, columns)])
    cursor.execute(GIVEN, [seal.leaf])
