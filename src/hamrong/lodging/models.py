"""Tables of establishments, stays, receipts and batches, with the promises that the database keeps.

Stays are partitioned by the month of the night (`partitions.sql`). Owner columns (`establishment`, `ward`, `province`)
are plain text because row-level security compares them with one value (`walls.sql`).
"""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


def one_of(name: str, field: str, values: list[str]) -> models.CheckConstraint:
    """A named promise that a text column holds one of these values."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


KINDS: list[str] = [
    "hotel",
    "hostel",
    "apartment",
    "homestay",
    "hospital",
    "dormitory",
    "company",
    "household",
    "vehicle",
]
PLACE_STATES: list[str] = ["applied", "active", "suspended", "closed", "refused"]
STAY_STATES: list[str] = ["notified", "departed", "cancelled"]
CHANNELS: list[str] = ["form", "api", "file", "assisted"]


class Establishment(models.Model):
    """A place that lodges people (cơ sở lưu trú, hộ gia đình, phương tiện) and owes the notification."""

    code = models.TextField(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    name_key = models.TextField()
    address = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    area = models.TextField(default="normal")
    phone = models.TextField(blank=True, default="")
    manager_name = models.TextField()
    state = models.TextField(default="applied")
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.TextField(blank=True, default="")
    decision_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [
            models.Index(fields=["ward", "state", "name_key"], name="establishment_by_ward"),
            models.Index(fields=["province", "ward"], name="establishment_by_province"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{1,6}-[0-9]{4,6}$"), name="establishment_code_is_readable"
            ),
            one_of("establishment_kind_is_known", "kind", KINDS),
            one_of("establishment_state_is_known", "state", PLACE_STATES),
            one_of("establishment_area_is_known", "area", ["normal", "remote"]),
            models.CheckConstraint(
                condition=Q(state="applied", decided_at__isnull=True)
                | (~Q(state="applied") & Q(decided_at__isnull=False)),
                name="establishment_decision_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(decided_by=""), name="establishment_decision_has_an_author"
            ),
        ]


class Claim(models.Model):
    """The private code with which an applicant follows an application and, once approved, takes the account over."""

    establishment = models.TextField(primary_key=True)
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at")), name="claim_is_used_after_it_is_made"
            )
        ]


class Room(models.Model):
    """A room of an establishment; an establishment with rooms is expected to report every night."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    name = models.TextField()
    beds = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["establishment", "name"]
        indexes: ClassVar = [models.Index(fields=["ward", "establishment"], name="room_by_ward")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["establishment", "name"], name="room_name_is_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="room_has_a_name"),
        ]


