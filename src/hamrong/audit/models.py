"""The tables of the record; the application's role can only append to them, through `audit_append`."""

import uuid_utils.compat as uuid
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One act: who did what, to what, for which purpose, when; chained to the entry before it in its stream.

    `leaf_hash` = SHA-256(0x00 ‖ RFC 8785 JSON of the fields without personal data), the leaf of RFC 6962.
    `xact` is the number of the database transaction; the guard at commit looks for it. It is no part of the leaf.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    stream = models.TextField()
    stream_seq = models.BigIntegerField()
    prev = models.BinaryField()
    type = models.TextField()
    actor = models.TextField()
    unit = models.TextField()
    subject = models.TextField()
    purpose = models.TextField()
    at = models.DateTimeField()
    commit = models.BinaryField()
    leaf_hash = models.BinaryField()
    xact = models.BigIntegerField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at", "id"], name="entry_by_time"),
            models.Index(fields=["actor", "at"], name="entry_by_actor"),
            models.Index(fields=["subject", "at"], name="entry_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["stream", "stream_seq"], name="entry_has_its_own_place_in_the_stream"),
            models.CheckConstraint(condition=models.Q(stream_seq__gte=1), name="entry_counts_from_one"),
        ]


class Detail(models.Model):
    """What an entry commits to; deletable under the law on retention, the entry stays valid without it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="detail")
    salt = models.BinaryField()
    details = models.TextField()


class Pending(models.Model):
    """An entry that waits for its place in the log of audit; written in the transaction of the act, gone once placed.

    `id` counts up within a stream, because the writers of a stream wait for each other.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, db_constraint=False, related_name="+")


class Log(models.Model):
    """A Merkle log (RFC 6962): how many leaves it has, and the roots of its whole subtrees from left to right.

    There is one of the record of audit, and one for each public register that a system keeps as a log.
    """

    name = models.TextField(primary_key=True)
    size = models.BigIntegerField(default=0)
    frontier = ArrayField(models.BinaryField(), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=0), name="log_has_no_less_than_nothing")]


class Leaf(models.Model):
    """One leaf of a log. Of a public log it holds the entry itself (`data`); of the record, which entry it is."""

    pk = models.CompositePrimaryKey("log", "index")
    log = models.TextField()
    index = models.BigIntegerField()
    hash = models.BinaryField()
    entry = models.UUIDField(null=True)
    data = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], name="leaf_is_the_only_one_of_its_entry"),
            models.CheckConstraint(
                condition=models.Q(entry__isnull=True) ^ models.Q(data__isnull=True),
                name="leaf_is_an_entry_or_its_data",
            ),
        ]


class Node(models.Model):
    """The root of a whole subtree of 256 to the power `level` leaves: what the tiles above the leaves are made of."""

    pk = models.CompositePrimaryKey("log", "level", "index")
    log = models.TextField()
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()


class Checkpoint(models.Model):
    """A size and root of a log, signed by its key, as it was published (C2SP signed note)."""

    pk = models.CompositePrimaryKey("log", "size")
    log = models.TextField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["log", "at"], name="checkpoint_by_time")]


class Cosignature(models.Model):
    """What a witness put under a checkpoint: the line of the note, and when it came in."""

    pk = models.CompositePrimaryKey("log", "size", "witness")
    log = models.TextField()
    size = models.BigIntegerField()
    witness = models.TextField()
    line = models.TextField()
    at = models.DateTimeField()
