"""Tables of establishments: places that lodge people, who claims them, their rooms, calls made to them, codes."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import F, Q

from hamrong.lodging.models.choices import KINDS, PLACE_STATES, one_of


class Establishment(models.Model):
    """A place that lodges people (cơ sở lưu trú, hộ gia đình, phương tiện) and owes the notification."""

    code = models.TextField(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    name_key = models.TextField()
    address = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    area = models.TextField(default="normal")
    phone = models.TextField(blank=True, default="")
    manager_name = models.TextField()
    state = models.TextField(default="applied")
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.TextField(blank=True, default="")
    decision_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [
            models.Index(fields=["ward", "state", "name_key"], name="establishment_by_ward"),
            models.Index(fields=["province", "ward"], name="establishment_by_province"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{1,6}-[0-9]{4,6}$"), name="establishment_code_is_readable"
            ),
            one_of("establishment_kind_is_known", "kind", KINDS),
            one_of("establishment_state_is_known", "state", PLACE_STATES),
            one_of("establishment_area_is_known", "area", ["normal", "remote"]),
            models.CheckConstraint(
                condition=Q(state="applied", decided_at__isnull=True)
                | (~Q(state="applied") & Q(decided_at__isnull=False)),
                name="establishment_decision_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(decided_by=""), name="establishment_decision_has_an_author"
            ),
        ]


class Claim(models.Model):
    """The private code with which an applicant follows an application and, once approved, takes the account over."""

    establishment = models.TextField(primary_key=True)
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at")), name="claim_is_used_after_it_is_made"
            )
        ]


class Room(models.Model):
    """A room of an establishment; an establishment with rooms is expected to report every night."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    name = models.TextField()
    beds = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["establishment", "name"]
        indexes: ClassVar = [models.Index(fields=["ward", "establishment"], name="room_by_ward")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["establishment", "name"], name="room_name_is_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="room_has_a_name"),
        ]


class Contact(models.Model):
    """A word between an establishment and its commune's police about a night: a call to who is silent, one taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    establishment = models.TextField()
    ward = models.TextField()
    province = models.TextField()
    night = models.DateField()
    way = models.TextField()
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.TextField()
    who = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    stay = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["ward", "night", "establishment"], name="contact_by_ward")]
        constraints: ClassVar = [
            one_of("contact_way_is_known", "way", ["reached", "no_answer", "phoned", "came"]),
            models.CheckConstraint(condition=Q(noted_at__gte=F("at")), name="contact_is_noted_after_it_happened"),
        ]


class CodeSeries(models.Model):
    """The last number given to an establishment under each prefix."""

    prefix = models.TextField(primary_key=True)
    last = models.PositiveIntegerField()
