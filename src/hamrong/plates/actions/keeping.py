"""Every night: plates that were taken back for their owners are told in public, and those whose time is over return."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.plates import numbers
from hamrong.plates.actions.pools import Basis, change, end
from hamrong.plates.course import move
from hamrong.plates.entries import EventType
from hamrong.plates.models import Event, Plate, Pool
from hamrong.plates.numbers import Run

WORDS: Final[dict[EventType, str]] = {
    "pool.hold": "Biển số định danh thu hồi, giữ cho chủ xe",
    "pool.release": "Biển số định danh hết thời hạn giữ, trở về kho",
}


def settle(*, by: Grant, at: datetime, only: Sequence[str] = ()) -> list[Event | Refusal]:
    """One event of each kind for each pool that needs one; a refusal where a pool waits for its draws.

    `only`: the pools, where not all are meant.
    """
    today = timezone.localdate(at)
    pools = Pool.objects.filter(pk__in=only) if only else Pool.objects.all()
    done = [done for pool in pools.order_by("code") for done in _settled(by, pool, today, at)]
    _let_go(by, today, at)
    return done


def _let_go(by: Grant, today: date, at: datetime) -> None:
    """Plates of no pool that were kept long enough, another province's or of an old kind: our book ends."""
    with acting(by):
        over = Plate.objects.filter(pool="", state="kept", kept_until__lte=today)
        for plate in over:
            enter(by, subject=plate.subject, stream=plate.subject, at=at, kept_until=today.isoformat())
        end(by, over, f"Hết hạn giữ ngày {today:%d/%m/%Y}", at)


def _settled(by: Grant, pool: Pool, today: date, at: datetime) -> Iterator[Event | Refusal]:
    steps: Sequence[tuple[EventType, Q]] = (
        ("pool.hold", Q(held__isnull=True, kept_on__lt=today)),
        ("pool.release", Q(kept_until__lte=today)),
    )
    for type, wanted in steps:
        with acting(by):
            runs = _runs(Plate.objects.filter(wanted, pool=pool.code, state="kept"))
            if runs:
                yield change(by=by, pool=pool.code, type=type, runs=runs, basis=_basis(pool, type, today), at=at)


def _runs(plates: QuerySet[Plate]) -> list[Run]:
    found = (numbers.split(number) for number in plates.order_by("number").values_list("number", flat=True))
    return list(numbers.joined(each for each in found if each))


def _basis(pool: Pool, type: EventType, today: date) -> Basis:
    """The article under which plates are kept, and the list of the day."""
    keep = move("keep")
    assert keep, "the table of acts keeps plates"
    return Basis(keep.law, f"Bảng kê tự động ngày {today:%d/%m/%Y}", today, pool.province, WORDS[type])
