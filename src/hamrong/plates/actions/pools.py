"""What happens to pools: opening, adding, setting aside for auction, returning, giving, keeping, releasing, recalling.

Every event is an entry of the public log with its legal basis and the file of its numbers. No event comes between a
seal and the draws of its batch: what a number is drawn from is fixed before the value exists. So whoever changes a pool
first has it said that nothing more of it is sealed, and waits for the numbers of what is.
"""

import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.audit.logs import publish
from hamrong.kernel.documents.plates import written
from hamrong.kernel.vietnamese import clean
from hamrong.plates import entries, numbers, stock
from hamrong.plates.actions.locking import CHANGING
from hamrong.plates.entries import EventType
from hamrong.plates.models import Act, Event, Plate, Pool, Seal
from hamrong.plates.numbers import FIRST, LAST, Run
from hamrong.plates.remaining import NotThere, Place

AT_ONCE: Final = 5_000
PATIENCE: Final = 10.0
"""Seconds in which a batch that is sealed gets its numbers, a beacon's next round included."""

AGAIN: Final = 0.05
EARLIEST: Final = date(2000, 1, 1)
"""No decision about a pool is older: what is put into the public history stays there."""

NOT_A_DAY: Final = Refusal(
    "invalid", "Ngày có hiệu lực phải từ năm 2000 đến hôm nay: kho thay đổi ngay khi ghi.",
    "The day in force lies between the year 2000 and today: a pool changes when it is entered.",
)  # fmt: skip
KEEP_FILE: Final = """
insert into plates_file (sha256, content, count) values (%s, %s, %s) on conflict do nothing
"""


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a pool changes: article of law, decision (number and date), words for the public, day, deciding unit."""

    law: str
    document: str
    on: date
    unit: str
    note: str = ""


def open_pool(
    *, by: Grant, code: str, kind: str, colours: Sequence[str], name_vi: str, name_en: str, series: Sequence[str],
    basis: Basis, at: datetime,
) -> Event | Refusal:  # fmt: skip
    """A new pool of whole series; each series belongs to one pool alone."""
    runs = numbers.whole(series)
    with acting(by):
        one_at_a_time(CHANGING, code)  # twice at once is once
        if Pool.objects.filter(pk=code).exists():
            return Refusal("conflict", "Kho số này đã được mở.", "This pool is open already.")
        pool = Pool(
            code=code, province=by.scope, kind=kind, colours=list(colours), name_vi=clean(name_vi),
            name_en=clean(name_en),
        )  # fmt: skip
        return _incomplete(runs, basis, at) or _applied(by, pool, "pool.open", runs, basis, at)


def change(
    *, by: Grant, pool: str, type: EventType, runs: Sequence[Run], basis: Basis, at: datetime
) -> Event | Refusal:
    """One event of a pool. `runs` are ascending and apart; numbers that do not fit the event are refused by name.

    Owners may go on pressing: what they press meanwhile is sealed after it.
    """
    within = {"province": by.scope} if by.scope_kind == "province" else {}
    with acting(by):
        one_at_a_time(CHANGING, pool)
        if not (found := Pool.objects.filter(pk=pool, **within).first()):
            return Refusal("invalid", "Không có kho số này.", "There is no such pool.")
        if not (found := _without_batch(found)):
            return Refusal(
                "conflict",
                "Có lượt bấm đã chốt thứ tự mà chưa ra số; hãy chờ ra số rồi thay đổi kho.",
                "A sealed batch is not drawn yet; change the pool once its numbers are out.",
            )
        return _incomplete(runs, basis, at) or _applied(by, found, type, runs, basis, at)


def _without_batch(pool: Pool) -> Pool | None:
    """The pool, locked while nothing of it is sealed without a number; None where that does not come."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with transaction.atomic():
                found = Pool.objects.select_for_update().get(pk=pool.pk)
                if Seal.objects.filter(pool=pool.pk, drawn_at__isnull=True).exists():
                    raise _Sealed  # and let whoever draws have the pool
                return found
        except _Sealed:
            if time.monotonic() > until:
                return None
            time.sleep(AGAIN)


class _Sealed(Exception):
    pass


def wrong_day(on: date, today: date) -> Refusal | None:
    """Why a day is not published as that from which a pool changed."""
    return None if EARLIEST <= on <= today else NOT_A_DAY


def _incomplete(runs: Sequence[Run], basis: Basis, at: datetime) -> Refusal | None:
    if not runs:
        return Refusal("invalid", "Danh sách số đang trống.", "The list of numbers is empty.")
    if not (basis.law.strip() and basis.document.strip()):
        return Refusal("invalid", "Hãy ghi căn cứ pháp lý và số quyết định.", "Give legal basis and decision.")
    if wrong := wrong_day(basis.on, timezone.localdate(at)):
        return wrong
    return None


