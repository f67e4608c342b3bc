"""What the interface answers with, and the small bodies that it takes; OpenAPI's schemas are made from these."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import msgspec
from django.http import HttpResponse

from hamrong.law import VIETNAM
from hamrong.lodging.issues import Issue
from hamrong.lodging.models import Batch
from hamrong.lodging.models import Stay as Row
from hamrong.lodging.results import RowResult

MEDIA_TYPE: Final = "application/json"
NOTHING: Final = msgspec.Raw(b"")


class Shape(msgspec.Struct, kw_only=True):
    """An answer; fields stand in the order of the class."""


class Statement(Shape):
    """What is signed. Instants in UTC; `commitment` is SHA-256 over content that a receipt does not show."""

    v: int
    kind: Literal["stay", "nil", "batch"]
    code: str
    establishment: str
    night: date
    received_at: datetime
    deadline: dict[str, datetime | None]
    on_time: bool
    law: str
    version: int
    count: int
    commitment: str


class SignedReceipt(Shape):
    """A receipt as it is handed out: Ed25519 (RFC 8032) over the RFC 8785 form of the statement, in base64."""

    statement: Statement
    key: str
    signature: str


class Due(Shape):
    """Until when something was to be reported: alerts follow `strict`, nobody is late before `legal`."""

    strict: datetime
    legal: datetime


class StayAnswer(Shape):
    """What became of one notification; a duplicate has the stay and the receipt of the first one."""

    outcome: Annotated[
        str, msgspec.Meta(extra_json_schema={"enum": ["accepted", "accepted_with_warnings", "duplicate"]})
    ]
    stay_id: str
    version: int
    night: date
    deadline: Due
    on_time: bool
    receipt_code: str
    receipt: dict[str, Any]
    issues: Sequence[Issue]


class Validation(Shape):
    """What would become of a notification that came in now; nothing is stored."""

    outcome: Literal["accepted", "accepted_with_warnings", "rejected"]
    night: date
    deadline: Due
    on_time: bool
    law: str
    ruleset: str
    issues: Sequence[Issue]


class AmendmentIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One act upon a stay: extend, leave_early and depart need `at` (RFC 3339), correct a `stay`, cancel a `reason`."""

    act: Literal["correct", "extend", "leave_early", "depart", "cancel"]
    at: datetime | None = None
    stay: msgspec.Raw = msgspec.field(default_factory=lambda: NOTHING)
    reason: str = ""


class AmendmentAnswer(Shape):
    """The stay's new version and the receipt that replaces the former one."""

    stay_id: str
    state: str
    version: int
    night: date
    receipt_code: str
    receipt: dict[str, Any]
    warnings: Sequence[str]


class StayLine(Shape):
    """A stay in a list of the establishment's own; `document_number` is masked."""

    stay_id: str
    version: int
    state: str
    kind: str
    night: date
    full_name: str
    sex: str
    birth: str
    nationality: str
    document_type: str
    document_number: str
    arrival_at: datetime
    planned_departure_at: datetime | None
    departed_at: datetime | None
    room: str
    reason: str
    client_ref: str
    channel: str
    received_at: datetime
    on_time: bool
    receipt_code: str
    warnings: Sequence[str]


class StayPage(Shape):
    """One page of a list; `next` is the cursor of the next one."""

    items: Sequence[StayLine]
    next: str | None


def answered(value: Any, status: int = 200, **headers: str) -> HttpResponse:
    """A JSON answer; header names are given with underscores."""
    return written(status, msgspec.json.encode(value), **headers)


def written(status: int, body: bytes, **headers: str) -> HttpResponse:
    """An answer whose bytes are ready."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=named)


def due(strict: datetime | None, legal: datetime | None) -> Due:
    """A deadline in Vietnamese time."""
    assert strict is not None and legal is not None, "a stay always has a deadline"
    return Due(strict=strict.astimezone(VIETNAM), legal=legal.astimezone(VIETNAM))


def stay_line(row: Row) -> StayLine:
    """A stored stay as its own establishment sees it in a list."""
    return StayLine(
        stay_id=str(row.pk),
        version=row.version,
        state=row.state,
        kind=row.kind,
        night=row.night,
        full_name=row.full_name,
        sex=row.sex,
        birth=row.birth,
        nationality=row.nationality,
        document_type=row.document_type,
        document_number=row.document_hint,
        arrival_at=row.arrival_at,
        planned_departure_at=row.planned_departure_at,
        departed_at=row.departed_at,
        room=row.room,
        reason=row.reason,
        client_ref=row.client_ref,
        channel=row.channel,
        received_at=row.received_at,
        on_time=row.on_time,
        receipt_code=row.receipt,
        warnings=tuple(row.warnings),
    )


class RoomShape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room as on its door."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    beds: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1


class RoomsIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole list of rooms; it replaces the former one."""

    rooms: Annotated[Sequence[RoomShape], msgspec.Meta(max_length=2000)]