class Stay(models.Model):
    """A guest's stay as it stands now; what it was before is in its amendments.

    `night` is the legal date of the night of arrival; the vault opens `document_sealed`, `document_index` finds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    night = models.DateField()
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    kind = models.TextField()
    state = models.TextField(default="notified")
    version = models.PositiveIntegerField(default=1)
    full_name = models.TextField()
    name_key = models.TextField()
    name_mrz = models.TextField(blank=True, default="")
    sex = models.TextField()
    birth = models.TextField(blank=True, default="")
    nationality = models.TextField()
    document_type = models.TextField()
    document_sealed = models.BinaryField(null=True)
    document_index = models.BinaryField()
    document_hint = models.TextField(blank=True, default="")
    document_issuer = models.TextField(blank=True, default="")
    document_expires_on = models.DateField(null=True, blank=True)
    residence = models.TextField(blank=True, default="")
    residence_area = models.TextField(blank=True, default="")
    arrival_at = models.DateTimeField()
    planned_departure_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    room = models.TextField(blank=True, default="")
    reason = models.TextField()
    reason_text = models.TextField(blank=True, default="")
    permitted_until = models.DateField(null=True, blank=True)
    guardian = models.TextField(blank=True, default="")
    phone_sealed = models.BinaryField(null=True)
    client_ref = models.TextField(blank=True, default="")
    capture = models.TextField(blank=True, default="")
    captured_at = models.DateTimeField(null=True, blank=True)
    device = models.TextField(blank=True, default="")
    channel = models.TextField()
    received_at = models.DateTimeField()
    received_by = models.TextField()
    deadline_strict = models.DateTimeField()
    deadline_legal = models.DateTimeField()
    on_time = models.BooleanField()
    law_version = models.TextField()
    warnings = ArrayField(models.TextField(), default=list)
    batch = models.UUIDField(null=True, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    receipt = models.TextField()
    salt = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["-night", "-id"]


class Amendment(models.Model):
    """One act upon a stay after its notification: what it was before, who changed it, and the new receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    stay = models.UUIDField()
    night = models.DateField()
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    version = models.PositiveIntegerField()
    act = models.TextField()
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.TextField()
    before = models.JSONField()
    receipt = models.TextField()

    class Meta:
        ordering: ClassVar = ["stay", "version"]
        indexes: ClassVar = [models.Index(fields=["night"], name="amendment_by_night")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stay", "version"], name="amendment_makes_the_next_version"),
            one_of("amendment_act_is_known", "act", ["correct", "extend", "leave_early", "depart", "cancel"]),
            models.CheckConstraint(condition=Q(version__gte=2), name="amendment_follows_a_notification"),
        ]


class Receipt(models.Model):
    """What the police acknowledged, without personal data; it outlives the stay and is signed whenever it is shown."""

    code = models.TextField(primary_key=True)
    kind = models.TextField()
    establishment = models.TextField()
    night = models.DateField()
    received_at = models.DateTimeField()
    deadline_strict = models.DateTimeField(null=True)
    deadline_legal = models.DateTimeField(null=True)
    on_time = models.BooleanField()
    law_version = models.TextField()
    version = models.PositiveIntegerField(default=1)
    count = models.PositiveIntegerField(default=1)
    commitment = models.BinaryField()
    subject = models.UUIDField()
    batch = models.UUIDField(null=True, blank=True)
    replaced_by = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-received_at"]
        indexes: ClassVar = [models.Index(fields=["subject"], name="receipt_by_subject")]
        constraints: ClassVar = [one_of("receipt_kind_is_known", "kind", ["stay", "nil", "batch"])]


class NilReport(models.Model):
    """ "No guests tonight": an establishment says that nobody stays, so that silence is not mistaken for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    night = models.DateField()
    at = models.DateTimeField()
    by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    receipt = models.TextField()

    class Meta:
        ordering: ClassVar = ["-night"]
        indexes: ClassVar = [models.Index(fields=["ward", "night"], name="nilreport_by_ward")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["establishment", "night"],
                condition=Q(withdrawn_at__isnull=True),
                name="nilreport_stands_once_a_night",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("at")),
                name="nilreport_is_withdrawn_after_it_is_made",
            ),
        ]


class Batch(models.Model):
    """One file or one bulk request: its counts, its rows' results (zlib JSON lines, numbers masked), its receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    mode = models.TextField()
    atomicity = models.TextField(default="row")
    state = models.TextField(default="queued")
    file_name = models.TextField(blank=True, default="")
    media_type = models.TextField(blank=True, default="")
    source_sealed = models.BinaryField(null=True)
    mapping = models.JSONField(null=True)
    received_at = models.DateTimeField()
    received_by = models.TextField()
    channel = models.TextField()
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    accepted_with_warnings = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    law_version = models.TextField(blank=True, default="")
    ruleset_version = models.TextField(blank=True, default="")
    receipt = models.TextField(blank=True, default="")
    problem = models.JSONField(null=True)
    results = models.BinaryField(null=True)

    answer: tuple[int, bytes] | None = None
    """What an idempotency key was told; it is kept in `Answer`, and here only for who just submitted the batch."""

    class Meta:
        ordering: ClassVar = ["-received_at"]
        indexes: ClassVar = [
            models.Index(fields=["establishment", "received_at"], name="batch_by_establishment"),
            models.Index(fields=["received_at"], name="batch_by_time"),
        ]
        constraints: ClassVar = [
            one_of("batch_mode_is_known", "mode", ["validate", "submit"]),
            one_of("batch_atomicity_is_known", "atomicity", ["row", "all"]),
            one_of("batch_state_is_known", "state", ["mapping", "queued", "running", "done", "failed"]),
        ]


