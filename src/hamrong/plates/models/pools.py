"""Tables of pools: which numbers there are, what happened to them, and the files that name them."""

import uuid_utils.compat as uuid
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Pool(models.Model):
    """Numbers of one kind of plate from which owners draw (kho biển số).

    `events`, `requests` and `draws` are the last numbers given in the log; `remaining` counts the bits of its blocks.
    """

    code = models.TextField(primary_key=True)
    province = models.TextField()
    kind = models.TextField()
    colours = ArrayField(models.TextField())
    name_vi = models.TextField()
    name_en = models.TextField()
    events = models.IntegerField(default=0)
    requests = models.BigIntegerField(default=0)
    draws = models.BigIntegerField(default=0)
    remaining = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=Q(remaining__gte=0), name="pool_does_not_give_more_than_it_has"),
            models.CheckConstraint(condition=Q(draws__lte=models.F("requests")), name="pool_draws_only_on_request"),
        )

    def __str__(self) -> str:
        return self.code


class Block(models.Model):
    """A thousand neighbouring numbers of a series: which remain (`bits`), and which are set aside for auction."""

    pk = models.CompositePrimaryKey("pool", "series", "block")
    pool = models.TextField()
    series = models.TextField()
    block = models.SmallIntegerField()
    bits = models.BinaryField()
    aside = models.BinaryField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(block__range=(0, 99)), name="block_is_one_of_a_hundred"),)


class File(models.Model):
    """A published file of numbers, compressed (zlib); named by the SHA-256 of what is inside."""

    sha256 = models.TextField(primary_key=True)
    content = models.BinaryField()
    count = models.BigIntegerField()


class Event(models.Model):
    """Something that happened to a pool: opened, added to, set aside, returned, kept, released, given, withdrawn."""

    pk = models.CompositePrimaryKey("pool", "event")
    pool = models.TextField()
    event = models.IntegerField()
    type = models.TextField()
    basis = models.TextField()
    document = models.TextField()
    note = models.TextField(blank=True, default="")
    on = models.DateField()
    unit = models.TextField()
    file = models.TextField()
    count = models.BigIntegerField()
    remaining = models.BigIntegerField()
    leaf = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        ordering = ("pool", "event")
        constraints = (
            models.CheckConstraint(condition=Q(event__gte=1), name="event_counts_from_one"),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(document=""), name="event_names_its_legal_basis"),
        )


LIST_STATES = ("reading", "ready", "applying", "done", "refused", "dropped")


class PoolList(models.Model):
    """A list of numbers on its way into a pool's history: uploaded, read, looked at by a person, applied.

    `source` is what was uploaded, `numbers` what was read, both compressed (zlib) and gone once they are needed no
    more. `problems` are the first lines that were not read, `unfit` counts numbers that do not fit the event.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    pool = models.TextField()
    province = models.TextField()
    type = models.TextField()
    basis = models.TextField()
    document = models.TextField()
    note = models.TextField(blank=True, default="")
    on = models.DateField()
    file_name = models.TextField(blank=True, default="")
    state = models.TextField(default="reading")
    source = models.BinaryField(null=True)
    numbers = models.BinaryField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    count = models.BigIntegerField(default=0)
    by_series = models.JSONField(default=dict)
    repeated = models.BigIntegerField(default=0)
    wrong = models.BigIntegerField(default=0)
    problems = models.JSONField(default=list)
    unfit = models.BigIntegerField(default=0)
    unfit_first = models.JSONField(default=list)
    refusal = models.JSONField(default=dict)
    event = models.IntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=["pool", "-made_at"], name="list_by_pool"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LIST_STATES), name="list_state_is_known"),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(document=""), name="list_names_its_legal_basis"),
            models.CheckConstraint(
                condition=Q(state="done", event__isnull=False) | (~Q(state="done") & Q(event__isnull=True)),
                name="list_is_done_by_an_event",
            ),
        )
