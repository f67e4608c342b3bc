"""Many notifications at once, as JSON, JSON lines, CSV or a workbook, and what became of each row."""

from functools import partial
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.lodging import originals
from hamrong.lodging.actions.batches import Atomicity, Mode, submit
from hamrong.lodging.actions.intake import place_to_notify
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.api import idempotency, lanes, openapi
from hamrong.lodging.api.door import JSON, body_of, keyed
from hamrong.lodging.api.problems import Problem, refused
from hamrong.lodging.api.shapes import BatchAnswer, RowPage, SignedReceipt, answered, batch_answer, written
from hamrong.lodging.issues import Issue
from hamrong.lodging.models import Batch
from hamrong.lodging.papers import receipt_paper
from hamrong.lodging.queries import batches, hosts, receipts
from hamrong.lodging.receipts import Facts
from hamrong.lodging.shapes import StayIn
from hamrong.lodging.signing import signer
from hamrong.lodging.sources import LISTS, NDJSON, FileRefused
from hamrong.lodging.workbooks import annotate
from hamrong.ui.answers import as_file

router = Router(tags=["batches"])
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Final = ("text/csv", XLSX, "application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet")
PAGE: Final = 1000
WHOLE_REPORT: Final = 5000
Outcome = Literal["", "accepted", "accepted_with_warnings", "duplicate", "rejected", "held"]
_STAYS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/StayIn"}}
_TEXT: Final = {"type": "string", "format": "binary"}
_BODY: Final[dict[str, dict[str, Any]]] = {JSON: _STAYS, NDJSON: _TEXT, **dict.fromkeys(FILES, _TEXT)}
MEDIA: Final = tuple(_BODY)
Reason = Annotated[str, Query(max_length=300)]


@router.post(
    "/batches",
    **openapi.told(
        "Check or notify many stays",
        (200, "Done; every row has its result, in the order of the rows.", BatchAnswer),
        (202, "More than 5,000 rows: being taken in; ask again at Location.", BatchAnswer),
        refused=(*openapi.ONCE, "file.refused", "conflict", "lane.busy", "content.invalid"),
        body=StayIn,
        bodies=_BODY,
        headers=[{**openapi.IDEMPOTENCY, "required": False}],
    ),
)
@keyed("batch.submit", lane="bulk", inside=False)
def submit_batch(
    request: HttpRequest,
    grant: Grant,
    mode: Mode = "validate",
    atomicity: Atomicity = "row",
    file_name: str = "",
    reason: Reason = "",
) -> HttpResponse:
    """Rows that are wrong never change the status. `atomicity=all` keeps nothing where one row is rejected.

    `reason` is for all rows that give none: a code of the catalogue reasons, or words.
    """
    at = timezone.now()
    with lanes.bulk.enter(lanes.bulk_at_once(at)):
        body = body_of(request, *_BODY, most=LISTS.size)
        key = idempotency.key_of(request)
        act = partial(_submit, request, grant, body, mode, atomicity, file_name, reason)
        status, said = idempotency.once(request, grant, key, body, _write, act) if key else act(None)
    told = msgspec.json.decode(said, type=_Named)
    return written(status, said, Location=f"/api/v1/batches/{told.id}")


class _Named(msgspec.Struct):
    id: str


def _submit(
    request: HttpRequest,
    grant: Grant,
    body: bytes,
    mode: Mode,
    atomicity: Atomicity,
    file_name: str,
    reason: str,
    remember: Remember[Batch] | None,
) -> idempotency.Written:
    with acting(grant):
        place = place_to_notify(grant, grant.scope)
    if isinstance(place, Refusal):
        raise refused(place)
    done = submit(
        by=grant,
        place=place,
        data=body,
        file_name=file_name,
        media_type=request.headers["Content-Type"],
        mode=mode,
        atomicity=atomicity,
        channel="api",
        reason=reason,
        at=timezone.now(),
        remember=remember,
    )
    if isinstance(done, Refusal):
        raise refused(done)
    if isinstance(done, FileRefused):
        raise Problem("file.refused", errors=[_unreadable(done)])
    return done.answer or _write(done)


def _unreadable(file: FileRefused) -> Issue:
    return Issue(
        code=file.code,
        severity="error",
        pointer="",
        message_vi=file.message_vi,
        message_en=file.message_en,
        hint_vi=file.hint_vi,
        hint_en=file.hint_en,
    )


