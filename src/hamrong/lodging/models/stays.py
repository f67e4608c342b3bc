"""Tables of stays, what was done to them, receipts, nights without guests and nights in numbers."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from hamrong.lodging.models.choices import one_of


def last_night() -> models.GeneratedField:
    """The column of the last night at whose 23:00 a guest has not left (`going_on.sql`); None where no end is known."""
    local = "((%(expressions)s AT TIME ZONE 'Asia/Ho_Chi_Minh') - interval '23 hours')::date"
    end = Func(Coalesce("departed_at", "planned_departure_at"), template=local)
    return models.GeneratedField(expression=end, output_field=models.DateField(null=True), db_persist=True)


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
    last_night = last_night()

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
    """What the police acknowledged, without personal data; it outlives the stay and is signed whenever it is shown.

    `replaced_by` a later version; `withdrawn_at` when the stay was cancelled or the report of none taken back.
    """

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
    withdrawn_at = models.DateTimeField(null=True)

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


class NightSummary(models.Model):
    """One establishment's night in numbers, folded after the night and again when late notices come in.

    `stays` arrived that night; `going_on` were notified on an earlier one and had not left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    night = models.DateField()
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    stays = models.PositiveIntegerField()
    foreigners = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    going_on = models.PositiveIntegerField()
    nil = models.BooleanField()
    rooms = models.PositiveIntegerField()
    folded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "night", "ward"], name="nightsummary_by_province")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["establishment", "night"], name="nightsummary_is_one_a_night")
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
