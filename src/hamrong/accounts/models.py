"""Tables of people, posts and machine keys, with the promises that the database keeps about them."""

from typing import ClassVar

import uuid_utils.compat as uuid
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

__all__ = ["AnonymousUser", "Delegation", "Enrolment", "KeyUse", "MachineKey", "Person", "Post"]


USERNAME = r"^[a-z0-9._-]{3,64}$"
SERVICE_NUMBER = r"^[0-9]{3}-[0-9]{3}$"


class People(BaseUserManager["Person"]):
    """Finds people by user name; there is no way to make a superuser."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in: an officer or a person of an establishment. There is no superuser flag.

    `service_number` (số hiệu Công an nhân dân) is an officer's, and nobody else's: two accounts are two people.
    `name_key` is for searching without diacritics, `name_order` for the order of a Vietnamese list (given name first).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    username = models.TextField(unique=True)
    full_name = models.TextField()
    service_number = models.TextField(null=True, blank=True, unique=True)
    name_key = models.TextField(default="", editable=False)
    name_order = models.TextField(default="", editable=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    class Meta:
        ordering = ["username"]
        indexes = [models.Index(fields=["name_order", "id"], name="person_by_name")]
        constraints = [
            models.CheckConstraint(condition=Q(username__regex=USERNAME), name="person_username_is_plain"),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(service_number__regex=SERVICE_NUMBER), name="person_service_number_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A person holds a role in one unit, or at one establishment (by its code), from a day, by somebody's order.

    `ends_on` is the first day on which it is not held any more, so that a post can end at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.TextField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, related_name="posts")
    establishment = models.TextField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ordered_by = models.TextField()
    appointed_by = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["person", "starts_on"]
        indexes = [models.Index(fields=["establishment"], name="post_by_establishment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, establishment__isnull=True)
                | Q(unit__isnull=True, establishment__isnull=False),
                name="post_is_in_a_unit_or_at_an_establishment",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="post_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(ordered_by=""), name="post_names_the_order"),
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=Q(ends_on__isnull=True), name="post_is_held_once_in_a_unit"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "establishment"],
                condition=Q(ends_on__isnull=True),
                name="post_is_held_once_at_an_establishment",
            ),
        ]


class Delegation(models.Model):
    """A role that one person holds and another exercises in their place for some days (ủy quyền), by somebody's order.

    `unit` is where it counts: the commune's police, or the province. `ends_on` is the first day on which it counts no
    more. It ends by itself; `ended_by` is who ended it earlier.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    lender = models.ForeignKey(Person, models.PROTECT, related_name="lent")
    borrower = models.ForeignKey(Person, models.PROTECT, related_name="borrowed")
    role = models.TextField()
    unit = models.TextField()
    province = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    ordered_by = models.TextField()
    made_at = models.DateTimeField()
    ended_by = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-starts_on"], name="delegation_by_unit"),
            models.Index(fields=["province", "-starts_on"], name="delegation_by_province"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="delegation_is_to_another_person"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(ordered_by=""), name="delegation_names_the_order"),
        ]

    @property
    def scope(self) -> str:
        """The scope of the role while it is delegated."""
        return self.unit


class Enrolment(models.Model):
    """A one-time code with which a person sets a password; only its digest is kept.

    `drops_factors`: it was given because the second factor is lost, and takes every factor away when it is used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    digest = models.BinaryField()
    created_at = models.DateTimeField()
    created_by = models.TextField()
    drops_factors = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="enrolment_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("created_at")),
                name="enrolment_is_used_after_it_is_made",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at__isnull=True), name="enrolment_is_open_once_a_person"
            ),
        ]


class MachineKey(models.Model):
    """A bearer key of an establishment's software: only its digest is kept; the secret is shown once."""

    id = models.TextField(primary_key=True)
    digest = models.BinaryField()
    establishment = models.TextField()
    label = models.TextField(default="")
    created_at = models.DateTimeField()
    created_by = models.TextField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["establishment"], name="machinekey_by_establishment")]
        constraints = [
            models.CheckConstraint(condition=~Q(establishment=""), name="machinekey_belongs_to_an_establishment"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="machinekey_expires_after_it_is_made",
            ),
        ]


class KeyUse(models.Model):
    """The day and hour of a key's last use, apart from the key so that using a key is no change of it."""

    key = models.OneToOneField(MachineKey, models.CASCADE, primary_key=True, related_name="use")
    last_used_at = models.DateTimeField()
