"""A list of numbers on its way into a pool's history: uploaded, read, looked at by a person, applied as one event.

Small lists are read and applied at once; large ones by the job worker, with how far it has come told on the way.
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import uuid_utils.compat as uuid
from procrastinate.contrib.django import app

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.vietnamese import clean
from hamrong.kernel.workbooks import CannotRead, is_workbook
from hamrong.plates import numbers, stock
from hamrong.plates.actions.pools import Basis, change
from hamrong.plates.entries import EventType
from hamrong.plates.lists import NO_LIST, Listed, NotText, read_list, why_not_read
from hamrong.plates.models import Event, Pool, PoolList
from hamrong.plates.numbers import Run
from hamrong.plates.queries import visible

LARGEST: Final = 64 * 1024 * 1024
AT_ONCE: Final = 256 * 1024
"""Bytes of a list that is read while its sender waits."""

APPLIED_AT_ONCE: Final = 20_000
"""Numbers of a list that is applied while its sender waits."""

SHOWN: Final = 20
READ: Final = "plates.read_list"
APPLY: Final = "plates.apply_list"
FROM_LEFT: Final = frozenset({"pool.set-aside", "pool.recall"})
"""Events whose numbers have to remain; those of the others have to be set aside."""

GONE: Final = Refusal("other-scope", "Không có danh sách này.", "There is no such list.")
UNFIT: Final = Refusal("conflict", "Có số không phù hợp; hãy sửa danh sách.", "Numbers do not fit; correct the list.")
NOTHING: Final = Refusal(
    "invalid", "Không đọc được biển số nào của kho trong danh sách này.", "No number of the pool could be read."
)


def take_in(
    *, by: Grant, pool: str, type: EventType, data: bytes, file_name: str, basis: Basis, at: datetime
) -> PoolList | Refusal:
    """Keep a list for an event of a pool; a small one is read at once (`ready`), a large one is queued (`reading`)."""
    if len(data) > LARGEST:
        return Refusal("invalid", "Tệp lớn hơn 64 MB; hãy chia nhỏ.", "The file has more than 64 MB; divide it.")
    with acting(by):
        if not Pool.objects.filter(pk=pool, province=by.scope).exists():
            return Refusal("invalid", "Không có kho số này.", "There is no such pool.")
        kept = PoolList(
            id=uuid.uuid7(), pool=pool, province=by.scope, type=type, basis=clean(basis.law),
            document=clean(basis.document), note=clean(basis.note), on=basis.on, file_name=file_name[:200],
            source=zlib.compress(data, 1), total=0 if is_workbook(data) else data.count(b"\n") + 1,
            made_at=at, made_by=by.actor.ref,
        )  # fmt: skip
        kept.save(force_insert=True)
        enter(by, subject=f"pool:{pool}", stream=f"pool:{pool}", at=at, list=str(kept.pk), type=type, bytes=len(data))
        if len(data) > AT_ONCE:
            _queue(READ, by, kept)
            return kept
    return read(by=by, identifier=kept.pk)


def read(*, by: Grant, identifier: UUID) -> PoolList | Refusal:
    """Read what was uploaded and find what does not fit; then it is `ready`, or `refused`. Harmless to repeat."""
    with acting(by):
        kept = visible.lists(by).filter(pk=identifier, state="reading").first()
        pool = Pool.objects.filter(pk=kept.pool).first() if kept else None
    if kept is None or pool is None:
        return GONE
    assert kept.source is not None, "a list that is being read has its source"
    held = stock.read(pool)
    known = set(held.left.series) | set(held.aside.series)

    def tell(lines: int) -> None:
        with acting(by):
            visible.lists(by).filter(pk=identifier).update(done=lines)

    try:
        found = read_list(zlib.decompress(kept.source), series=known, kind=pool.kind, done=tell)
    except NotText:
        return _settled(by, kept, NO_LIST)
    except CannotRead as problem:
        return _settled(by, kept, why_not_read(problem))
    if not found.runs:
        _note(kept, found, (0, []))
        return _settled(by, kept, NOTHING)
    _note(kept, found, (held.left if kept.type in FROM_LEFT else held.aside).lacking(found.runs, SHOWN))
    return _settled(by, kept, None)


def _note(kept: PoolList, found: Listed, unfit: tuple[int, list[str]]) -> None:
    by_series: Counter[str] = Counter()
    for run in found.runs:
        by_series[run.series] += run.last - run.first + 1
    kept.count, kept.by_series, kept.done = found.count, dict(by_series), kept.total
    kept.repeated, kept.wrong, kept.problems = found.repeated, found.wrong, [list(each) for each in found.problems]
    kept.unfit, kept.unfit_first = unfit
    kept.numbers = zlib.compress(numbers.write(found.runs), 1)


def _settled(by: Grant, kept: PoolList, refusal: Refusal | None) -> PoolList:
    kept.state, kept.source = "refused" if refusal else "ready", None
    kept.refusal = _told(refusal)
    with acting(by):
        kept.save()
    return kept


def _told(refusal: Refusal | None) -> dict[str, str]:
    return {"vi": refusal.vi, "en": refusal.en} if refusal else {}


def confirm(*, by: Grant, identifier: UUID, at: datetime) -> PoolList | Refusal:
    """Apply a list that a person has looked at: at once, or by the job worker (`applying`). Twice is once."""
    with acting(by):
        kept = visible.lists(by).select_for_update().filter(pk=identifier).first()
        if kept is None:
            return GONE
        if kept.state != "ready":
            return kept
        if kept.unfit:
            return Refusal(
                "conflict", "Có số không phù hợp; hãy sửa danh sách.", "Numbers do not fit; correct the list."
            )
        kept.state, kept.done, kept.total = "applying", 0, kept.count
        kept.save(update_fields=["state", "done", "total"])
        if kept.count > APPLIED_AT_ONCE:
            enter(by, subject=f"pool:{kept.pool}", stream=f"pool:{kept.pool}", at=at, confirmed=str(kept.pk))
            _queue(APPLY, by, kept)
            return kept
        return apply(by=by, identifier=identifier, at=at)


def apply(*, by: Grant, identifier: UUID, at: datetime) -> PoolList | Refusal:
    """The event itself; what stops it is told with the list, which is then `ready` again. Harmless to repeat."""
    with acting(by):
        kept = visible.lists(by).select_for_update().filter(pk=identifier).first()
        if kept is None:
            return GONE
        if kept.state != "applying" or kept.numbers is None:
            return kept
        answer = _applied(by, kept, at)
        if isinstance(answer, Refusal):
            kept.state, kept.refusal = "ready", _told(answer)
        else:
            kept.state, kept.event, kept.done, kept.numbers = "done", answer.event, kept.total, None
        kept.save()
    return kept


def _applied(by: Grant, kept: PoolList, at: datetime) -> Event | Refusal:
    runs: Sequence[Run] = numbers.read(zlib.decompress(kept.numbers or b""))
    basis = Basis(kept.basis, kept.document, kept.on, kept.province, kept.note)
    type_: Any = kept.type
    return change(by=by, pool=kept.pool, type=type_, runs=runs, basis=basis, at=at)


def drop(*, by: Grant, identifier: UUID, at: datetime) -> PoolList | Refusal:
    """Give a list up before it is applied; nothing of the pool has changed."""
    with acting(by):
        kept = visible.lists(by).select_for_update().filter(pk=identifier).first()
        if kept is None:
            return GONE
        if kept.state not in {"ready", "reading", "refused"}:
            return kept
        kept.state, kept.source, kept.numbers = "dropped", None, None
        kept.save()
        enter(by, subject=f"pool:{kept.pool}", stream=f"pool:{kept.pool}", at=at, dropped=str(kept.pk))
    return kept


def _queue(job: str, by: Grant, kept: PoolList) -> None:
    """Leave the list to the worker, in the same transaction; the grant that was given now goes with it."""
    app.configure_task(job, allow_unknown=True, queue="bulk", lock="plates.bulk").defer(
        identifier=str(kept.pk), province=by.scope, actor=by.actor.ref, session=by.actor.session,
        role=by.holding.role, act=by.act, purpose=by.purpose,
    )  # fmt: skip
