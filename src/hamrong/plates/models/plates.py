"""Tables of plates that were given: whose they are, and what was done with them since."""

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import Q

from hamrong.plates.numbers import plate_name

STATES = ("in-use", "kept", "away", "withdrawn")
ACTS = (
    *("exchange", "reissue", "renew", "keep", "assign", "move", "leave"),
    *("enter", "won", "book", "withdraw", "release"),
)
ORIGINS = ("", "province", "auction", "older")
"""Drawn here; given by another province's police; won at an auction; of a kind that the province gave before."""


class Plate(models.Model):
    """A number that left its pool (biển số định danh), with its owner's and vehicle's blind indexes.

    It is known by number and `kind`, what it goes on: 29-A1 2345 of a motorcycle and 29A-123.45 of a car are alike.

    `kept_on` is the day on which it was taken back for its owner, `kept_until` the first day on which it may go back to
    the pool, `held` the event of the pool's history that says so in public. `away`: its owner took it to another
    province, whose police look after it; the number never goes back to the pool from there by itself.

    `origin` is where it came from when it was not drawn here, `source` the office or the decision that says so, with
    its day `source_on`. Such a plate has the pool of its number if that is ours, else none.
    """

    pk = models.CompositePrimaryKey("number", "kind")
    number = models.TextField()
    kind = models.TextField()
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
    kept_on = models.DateField(null=True)
    kept_until = models.DateField(null=True)
    held = models.IntegerField(null=True)
    origin = models.TextField(blank=True, default="", db_default="")
    source = models.TextField(blank=True, default="", db_default="")
    source_on = models.DateField(null=True)

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
                condition=(
                    Q(state="kept") & Q(kept_on__isnull=False, kept_until__isnull=False, vehicle_index__isnull=True)
                )
                | (~Q(state="kept") & Q(kept_on__isnull=True, kept_until__isnull=True, held__isnull=True)),
                name="plate_is_kept_until_a_day_and_on_no_vehicle",
            ),
            models.CheckConstraint(
                condition=~Q(state="in-use") | Q(vehicle_index__isnull=False), name="plate_in_use_is_on_a_vehicle"
            ),
            models.CheckConstraint(condition=Q(origin__in=ORIGINS), name="plate_origin_is_known"),
            models.CheckConstraint(
                condition=Q(origin="", source="", source_on__isnull=True) & ~Q(pool="")
                | ~Q(origin="") & ~Q(source="") & Q(source_on__isnull=False, draw__isnull=True),
                name="plate_from_elsewhere_says_from_where",
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="plate_goes_on_a_kind_of_vehicle"),
        )

    @property
    def name(self) -> str:
        """What its address calls it."""
        return plate_name(self.number, self.kind, self.pool)

    @property
    def subject(self) -> str:
        """What the record calls it."""
        return f"plate:{self.name}"


class Act(models.Model):
    """What was asked for a plate after it was given, when it is due by law, and when it was done or undone.

    `kind` is the plate's; '' of a plate of before kinds were kept, which has left the book since.
    `due_at` is the strict reading, `legal_at` the one before which nobody is late; `before` is how the plate was, and
    `origin` the office that it came from for this act ('' where it was here).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    number = models.TextField()
    kind = models.TextField(blank=True, default="", db_default="")
    ward = models.TextField()
    province = models.TextField()
    act = models.TextField()
    reason = models.TextField()
    note = models.TextField(blank=True, default="")
    dossier = models.TextField(blank=True, default="")
    colour = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    due_at = models.DateTimeField(null=True)
    legal_at = models.DateTimeField(null=True)
    rule = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(blank=True, default="")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True, default="")
    undone_why = models.TextField(blank=True, default="")
    before = models.JSONField(default=dict)
    origin = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(fields=["number", "asked_at"], name="act_by_plate"),
            models.Index(fields=["ward", "due_at"], condition=Q(done_at__isnull=True), name="act_open"),
            models.Index(fields=["ward", "-asked_at"], name="act_by_office"),
            models.Index(fields=["province", "asked_at"], name="act_by_time"),
            models.Index(fields=["origin", "asked_at"], condition=~Q(origin=""), name="act_by_origin"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(act__in=ACTS), name="act_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="act_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_by="") & ~Q(undone_why=""),
                name="act_is_undone_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True, legal_at__isnull=True) | Q(legal_at__gte=models.F("due_at")),
                name="act_is_late_no_sooner_than_due",
            ),
            models.UniqueConstraint(
                fields=["number", "kind"],
                condition=Q(done_at__isnull=True, undone_at__isnull=True),
                name="plate_has_one_open_act",
            ),
        )
