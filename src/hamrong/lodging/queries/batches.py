"""Files and bulk requests: how far they are, what became of each row, and the proof that a row is in the receipt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from hamrong.access.actors import Grant
from hamrong.kernel.proofs import merkle
from hamrong.lodging.models import Batch, ColumnMapping, Receipt
from hamrong.lodging.originals import open_source
from hamrong.lodging.queries import visible
from hamrong.lodging.results import RowResult, unpack
from hamrong.lodging.sources import JSON, LISTS, NDJSON, WORKBOOKS
from hamrong.lodging.workbooks import FileRefused, Table, annotate, read_table

KEPT = ("accepted", "accepted_with_warnings")


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A stay's receipt as leaf `index` (from 0) of the `size` leaves under the root that its batch's receipt holds."""

    commitment: bytes
    index: int
    size: int
    path: Sequence[bytes]


def find(by: Grant, batch_id: UUID) -> Batch | None:
    """A batch within the grant as it stands, without its heavy columns; a queued one that has begun is `running`."""
    batch = visible.batches(by).filter(pk=batch_id).first()
    if batch is not None and batch.state == "queued" and batch.rows_done:
        batch.state = "running"
    return batch


def recent(by: Grant, establishment: str) -> QuerySet[Batch]:
    """The batches of an establishment, newest first; the caller pages."""
    return visible.batches(by).filter(establishment=establishment).order_by("-received_at", "-id")


def remembered(by: Grant, header: str) -> dict[str, int] | None:
    """The mapping that the grant's establishment confirmed for files with these columns (`header_key`)."""
    known = ColumnMapping.objects.filter(establishment=by.scope, header=header).first()
    return {str(name): int(column) for name, column in known.mapping.items()} if known else None


def preview(batch: Batch) -> Table | FileRefused:
    """A prepared file again, to show columns, encoding and first rows; the caller puts the reading on record."""
    return read_table(open_source(batch), batch.file_name, limits=WORKBOOKS)


def rows(
    batch: Batch, outcome: str | Collection[str] | None = None, after: int = 0, limit: int = 100
) -> list[RowResult]:
    """The results of a batch that the caller may see, in the order of its rows: `limit` at most, behind row `after`."""
    found: list[RowResult] = []
    for each in unpack(bytes(batch.results or b""), outcome=outcome, after=after):
        if len(found) == limit:
            break
        found.append(each)
    return found


def errors_workbook(batch: Batch) -> bytes:
    """The file as it was sent, as XLSX with its findings marked; raises `Erased` after its time.

    It holds personal data: the caller puts the reading on record.
    """
    return annotate(*_as_file(batch), rows(batch, limit=LISTS.rows))


def _as_file(batch: Batch) -> tuple[bytes, str]:
    """The source as a file: a list of JSON becomes JSON lines."""
    source, kind = open_source(batch), batch.media_type.partition(";")[0].strip().lower()
    if kind == JSON:
        lines = [bytes(each) for each in msgspec.json.decode(source, type=list[msgspec.Raw])]
        return b"\n".join(each.replace(b"\n", b" ").replace(b"\r", b" ") for each in lines), "rows.jsonl"
    return source, "rows.jsonl" if kind == NDJSON else batch.file_name


def inclusion(batch: Batch, code: str) -> Inclusion | None:
    """The proof that the stay whose first receipt is `code` is in the batch's receipt, or None."""
    codes = [each.receipt_code for each in unpack(bytes(batch.results or b"")) if each.outcome in KEPT]
    if code not in codes:
        return None
    kept = dict(Receipt.objects.filter(batch=batch.pk, code__in=codes).values_list("code", "commitment"))
    leaves = [bytes(kept[each]) for each in codes if each]
    index = codes.index(code)
    return Inclusion(leaves[index], index, len(leaves), merkle.path(leaves, index))
