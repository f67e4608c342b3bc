"""Pools of numbers as everybody may know them: which there are, what happened to them, what remains by series."""

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Func, Min, Sum, TextField, Value

from hamrong.access.actors import Grant
from hamrong.kernel.documents.plates import codes_of
from hamrong.law import VIETNAM
from hamrong.org.queries import areas_on
from hamrong.plates import numbers, remaining
from hamrong.plates.models import Event, File, Pool, Seal
from hamrong.plates.numbers import FIRST, LAST
from hamrong.plates.queries import visible

BY_SERIES: Final = """
select series, sum(bit_count(bits)), sum(bit_count(aside)) from plates_block where pool = %s group by series order by 1
"""
KINDS: Final = """
select number, kind from unnest(%s::text[]) number join plates_pool p on exists (
  select from plates_block b where b.pool = p.code and b.series = left(number, -5))
"""
BLOCK: Final = """
select b.pool, p.kind, b.bits, b.aside from plates_block b join plates_pool p on p.code = b.pool
 where b.series = %s and b.block = %s
"""
PIECE: Final = 64 * 1024
NAME: Final = Func(F("number"), Value(-5), function="left", output_field=TextField())
"""The series of a number: all but its five digits."""


class Series(NamedTuple):
    """A series of a pool: how many numbers remain, and how many are set aside for auction."""

    name: str
    remaining: int
    aside: int

    @property
    def gone(self) -> int:
        """How many left the pool: drawn, issued without a draw, or withdrawn."""
        return LAST - FIRST + 1 - self.remaining - self.aside


def pools(province: str) -> Sequence[Pool]:
    """The pools of a province, by their codes."""
    return list(Pool.objects.filter(province=province))


def pool(code: str) -> Pool | None:
    return Pool.objects.filter(pk=code).first()


def series(code: str) -> Sequence[Series]:
    """Every series of a pool in ascending order, counted from its blocks."""
    with connection.cursor() as cursor:
        cursor.execute(BY_SERIES, [code])
        return [Series(name, int(remaining), int(aside)) for name, remaining, aside in cursor.fetchall()]


def events(code: str) -> Sequence[Event]:
    """What happened to a pool, the latest first."""
    return list(Event.objects.filter(pool=code).order_by("-event"))


def drawn_since(since: datetime) -> Mapping[str, int]:
    """How many numbers were drawn since an instant, by pool."""
    rows = Seal.objects.filter(drawn_at__gte=since).values("pool").annotate(n=Sum("count")).order_by()
    return {row["pool"]: row["n"] for row in rows}


def drawn_by_series(by: Grant, code: str, since: datetime) -> Mapping[str, int]:
    """How many numbers of each series of a pool were drawn since an instant."""
    rows = (
        visible.draws(by).filter(pool=code, drawn_at__gte=since).values(series=NAME).annotate(n=Count("id")).order_by()
    )
    return {row["series"]: row["n"] for row in rows}


def opened(code: str) -> datetime | None:
    """When a pool was opened."""
    first = Event.objects.filter(pool=code, event=1).first()
    return first.at if first else None


def first_opened() -> date | None:
    """The day on which the first pool was opened; None where none is."""
    first = Event.objects.filter(event=1).aggregate(at=Min("at"))["at"]
    return first.astimezone(VIETNAM).date() if first else None


def event(code: str, number: int) -> Event | None:
    return Event.objects.filter(pool=code, event=number).first()


def file(name: str) -> Iterator[bytes]:
    """The published file of this SHA-256, piece by piece: ASCII, one number or run of neighbours a line."""
    packed = bytes(File.objects.get(pk=name).content)
    unpacking = zlib.decompressobj()
    for start in range(0, len(packed), PIECE):
        yield unpacking.decompress(packed[start : start + PIECE])
    yield unpacking.flush()


def set_aside() -> dict[str, int]:
    """How many numbers are set aside for auction, by pool."""
    with connection.cursor() as cursor:
        cursor.execute("select pool, sum(bit_count(aside)) from plates_block group by pool")
        return {pool: int(count) for pool, count in cursor.fetchall()}


def kinds_of(numbers: Collection[str]) -> dict[str, str]:
    """Of which kind of plate each number is, by the pool that has its series: how it is written depends on it."""
    with connection.cursor() as cursor:
        cursor.execute(KINDS, [list(numbers)])
        return dict(cursor.fetchall())


class Stands(NamedTuple):
    """Where a number of ours is: its pool, what its plates go on, and `left`, `aside`, or '' where it is gone."""

    pool: str
    kind: str
    where: str


def place_of(number: str) -> Stands | None:
    """Where a number is; None where no pool has its series."""
    found = numbers.split(number)
    if found is None:
        return None
    series, value = found
    with connection.cursor() as cursor:
        cursor.execute(BLOCK, [series, value // remaining.BLOCK])
        row = cursor.fetchone()
    if row is None:
        return None
    pool, kind, *sets = row
    named = zip(("left", "aside"), sets, strict=True)
    bit = value % remaining.BLOCK
    return Stands(pool, kind, next((name for name, bits in named if int.from_bytes(bits, "little") >> bit & 1), ""))


def left_by(pool: str, number: str) -> Event | None:
    """The last event by which a number left its pool without a draw; None where there was none."""
    events = Event.objects.filter(pool=pool, type__in=["pool.issue", "pool.recall"]).order_by("-event")
    return next((event for event in events if holds(event, number)), None)


def holds(event: Event, number: str) -> bool:
    """Whether an event of a pool is about a number, too."""
    found, runs = numbers.split(number), numbers.read(b"".join(file(event.file)))
    return found is not None and any(run.series == found[0] and run.first <= found[1] <= run.last for run in runs)


def own_codes(on: date) -> tuple[str, ...]:
    """The codes that the province's plates begin with on a day."""
    province = areas_on("province", on).filter(code=settings.HAMRONG_PROVINCE).first()
    return codes_of(province.name) if province else ()


def taken_series() -> frozenset[str]:
    """Every series that is in some pool."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct series from plates_block")
        return frozenset(series for (series,) in cursor.fetchall())
