"""The tables of the record; the application's role can only append to them, through `audit_append`."""

import uuid_utils.compat as uuid
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