def _applied(
    by: Grant, pool: Pool, type: EventType, runs: Sequence[Run], basis: Basis, at: datetime
) -> Event | Refusal:
    held = stock.read(pool)
    try:
        touched = _moved(pool.code, held, type, runs)
    except NotThere as problem:
        return Refusal("conflict", f"Số không phù hợp: {problem}.", f"A number does not fit: {problem}.")
    stock.write(pool.code, held, touched)
    pool.events, pool.remaining = pool.events + 1, len(held.left)
    pool.save()
    if type == "pool.hold":
        for told in _pieces(runs):
            Plate.objects.filter(number__in=told, pool=pool.code, state="kept").update(held=pool.events)
    if type == "pool.release":
        for told in _pieces(runs):
            end(by, Plate.objects.filter(number__in=told, pool=pool.code), basis.document, at)
    return _told(by, pool, type, runs, basis, at)


def end(by: Grant, plates: QuerySet[Plate], document: str, at: datetime) -> None:
    """The end of plates whose numbers go back: nobody owns them any more, and their history says when and why."""
    Act.objects.bulk_create(
        Act(
            number=one.number, kind=one.kind, ward=one.ward, province=one.province, act="release", reason=one.state,
            note=document, asked_at=at, asked_by=by.actor.ref, done_at=at, done_by=by.actor.ref,
        )
        for one in plates
    )  # fmt: skip
    plates.delete()


def _moved(pool: str, held: stock.Stock, type: EventType, runs: Sequence[Run]) -> set[Place]:
    """Move the numbers within the stock; NotThere where one is not what the event takes it for."""
    if type in ("pool.open", "pool.add"):
        _must_be_new(runs)
        return held.left.give(runs)
    if type == "pool.set-aside":
        return held.left.take(runs) | held.aside.give(runs)
    if type == "pool.return":
        return held.aside.take(runs) | held.left.give(runs)
    if type == "pool.issue":
        return held.aside.take(runs)
    if type == "pool.recall":
        return held.left.take(runs)
    _must_be_kept(pool, runs)
    return held.left.give(runs) if type == "pool.release" else set()


def _must_be_new(runs: Sequence[Run]) -> None:
    """Pools are made of whole series, so that a number that was ever in a pool is known by its series."""
    for run in runs:
        if (run.first, run.last) != (FIRST, LAST):
            raise NotThere(f"{run.series}: a series is added whole")
    with connection.cursor() as cursor:
        cursor.execute("select series from plates_block where series = any(%s) limit 1", [[run.series for run in runs]])
        if known := cursor.fetchone():
            raise NotThere(f"{known[0]} is in a pool already")


def _must_be_kept(pool: str, runs: Sequence[Run]) -> None:
    """Held and released numbers are plates that no vehicle carries any more."""
    for told in _pieces(runs):
        # locked, so that nobody gives one of them to its owner's next vehicle meanwhile
        free = Plate.objects.select_for_update().filter(number__in=told, pool=pool, state__in=["kept", "withdrawn"])
        if missing := set(told) - set(free.values_list("number", flat=True)):
            raise NotThere(f"{min(missing)} is not kept or withdrawn")


def _pieces(runs: Sequence[Run]) -> Iterator[list[str]]:
    every = (written(run.series, number) for run in runs for number in range(run.first, run.last + 1))
    while piece := list(islice(every, AT_ONCE)):
        yield piece


def _told(by: Grant, pool: Pool, type: EventType, runs: Sequence[Run], basis: Basis, at: datetime) -> Event:
    """The event in the public log, in the table and on record."""
    file = numbers.write(runs)
    name, count = numbers.name_of(file), numbers.count(runs)
    entry = entries.event(
        pool=pool.code, event=pool.events, type=type, basis=basis.law, document=basis.document, note=basis.note,
        on=basis.on, by=basis.unit, file=name, count=count, remaining=pool.remaining,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(KEEP_FILE, [name, zlib.compress(file, 6), count])
    leaf = publish(entries.LOG, [entries.written(entry)])
    event = Event(
        pool=pool.code, event=pool.events, type=type, basis=basis.law, document=basis.document, note=basis.note,
        on=basis.on, unit=basis.unit, file=name, count=count, remaining=pool.remaining, leaf=leaf, at=at,
        by=by.actor.ref,
    )  # fmt: skip
    event.save(force_insert=True)
    enter(by, subject=f"pool:{pool.code}", stream=f"pool:{pool.code}", at=at, event=pool.events, type=type, count=count)
    return event
