"""What belongs to one officer and to no case: alarms they have seen, the secret address of their calendar."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import Q


class Seen(models.Model):
    """An officer has seen the alarm of a clock as it stood; when its strict date moves, it sounds again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="alarms_seen")
    clock = models.UUIDField()
    strict = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["person", "clock", "strict"], name="alarm_is_seen_once"),
        )


class Feed(models.Model):
    """The calendar of an officer: only a digest of its secret address is kept; one lives at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="calendars")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="calendar_lives_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("made_at")),
                name="calendar_ends_after_it_is_made",
            ),
        )