class Draft(models.Model):
    """A guest typed but not yet notified (before arrival, or half a form); sealed, and only of its establishment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    night = models.DateField()
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    saved_by = models.TextField()

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        indexes: ClassVar = [models.Index(fields=["establishment", "night"], name="draft_by_establishment")]


class ColumnMapping(models.Model):
    """How an establishment's own workbook names its columns, confirmed once by a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    header = models.TextField()
    mapping = models.JSONField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["establishment", "header"], name="columnmapping_is_confirmed_once_a_header")
        ]


class Answer(models.Model):
    """The answer given to an idempotency key, byte for byte, kept at least seven days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    client = models.TextField()
    key = models.TextField()
    body_sha256 = models.BinaryField()
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["answered_at"], name="answer_by_time")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "key"], name="answer_is_given_once_a_key")]


class Outage(models.Model):
    """A time in which notifications could not be received: the public ledger that protects hosts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    cause_vi = models.TextField()
    cause_en = models.TextField(blank=True, default="")
    published_at = models.DateTimeField()
    published_by = models.TextField()

    class Meta:
        ordering: ClassVar = ["-starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="outage_ends_after_it_starts"
            )
        ]


class Webhook(models.Model):
    """Where an establishment's software wants to be told; `secret_sealed` signs what is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    url = models.TextField()
    events = ArrayField(models.TextField())
    secret_sealed = models.BinaryField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["establishment"], name="webhook_by_establishment")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="webhook_is_told_over_tls")
        ]


class Delivery(models.Model):
    """One event on its way to one webhook."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    establishment = models.TextField()
    event = models.TextField()
    body = models.TextField()
    state = models.TextField(default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    last_status = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], condition=Q(state="queued"), name="delivery_waiting")]
        constraints: ClassVar = [one_of("delivery_state_is_known", "state", ["queued", "delivered", "given_up"])]


class Forwarding(models.Model):
    """A notification on its way to the ministry's interface (KBTT); `unknown` is never sent again by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    stay = models.UUIDField()
    night = models.DateField()
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    version = models.PositiveIntegerField()
    state = models.TextField(default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "changed_at"], name="forwarding_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stay", "version"], name="forwarding_is_once_a_version"),
            one_of("forwarding_state_is_known", "state", ["queued", "sending", "confirmed", "rejected", "unknown"]),
        ]


class NightSummary(models.Model):
    """One establishment's night in numbers, folded after the night and again when late notices come in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    night = models.DateField()
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    stays = models.PositiveIntegerField()
    foreigners = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    nil = models.BooleanField()
    rooms = models.PositiveIntegerField()
    folded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "night", "ward"], name="nightsummary_by_province")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["establishment", "night"], name="nightsummary_is_one_a_night")
        ]


class Contact(models.Model):
    """A word between an establishment and its commune's police about a night: a call to who is silent, one taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    night = models.DateField()
    way = models.TextField()
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.TextField()
    who = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    stay = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["ward", "night", "establishment"], name="contact_by_ward")]
        constraints: ClassVar = [
            one_of("contact_way_is_known", "way", ["reached", "no_answer", "phoned", "came"]),
            models.CheckConstraint(condition=Q(noted_at__gte=F("at")), name="contact_is_noted_after_it_happened"),
        ]


class CodeSeries(models.Model):
    """The last number given to an establishment under each prefix."""

    prefix = models.TextField(primary_key=True)
    last = models.PositiveIntegerField()
