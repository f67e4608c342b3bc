"""Bulk: a file or a list of notifications, each row with its own result, the whole in one transaction.

Up to `SYNC_ROWS` rows are answered at once; more are queued and taken in by the job worker. Either everything of a
batch is there (its stays, receipts, results and its entry of audit) or nothing of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from psycopg.errors import LockNotAvailable

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.law import VIETNAM
from hamrong.lodging import originals, receipts
from hamrong.lodging.actions.staging import Staging, staging
from hamrong.lodging.actions.stored import Remember, keep_answer, keep_receipt
from hamrong.lodging.actions.taking import Tally, Way, take_rows
from hamrong.lodging.actions.webhooks import tell
from hamrong.lodging.models import Batch, ColumnMapping, Establishment
from hamrong.lodging.queries import visible
from hamrong.lodging.queries.batches import remembered
from hamrong.lodging.rules import RULESET_VERSION
from hamrong.lodging.sources import WORKBOOKS, FileRefused, SharedReason, Source, TableRows, read
from hamrong.lodging.workbooks import header_key, read_table
from hamrong.lodging.workbooks.columns import labels

Mode = Literal["validate", "submit"]
Atomicity = Literal["row", "all"]
Channel = Literal["api", "file"]

SYNC_ROWS: Final = 5000
JOB: Final = "lodging.take_in_batch"

BUSY: Final = Refusal(
    "conflict",
    "Một tệp khác của cơ sở đang được xử lý; hãy gửi lại sau ít phút.",
    "Another file of this establishment is being taken in; send it again in a few minutes.",
)
NO_BATCH: Final = Refusal(
    "other-scope", "Không có lần gửi này trong phạm vi của bạn.", "There is no such batch for you."
)

ERASED: Final = Refusal(
    "state",
    "Tệp đã được xóa theo thời hạn lưu; hãy tải lên lại.",
    "The file has been erased after its time; upload it again.",
)
MAPPING: Final = Refusal(
    "invalid",
    "Hãy chọn cho mỗi nội dung một cột khác nhau của tệp.",
    "Choose another column of the file for each field.",
)


def submit(
    *, by: Grant, place: Establishment, data: bytes, file_name: str, media_type: str, at: datetime,
    mode: Mode = "validate", atomicity: Atomicity = "row", mapping: Mapping[str, int] | None = None,
    channel: Channel = "api", reason: str = "", remember: Remember[Batch] | None = None,
) -> Batch | Refusal | FileRefused:  # fmt: skip
    """Take in a list or a file: done at once up to `SYNC_ROWS` rows (state `done`), queued when larger (`queued`).

    `mode` validate finds out the same and keeps no stay. `atomicity` all keeps nothing where one row is rejected; what
    was fine is then `held`. `mapping` is field to column, from 0; without it the one that the establishment confirmed
    for such columns counts, or what their names say. `reason` counts for every row that gives none. With `remember`
    the answer is `batch.answer`, kept with the batch.
    """
    batch = _new(by, place, file_name, media_type, at)
    batch.mode, batch.atomicity, batch.channel, batch.mapping = mode, atomicity, channel, mapping
    batch.reason = reason.strip()
    source = _read(by, batch, data)
    if isinstance(source, FileRefused):
        return source
    batch.rows_total, batch.source_sealed = source.total, originals.seal(data, batch.pk)
    return _in_turn(by, batch, lambda: _start(by, place, batch, source, at, remember, new=True))


def prepare(*, by: Grant, place: Establishment, data: bytes, file_name: str, at: datetime) -> Batch | FileRefused:
    """Keep a file that a person uploaded (state `mapping`) until its columns are confirmed and it is run.

    `batch.mapping` is the mapping proposed, or remembered from the last such file; `queries.batches.preview` shows it.
    """
    batch = _new(by, place, file_name, "", at)
    batch.channel, batch.state = "file", "mapping"
    source = _read(by, batch, data)
    if isinstance(source, FileRefused):
        return source
    batch.rows_total, batch.source_sealed = source.total, originals.seal(data, batch.pk)
    with acting(by):
        batch.save(force_insert=True)
        enter(by, subject=_name(batch), stream=_name(batch), at=at, uploaded=source.total)
    return batch


def confirm_mapping(
    *, by: Grant, batch: Batch, mapping: Mapping[str, int], at: datetime, reason: str = ""
) -> Batch | Refusal:
    """What a prepared file's columns hold, as a person confirmed it; remembered for the next such file.

    `reason` is why the guests stay whose row gives none. It is of this file alone: the next party comes for another.
    """
    known = {name: column for name, column in mapping.items() if name in labels()}
    if len(set(known.values())) < len(known) or len(known) < len(mapping):
        return MAPPING
    table = read_table(originals.open_source(batch), batch.file_name, limits=WORKBOOKS)
    if isinstance(table, FileRefused) or any(not 0 <= column < len(table.columns) for column in known.values()):
        return MAPPING
    with acting(by):
        batch.mapping, batch.reason = known, reason.strip()
        batch.save(update_fields=["mapping", "reason"])
        if table.columns:
            ColumnMapping.objects.update_or_create(
                establishment=batch.establishment, header=header_key(table.columns),
                defaults={"mapping": known, "confirmed_at": at, "confirmed_by": by.actor.ref},
            )  # fmt: skip
        enter(by, subject=_name(batch), stream=_name(batch), at=at, mapping=sorted(known), reason=batch.reason)
    return batch


def run_prepared(
    *, by: Grant, batch_id: UUID, mode: Mode, at: datetime, atomicity: Atomicity = "row"
) -> Batch | Refusal | FileRefused:
    """Try (`validate`), or hand in for good (`submit`), a prepared file; a second `submit` changes nothing."""
    with acting(by):
        batch = visible.batches(by).defer(None).filter(pk=batch_id).first()
        place = visible.establishments(by).filter(pk=by.scope).first()
    if batch is None or place is None:
        return NO_BATCH
    if batch.source_sealed is None:
        return ERASED
    source = _read(by, batch, originals.open_source(batch))
    if isinstance(source, FileRefused):
        return source
    return _in_turn(by, batch, lambda: _run_prepared(by, place, batch, source, mode, atomicity, at))


def _run_prepared(
    by: Grant, place: Establishment, batch: Batch, source: Source, mode: Mode, atomicity: Atomicity, at: datetime
) -> Batch:
    batch.refresh_from_db()
    if batch.state == "queued" or (batch.state == "done" and batch.mode == "submit"):
        return batch
    # a file is received when it is handed in, not when it was uploaded to be looked at
    batch.mode, batch.atomicity, batch.received_at, batch.received_by = mode, atomicity, at, by.actor.ref
    return _start(by, place, batch, source, at, None, new=False)


def _new(by: Grant, place: Establishment, file_name: str, media_type: str, at: datetime) -> Batch:
    batch = Batch(
        id=uuid.uuid7(), establishment=place.code, ward=place.ward, province=place.province, mode="validate",
        file_name=file_name[:200], media_type=media_type[:100], received_at=at, received_by=by.actor.ref, channel="api",
        ruleset_version=RULESET_VERSION,
    )  # fmt: skip
    return batch


def _read(by: Grant, batch: Batch, data: bytes) -> Source | FileRefused:
    """The rows of a batch; a table without a mapping gets the remembered or the proposed one."""
    source = _rows(by, batch, data)
    return source if isinstance(source, FileRefused) or not batch.reason else SharedReason(source, batch.reason)


def _rows(by: Grant, batch: Batch, data: bytes) -> Source | FileRefused:
    source = read(
        data, file_name=batch.file_name, media_type=batch.media_type, mapping=batch.mapping,
        establishment=batch.establishment, today=batch.received_at.astimezone(VIETNAM).date(),
    )  # fmt: skip
    if not isinstance(source, TableRows) or batch.mapping:
        return source
    with acting(by):
        known = remembered(by, header_key(source.table.columns))
    batch.mapping = dict(known or source.mapping)
    return replace(source, mapping=batch.mapping)


def _start(
    by: Grant, place: Establishment, batch: Batch, source: Source, at: datetime, remember: Remember[Batch] | None,
    *, new: bool,
) -> Batch:  # fmt: skip
    if source.total > SYNC_ROWS:
        batch.state = "queued"
        batch.save(force_insert=new)
        enter(by, subject=_name(batch), stream=_name(batch), at=at, queued=source.total, mode=batch.mode)
        _queue(by, batch)
    else:
        _take_in(by, place, batch, source, at, lambda done: None)
        batch.save(force_insert=new)
    if remember is not None:
        batch.answer = keep_answer(remember, batch, at)
    return batch


def _in_turn(by: Grant, batch: Batch, work: Callable[[], Batch]) -> Batch | Refusal:
    """Do the work as the only batch of its establishment at the time: two files with the same guests would deadlock."""
    try:
        with acting(by), transaction.atomic():
            one_at_a_time(5000, batch.establishment)
            return work()
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return BUSY
        raise


def _queue(by: Grant, batch: Batch) -> None:
    """Leave the batch to the worker, in the same transaction; the grant that was given now goes with it."""
    app.configure_task(JOB, allow_unknown=True, queue="bulk", lock="lodging.bulk").defer(
        batch=str(batch.pk), establishment=batch.establishment, actor=by.actor.ref, session=by.actor.session,
        role=by.holding.role, act=by.act, purpose=by.purpose,
    )  # fmt: skip


def work_off(*, by: Grant, batch_id: UUID, at: datetime, done: Callable[[int], None]) -> Batch | Refusal:
    """Take in a queued batch, as received when it was received; harmless to repeat after anything."""
    with acting(by):
        batch = visible.batches(by).defer(None).filter(pk=batch_id).first()
        place = visible.establishments(by).filter(pk=by.scope).first()
    if batch is None or place is None:
        return NO_BATCH
    return _in_turn(by, batch, lambda: _work_off(by, place, batch, at, done))


def _work_off(by: Grant, place: Establishment, batch: Batch, at: datetime, done: Callable[[int], None]) -> Batch:
    batch.refresh_from_db()
    if batch.state != "queued":
        return batch
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
    source = _read(by, batch, originals.open_source(batch))
    if isinstance(source, FileRefused):
        # it was readable when it came: only a change of this program in between leads here
        batch.state, batch.problem, batch.finished_at = "failed", {"code": source.code}, at
        enter(by, subject=_name(batch), stream=_name(batch), at=at, refused=source.code)
    else:
        _take_in(by, place, batch, source, at, done)
    batch.save()
    tell(by=by, event="batch.completed", about={"batch": str(batch.pk), "state": batch.state}, at=at)
    return batch


def _take_in(
    by: Grant, place: Establishment, batch: Batch, source: Source, at: datetime, done: Callable[[int], None]
) -> None:
    """Go through all rows, and write down in the batch and on record what became of them."""
    table = staging(place, batch=batch.pk, channel=batch.channel, by=batch.received_by, at=batch.received_at)
    tally = _taken(source, table, place, batch, done)
    for outcome in ("accepted", "accepted_with_warnings", "duplicate", "rejected", "held"):
        setattr(batch, outcome, tally.counts[outcome])
    batch.results, batch.law_version = b"".join(tally.packed), tally.law_version
    batch.rows_total = batch.rows_done = tally.counts.total()
    batch.state, batch.finished_at = "done", at
    if tally.commitments:
        facts = _facts(batch, tally)
        keep_receipt(facts)
        batch.receipt = facts.code
    enter(
        by, subject=_name(batch), stream=_name(batch), at=at, mode=batch.mode, rows=batch.rows_total,
        reason=batch.reason, counts=dict(tally.counts), receipt=batch.receipt, root=tally.root.hex(),
    )  # fmt: skip
    if batch.mode == "submit" and batch.held:
        tell(by=by, event="stay.held", about={"batch": str(batch.pk), "held": batch.held}, at=at)


def _taken(source: Source, table: Staging, place: Establishment, batch: Batch, done: Callable[[int], None]) -> Tally:
    way: Way = "keep" if batch.mode == "submit" else "try"
    if batch.atomicity == "row":
        return take_rows(source, table, place, way=way, at=batch.received_at, done=done)
    savepoint = transaction.savepoint()
    tally = take_rows(source, table, place, way=way, at=batch.received_at, done=done)
    if not tally.counts["rejected"]:
        transaction.savepoint_commit(savepoint)
        return tally
    transaction.savepoint_rollback(savepoint)
    return take_rows(source, table, place, way="hold", at=batch.received_at, done=done)


def _facts(batch: Batch, tally: Tally) -> receipts.Facts:
    """The batch's own receipt: signed over the root, it stands for every row that was kept."""
    return receipts.Facts(
        code=receipts.new_code(), kind="batch", establishment=batch.establishment, night=tally.night,
        received_at=batch.received_at, deadline_strict=None, deadline_legal=None, on_time=tally.on_time,
        law_version=tally.receipt_law, version=1, count=tally.taken, commitment=tally.root, subject=batch.pk,
        batch=batch.pk,
    )  # fmt: skip


def _name(batch: Batch) -> str:
    return f"batch:{batch.pk}"
