"""What is told without saying of whom: published quarters, how senders found it, codes that were replaced."""

from typing import ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from hamrong.petitions.models.petitions import KINDS

ANSWERS: Final = ("satisfied", "partly", "not")
"""What a sender may say of how their petition was settled: hài lòng; một phần; không hài lòng."""


class Asked(models.Model):
    """Whose sender has answered how they found the settlement: `mark` says which petition, to the house's key only."""

    mark = models.TextField(primary_key=True)


class Replaced(models.Model):
    """A code (its look-up) that was replaced at a desk, because its owner lost it: whoever comes with it is told."""

    ticket = models.TextField(primary_key=True)
    replaced_on = models.DateField()


class Opinion(models.Model):
    """How many senders found the settlement so, by unit, kind and quarter (its first day); of sealed ones by province.

    There is no row of a single answer, so that none can be told from another.
    """

    pk = models.CompositePrimaryKey("unit", "kind", "first", "answer")
    unit = models.TextField()
    province = models.TextField()
    kind = models.TextField()
    first = models.DateField()
    answer = models.TextField()
    many = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="opinion_is_a_known_answer"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="opinion_kind_is_known"),
            models.CheckConstraint(condition=Q(many__gte=1), name="opinion_counts"),
        )


class Remark(models.Model):
    """Free words with such an answer, sealed to this row, by unit and quarter; never with a sealed petition."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.TextField()
    province = models.TextField()
    first = models.DateField()
    content = models.BinaryField()


class Published(models.Model):
    """A quarter as the public is told of it, once and for ever: `groups` → [table, row, kind, how many or null].

    What is below `least`, and what it could be reckoned from, is null.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first = models.DateField(unique=True)
    last = models.DateField()
    on = models.DateField()
    least = models.SmallIntegerField()
    groups = models.JSONField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(last__gt=F("first"), on__gt=F("last")), name="published_quarter_has_ended"
            ),
        )
