"""From the value to the numbers of a batch: in the fixed order, each the k-th of what remains, once and for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting, pipelined
from hamrong.audit.logs import TEXTS
from hamrong.audit.statements import prepared
from hamrong.kernel.documents.plates import written
from hamrong.kernel.proofs import vrf
from hamrong.plates import entries, rules, stock
from hamrong.plates.models import Pool, Seal
from hamrong.plates.remaining import Place, place_of
from hamrong.plates.rules import Level
from hamrong.plates.stock import Stock

Prove = Callable[[Sequence[bytes]], Sequence[bytes]]
"""Proofs of the key `draw` over many alphas, made where the key is."""
Sign = Callable[[Sequence[bytes]], Sequence[bytes]]
"""Ed25519 signatures of the key `receipts` over many messages."""

POOL: Final = "select events, draws, remaining from plates_pool where code = $1 for update"
BATCH: Final = """
select d.id, d.seq, l.hash from plates_draw d join audit_leaf l on l.log = 'plates' and l.index = d.leaf
 where d.seal = $1 order by d.seq
"""
DRAWN: Final = """
with given as (
  update plates_draw d
     set state = 'drawn', drawn_at = $1, n = v.n, k = v.k, number = v.number, level = $2, proof = v.proof
    from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::bytea[]) as v(id, n, k, number, proof)
   where d.id = v.id
  returning d.*
)
insert into plates_plate (number, pool, ward, province, state, colour, draw, vehicle_index, owner_index, owner_name,
                          owner_key, since)
select number, pool, ward, province, 'in-use', colour, id, vehicle_index, owner_index, owner_name, owner_key, drawn_at
  from given
"""
LEFT: Final = "update plates_pool set draws = $1, remaining = $2 where code = $3"
TOLD: Final = f"""
update plates_seal set value = $1, size = $2, drawn_at = $3, signatures = $4::bytea[],
       drawn_leaf = audit_publish('{entries.LOG}', {TEXTS.format("$5")})
 where leaf = $6
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
    with acting(by):
        with pipelined():
            locked, sealed = prepared(POOL, [seal.pool]), prepared(BATCH, [seal.leaf])
        ((events, draws, remaining),) = locked.fetchall()
        if draws != seal.first - 1:
            raise OutOfOrder(f"{seal.pool}: {draws} drawn, the batch begins with {seal.first}")
        if held is None or held.version != (events, draws):
            held = stock.read(Pool(code=seal.pool, events=events, draws=draws))
        batch = sealed.fetchall()
        if len(batch) > remaining:
            raise OutOfOrder(f"{seal.pool}: {remaining} numbers remain for {len(batch)} owners")
        proofs = prove([rules.alpha(bytes(leaf), w) for _, _, leaf in batch])
        drawn, touched = _numbers(held, batch, proofs)
        told = _told(seal, drawn, value, level)
        signatures = list(sign([rules.RECEIPT + entry for entry in told]))
        draws = seal.first + seal.count - 1
        with pipelined():
            # first of all the entry of the record: what is watched then need not remember that one is due
            stream, subject = f"pool:{seal.pool}", f"plates-seal:{seal.leaf}"
            enter(by, subject=subject, stream=stream, at=at, drawn=len(drawn), level=level)
            columns = zip(*[(each.draw, each.n, each.k, each.text, each.proof) for each in drawn], strict=True)
            prepared(DRAWN, [at, level, *map(list, columns)])
            stock.write(seal.pool, held, touched)
            prepared(LEFT, [draws, len(held.left), seal.pool])
            prepared(TOLD, [value, size, at, signatures, told, seal.leaf])
    return held._replace(version=(events, draws))


def _numbers(held: Stock, batch: Sequence[Any], proofs: Sequence[bytes]) -> tuple[list[Number], set[Place]]:
    drawn, touched = [], set[Place]()
    for (identifier, seq, _), proof in zip(batch, proofs, strict=True):
        n = len(held.left)
        k = rules.rank(vrf.proof_to_hash(proof), n)
        series, value = held.left.pull(k)
        touched.add(place_of(series, value))
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
