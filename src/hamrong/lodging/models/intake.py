"""Tables of what comes in by file or interface: batches, columns of files, remembered answers, outages."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import F, Q

from hamrong.lodging.models.choices import one_of


class Batch(models.Model):
    """One file or one bulk request: its counts, its rows' results (zlib JSON lines, numbers masked), its receipt.

    `reason`: why the guests stay whose own row does not say it; a code or words, as a row would have them.
    """

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
    reason = models.TextField(blank=True, default="")
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
