"""Tables of draws: an owner's file, its request in the log, the seal that fixed its order, and its number."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Q

DELAY = ExpressionWrapper(F("drawn_at") - F("at"), output_field=DurationField())
"""How long a batch waited from its seal to its numbers."""

STATES = ("filed", "pressed", "sealed", "drawn", "void")


class Draw(models.Model):
    """One vehicle's way to a number: filed by an officer, pressed by the owner, sealed and drawn by the house.

    Vehicle and owner are sealed to the id of the row and found by a blind index. `salt` and the facts of the file can
    be erased; what is in the log stays valid without them. `ward` is the unit that registers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    pool = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    state = models.TextField(default="filed")
    dossier = models.TextField()
    colour = models.TextField()
    vehicle_sealed = models.BinaryField()
    vehicle_index = models.BinaryField()
    vehicle_hint = models.TextField()
    owner_name = models.TextField()
    owner_key = models.TextField()
    owner_sealed = models.BinaryField()
    owner_index = models.BinaryField()
    owner_hint = models.TextField()
    turn = models.SmallIntegerField(default=1)
    filed_at = models.DateTimeField()
    filed_by = models.TextField()
    ticket = models.TextField(unique=True)
    salt = models.BinaryField(null=True)
    commit = models.BinaryField()
    nonce = models.BinaryField(null=True)
    nullifier = models.BinaryField(unique=True)
    pressed_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField(null=True)
    leaf = models.BigIntegerField(null=True)
    seal = models.BigIntegerField(null=True)
    drawn_at = models.DateTimeField(null=True)
    n = models.BigIntegerField(null=True)
    k = models.BigIntegerField(null=True)
    number = models.TextField(null=True)
    level = models.TextField(blank=True, default="")
    proof = models.BinaryField(null=True)
    printed = models.SmallIntegerField(default=0)

    class Meta:
        # a file is rewritten three times on its way, each time with every index that it stands in by then
        indexes = (
            models.Index(fields=["ward", "-filed_at"], name="draw_by_office"),
            models.Index(fields=["pool", "pressed_at"], condition=Q(state="pressed"), name="draw_waiting"),
            models.Index(fields=["seal"], condition=Q(seal__isnull=False), name="draw_by_seal"),
            models.Index(fields=["vehicle_index"], name="draw_by_vehicle"),
            models.Index(fields=["owner_index"], name="draw_by_owner"),
            models.Index(fields=["province", "drawn_at"], condition=Q(drawn_at__isnull=False), name="draw_by_time"),
            models.Index(fields=["number"], condition=Q(number__isnull=False), name="draw_by_number"),
        )
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="draw_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "void"]) | (Q(nonce__isnull=False) & Q(pressed_at__isnull=False)),
                name="draw_is_pressed_by_its_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "pressed", "void"], seq__isnull=True, seal__isnull=True)
                | (Q(state__in=["sealed", "drawn"]) & Q(seq__isnull=False) & Q(seal__isnull=False)),
                name="draw_has_a_place_once_it_is_sealed",
            ),
            models.CheckConstraint(
                condition=(Q(state="drawn") & Q(number__isnull=False, proof__isnull=False, drawn_at__isnull=False))
                | (~Q(state="drawn") & Q(number__isnull=True, drawn_at__isnull=True)),
                name="draw_has_a_number_once_it_is_drawn",
            ),
            models.CheckConstraint(
                condition=Q(k__gte=1) & Q(k__lte=models.F("n")), name="draw_rank_is_within_the_pool"
            ),
            models.UniqueConstraint(
                fields=["pool", "seq"], condition=Q(seq__isnull=False), name="draw_has_a_place_of_its_own"
            ),
        )


class Seal(models.Model):
    """A batch of requests in its fixed order, and what will decide. The key is the seal's index in the log.

    The entries of its draws begin at `drawn_leaf`, one for each place; `signatures` are of these entries.
    """

    leaf = models.BigIntegerField(primary_key=True)
    pool = models.TextField()
    first = models.BigIntegerField()
    count = models.IntegerField()
    root = models.BinaryField()
    at = models.DateTimeField()
    source = models.TextField()
    round = models.BigIntegerField(default=0)
    witnesses = ArrayField(models.TextField(), default=list)
    epoch = models.BigIntegerField()
    size = models.BigIntegerField(null=True)
    value = models.BinaryField(null=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_leaf = models.BigIntegerField(null=True)
    signatures = ArrayField(models.BinaryField(), default=list)

    class Meta:
        indexes = (
            models.Index(fields=["leaf"], condition=Q(drawn_at__isnull=True), name="seal_open"),
            models.Index(fields=["drawn_at"], name="seal_by_time"),
            models.Index(DELAY, name="seal_by_delay"),
        )
        constraints = (
            models.UniqueConstraint(fields=["pool", "first"], name="seal_begins_at_a_place_of_its_own"),
            models.CheckConstraint(condition=Q(count__gte=1), name="seal_holds_a_request"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True)
                | Q(value__isnull=False, size__isnull=False, drawn_leaf__isnull=False),
                name="seal_is_drawn_by_a_value",
            ),
        )


class Remark(models.Model):
    """What the office said for good about a batch that waited too long. The key is the entry's index in the log."""

    leaf = models.BigIntegerField(primary_key=True)
    seal = models.BigIntegerField()
    at = models.DateTimeField()
    unit = models.TextField()
    text = models.TextField()
    by = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["seal"], name="remark_by_seal"),)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),)
