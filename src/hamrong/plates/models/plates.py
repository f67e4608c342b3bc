"""Tables of plates that were given: whose they are, and what was done with them since."""

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import Q

STATES = ("in-use", "kept", "withdrawn")
ACTS = ("exchange", "reissue", "keep", "assign", "withdraw", "release")


class Plate(models.Model):
    """A number that left its pool (biển số định danh), with its owner's and vehicle's blind indexes.

    `kept_until` is the first day on which a plate that is kept for its owner may go back to the pool.
    """

    number = models.TextField(primary_key=True)
    pool = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    state = models.TextField(default="in-use")
    colour = models.TextField()
    draw = models.UUIDField(null=True)
    vehicle_index = models.BinaryField(null=True)
    owner_index = models.BinaryField()
    owner_name = models.TextField()
    owner_key = models.TextField()
    since = models.DateTimeField()
    kept_until = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["owner_index"], name="plate_by_owner"),
            models.Index(fields=["vehicle_index"], name="plate_by_vehicle"),
            models.Index(fields=["ward", "since"], name="plate_by_office"),
            models.Index(fields=["kept_until"], condition=Q(state="kept"), name="plate_kept"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="plate_state_is_known"),
            models.CheckConstraint(
                condition=(Q(state="kept") & Q(kept_until__isnull=False, vehicle_index__isnull=True))
                | (~Q(state="kept") & Q(kept_until__isnull=True)),
                name="plate_is_kept_until_a_day_and_on_no_vehicle",
            ),
            models.CheckConstraint(
                condition=~Q(state="in-use") | Q(vehicle_index__isnull=False), name="plate_in_use_is_on_a_vehicle"
            ),
        )


class Act(models.Model):
    """What was asked for a plate after it was given, when it is due by law, and when it was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    number = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    act = models.TextField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    due_at = models.DateTimeField(null=True)
    rule = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(blank=True, default="")
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(fields=["number", "asked_at"], name="act_by_plate"),
            models.Index(fields=["ward", "due_at"], condition=Q(done_at__isnull=True), name="act_open"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(act__in=ACTS), name="act_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="act_has_a_reason"),
        )