def _write(batch: Batch) -> idempotency.Written:
    done = batch.state == "done"
    rows = batches.rows(batch, limit=WHOLE_REPORT) if done else None
    return (200 if done else 202), msgspec.json.encode(batch_answer(batch, rows))


@router.get("/batches/{batch}", **openapi.told("Read how a batch stands", (200, "It.", BatchAnswer)))
@keyed("batch.read")
def read_batch(request: HttpRequest, grant: Grant, batch: UUID) -> HttpResponse:
    """States: queued, running, done, failed."""
    return answered(batch_answer(_found(grant, batch)))


@router.get("/batches/{batch}/rows", **openapi.told("Read what became of each row", (200, "A page of rows.", RowPage)))
@keyed("batch.read")
def read_rows(request: HttpRequest, grant: Grant, batch: UUID, outcome: Outcome = "", cursor: int = 0) -> HttpResponse:
    """Rows behind row number `cursor`, of one outcome or of all; numbers in them are masked."""
    rows = batches.rows(_found(grant, batch), outcome=outcome or None, after=cursor, limit=PAGE + 1)
    return answered(RowPage(items=rows[:PAGE], next=rows[PAGE - 1].row if len(rows) > PAGE else None))


@router.get(
    "/batches/{batch}/errors.xlsx",
    **openapi.told(
        "Read the file back with its errors marked", (200, "A workbook.", {XLSX: _TEXT}), refused=("conflict",)
    ),
)
@keyed("batch.read", lane="bulk")
def read_errors(request: HttpRequest, grant: Grant, batch: UUID) -> HttpResponse:
    """Made from the file as it was sent, which is kept for some days only; the reading is on record."""
    found = _found(grant, batch)
    if found.source_sealed is None or found.state != "done":
        raise Problem("conflict")
    enter(grant, subject=f"batch:{found.pk}", at=timezone.now(), annotated=True)
    with lanes.bulk.enter(lanes.bulk_at_once(timezone.now())):
        source, name = _as_file(found)
        book = annotate(source, name, batches.rows(found, limit=LISTS.rows))
    return as_file(HttpResponse(book, content_type=XLSX), f"{found.pk}.xlsx")


def _as_file(batch: Batch) -> tuple[bytes, str]:
    """The source as a file: a list of JSON becomes JSON lines."""
    source, kind = originals.open_source(batch), batch.media_type.partition(";")[0].strip().lower()
    if kind == JSON:
        lines = [bytes(each) for each in msgspec.json.decode(source, type=list[msgspec.Raw])]
        return b"\n".join(each.replace(b"\n", b" ").replace(b"\r", b" ") for each in lines), "rows.jsonl"
    return source, "rows.jsonl" if kind == NDJSON else batch.file_name


@router.get(
    "/batches/{batch}/receipt.json",
    **openapi.told("Read a batch's receipt", (200, "The signed receipt.", SignedReceipt)),
)
@keyed("batch.read")
def read_receipt(request: HttpRequest, grant: Grant, batch: UUID) -> HttpResponse:
    """Signed over the Merkle root of its rows (RFC 6962); there is none where nothing was kept."""
    return answered(signer().signed(_facts(_found(grant, batch))))


@router.get(
    "/batches/{batch}/receipt.pdf",
    **openapi.told("Read a batch's receipt on paper", (200, "A sheet (A5).", {"application/pdf": _TEXT})),
)
@keyed("batch.read", lane="bulk")
def read_receipt_paper(request: HttpRequest, grant: Grant, batch: UUID) -> HttpResponse:
    """The same receipt with a QR code that leads to its verification."""
    facts = _facts(_found(grant, batch))
    address = request.build_absolute_uri(f"/r/{facts.code}")
    paper = receipt_paper(facts, signer(), place=hosts.own(grant), stay=None, address=address)
    return HttpResponse(paper, content_type="application/pdf")


def _found(grant: Grant, batch: UUID) -> Batch:
    found = batches.find(grant, batch)
    if found is None:
        raise Problem("not-found")
    return found


def _facts(batch: Batch) -> Facts:
    if not batch.receipt:
        raise Problem("not-found")
    return receipts.facts_of(batch.receipt)
