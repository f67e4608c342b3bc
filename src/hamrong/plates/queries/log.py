"""Draws as the public log tells them: those of a day, without names, and places that wait too long for their number."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from hamrong.audit.models import Leaf
from hamrong.law import VIETNAM
from hamrong.plates import alarm, entries
from hamrong.plates.entries import Entry
from hamrong.plates.models import Seal
from hamrong.plates.queries.files import span

COLUMNS: Final = ("leaf", "pool", "first", "count", "at", "source", "round", "drawn_at", "drawn_leaf")


class Drawn(NamedTuple):
    """One draw: when it was drawn, its request, the seal that fixed its place, and its result; nobody's name."""

    at: datetime
    request: Entry
    seal: Seal
    draw: Entry


class Slice(NamedTuple):
    """Places of a seal, counted from 0: from `low` to before `high`."""

    seal: Seal
    low: int
    high: int


def of_day(day: date) -> Sequence[Seal]:
    """The batches that were drawn on a day, in their order in the log."""
    first, after = span(day)
    found = Seal.objects.filter(drawn_at__gte=first, drawn_at__lt=after)
    return list(found.only(*COLUMNS).order_by("drawn_leaf"))


def last_day() -> date | None:
    """The last day on which a number was drawn; None where none ever was."""
    newest = (
        Seal.objects.filter(drawn_at__isnull=False).order_by("-drawn_at").values_list("drawn_at", flat=True).first()
    )
    return newest.astimezone(VIETNAM).date() if newest else None


def portion(seals: Sequence[Seal], start: int, size: int) -> list[Slice]:
    """The slices of these batches that hold the draws from the `start`-th on (from 0), `size` of them at most."""
    found, before = [], 0
    for seal in seals:
        low, high = max(start - before, 0), min(start + size - before, seal.count)
        if low < high:
            found.append(Slice(seal, low, high))
        before += seal.count
    return found


def draws(slices: Sequence[Slice]) -> Iterator[Drawn]:
    """The draws of slices with their entries, in their order."""
    for seal, low, high in slices:
        assert seal.drawn_leaf is not None and seal.drawn_at is not None
        requests = _entries(seal.leaf - seal.count + low, high - low)
        results = _entries(seal.drawn_leaf + low, high - low)
        for request, draw in zip(requests, results, strict=True):
            yield Drawn(seal.drawn_at, request, seal, draw)


def _entries(first: int, count: int) -> list[Entry]:
    rows: Any = Leaf.objects.filter(log=entries.LOG, index__gte=first, index__lt=first + count).order_by("index")
    return [entries.read(str(data)) for data in rows.values_list("data", flat=True)]


def overdue(now: datetime) -> Sequence[Seal]:
    """Batches whose order was fixed, and that have had no numbers for longer than a fault explains."""
    late = Seal.objects.filter(drawn_at__isnull=True, at__lt=now - alarm.AFTER)
    return list(late.only(*COLUMNS).order_by("leaf"))
