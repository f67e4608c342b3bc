"""The blocks of a pool as they are stored: read into sets of numbers, and the touched ones written back."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from hamrong.audit.statements import prepared
from hamrong.plates.models import Pool
from hamrong.plates.remaining import BYTES, Place, Remaining

READ: Final = "select series, block, bits, aside from plates_block where pool = $1"
WRITE: Final = """
insert into plates_block (pool, series, block, bits, aside)
select $1, * from unnest($2::text[], $3::smallint[], $4::bytea[], $5::bytea[])
on conflict (pool, series, block) do update set bits = excluded.bits, aside = excluded.aside
"""


class Stock(NamedTuple):
    """What remains of a pool, and what is set aside for auction; no number is in both.

    `version`: the last event and the last draw that it knows of.
    """

    left: Remaining
    aside: Remaining
    version: tuple[int, int]


def read(pool: Pool) -> Stock:
    """The stock of a pool, which should be locked: 40 million numbers are 40,000 rows of 250 bytes."""
    left: dict[Place, int] = {}
    aside: dict[Place, int] = {}
    for series, block, bits, apart in prepared(READ, [pool.code]):
        place = Place(series, block)
        left[place] = int.from_bytes(bits, "little")
        aside[place] = int.from_bytes(apart, "little")
    return Stock(Remaining(left), Remaining(aside), (pool.events, pool.draws))


def write(pool: str, stock: Stock, touched: Iterable[Place]) -> None:
    """Write the blocks that changed."""
    places = sorted(touched)
    bits = [stock.left.bits(place).to_bytes(BYTES, "little") for place in places]
    aside = [stock.aside.bits(place).to_bytes(BYTES, "little") for place in places]
    prepared(WRITE, [pool, [place.series for place in places], [place.block for place in places], bits, aside])
