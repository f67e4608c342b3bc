"""Tables of what goes out: webhooks and what they are told, and what is handed on to the ministry."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hamrong.lodging.models.choices import one_of


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


class ToldCatalog(models.Model):
    """The tag of a catalogue that webhooks were told of last."""

    name = models.TextField(primary_key=True)
    etag = models.TextField()
    told_at = models.DateTimeField()


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