class Rooms(Shape):
    """The rooms as they stand."""

    rooms: Sequence[RoomShape]


class Place(Shape):
    """An establishment as its own software sees it."""

    code: str
    kind: str
    name: str
    address: str
    ward: str
    province: str
    area: str
    state: str
    rooms: Sequence[RoomShape]


class NilIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A night without guests: tonight's or last night's date."""

    night: date


class NilAnswer(Shape):
    """The receipt of a night without guests."""

    night: date
    on_time: bool
    receipt_code: str
    receipt: dict[str, Any]


class CatalogShape(Shape):
    """A catalogue as it stands on a day."""

    name: str
    as_of: date
    entries: Sequence[dict[str, Any]]


class Verification(Shape):
    """What is known of a receipt; nobody's name is in it.

    `replaced` by a later version of the same stay; `withdrawn`: the stay was cancelled, or "no guests" was taken back.
    """

    valid: bool
    state: Literal["valid", "replaced", "withdrawn"]
    replaced_by: str | None
    withdrawn_at: str | None
    receipt: dict[str, Any]


class PublicKey(Shape):
    """The key that receipts are verified with: 32 bytes in base64, and the short name that receipts carry."""

    algorithm: Literal["Ed25519"]
    key: str
    public: str


class DerivationStep(Shape):
    """One step from the law to the date."""

    text: str
    citation: str


class DeadlineAnswer(Shape):
    """A deadline with its derivation, article by article."""

    rule: str
    title: str
    version: str
    version_hash: str
    start: datetime
    strict: datetime
    legal: datetime
    uncertain: bool
    caution: str | None
    derivation: Sequence[DerivationStep]


class Ledger(Shape):
    """Every outage that was published, newest first, as a signed statement."""

    statement: dict[str, Any]
    key: str
    signature: str


class BatchAnswer(Shape):
    """A batch as it stands. `rows` is the whole report where it was done at once; later pages are under `/rows`."""

    id: str
    state: str
    mode: str
    atomicity: str
    reason: str
    received_at: datetime
    finished_at: datetime | None
    rows_total: int
    rows_done: int
    accepted: int
    accepted_with_warnings: int
    duplicate: int
    rejected: int
    held: int
    law_version: str
    ruleset_version: str
    receipt_code: str | None
    problem: dict[str, Any] | None
    rows: Sequence[RowResult] | None = None


class RowPage(Shape):
    """Results of rows in the order of the file; `next` is the cursor of the next page."""

    items: Sequence[RowResult]
    next: int | None


def batch_answer(batch: Batch, rows: Sequence[RowResult] | None = None) -> BatchAnswer:
    """A batch as it is told."""
    return BatchAnswer(
        id=str(batch.pk),
        state=batch.state,
        mode=batch.mode,
        atomicity=batch.atomicity,
        reason=batch.reason,
        received_at=batch.received_at,
        finished_at=batch.finished_at,
        rows_total=batch.rows_total,
        rows_done=batch.rows_done,
        accepted=batch.accepted,
        accepted_with_warnings=batch.accepted_with_warnings,
        duplicate=batch.duplicate,
        rejected=batch.rejected,
        held=batch.held,
        law_version=batch.law_version,
        ruleset_version=batch.ruleset_version,
        receipt_code=batch.receipt or None,
        problem=batch.problem,
        rows=rows,
    )


class WebhookIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where to tell which events; https only, and a name that leads to a public address."""

    url: Annotated[str, msgspec.Meta(min_length=9, max_length=500)]
    events: Annotated[
        list[Literal["batch.completed", "stay.held", "catalog.changed"]], msgspec.Meta(min_length=1, max_length=3)
    ]


class WebhookAnswer(Shape):
    """A webhook; its `secret` is told once, in the answer that makes it."""

    id: str
    url: str
    events: Sequence[str]
    created_at: datetime
    secret: str | None = None


class Webhooks(Shape):
    """One's own webhooks."""

    items: Sequence[WebhookAnswer]
