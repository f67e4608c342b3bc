"""Tables of petitions. Of a denouncer they hold nothing: what was told, and who told it, lies in the sealed room.

Ids are random and times of receiving are days, because rows of reporters stand in the same tables.
"""

from typing import ClassVar, Final
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

KINDS: Final = ("complaint", "denunciation", "reflection", "crime_report")
"""Khiếu nại; tố cáo; kiến nghị, phản ánh; tố giác, tin báo về tội phạm."""

DOORS: Final = ("counter", "reception", "post", "phone", "online", "portal", "transferred")
"""At the counter, at a citizen reception, by post, by telephone, by our form, from a portal, from another body."""

OUTCOMES: Final = ("", "accept", "guide", "transfer", "return", "file")


class Petition(models.Model):
    """A petition (đơn) in the one register, whoever took it in.

    `ticket` is by what its sender finds it again (the follow-up code's look-up). With `secret` the sealed report of
    the same ticket holds all that was told; otherwise `content` does, sealed to this row, and `persons` and `likeness`
    are keyed blind indexes of its signatories' documents and of its text, by which a repeated petition is suggested.
    `unit` has it; `register`, `year` and `number` are its line in the register of the unit that entered it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ticket = models.TextField(unique=True)
    kind = models.TextField()
    door = models.TextField()
    unit = models.TextField()
    province = models.TextField()
    received_on = models.DateField()
    origin = models.TextField(blank=True, default="")
    secret = models.BooleanField(default=False)
    content = models.BinaryField(null=True)
    persons = ArrayField(models.BinaryField(), default=list)
    likeness = ArrayField(models.BinaryField(), default=list)
    settled = models.BooleanField(default=False)
    register = models.TextField(blank=True, default="")
    year = models.SmallIntegerField(null=True)
    number = models.IntegerField(null=True)
    sorting = models.TextField(blank=True, default="")
    outcome = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    sorted_on = models.DateField(null=True)
    sorted_by = models.TextField(blank=True, default="")
    told_on = models.DateField(null=True)
    told_by = models.TextField(blank=True, default="")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="petition")
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated")

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-received_on", "id"], name="petition_by_unit"),
            models.Index(fields=["province", "-received_on", "id"], name="petition_by_province"),
            models.Index(fields=["unit", "received_on"], condition=Q(sorting=""), name="petition_unsorted"),
            models.Index(fields=["received_on"], condition=Q(settled=False), name="petition_unsettled"),
            GinIndex(fields=["persons"], name="petition_by_person"),
            GinIndex(fields=["likeness"], name="petition_by_likeness"),
        )
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="petition_kind_is_known"),
            models.CheckConstraint(condition=Q(door__in=DOORS), name="petition_door_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="petition_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(secret=True, content__isnull=True, persons=[], likeness=[], origin="")
                | Q(secret=False, content__isnull=False),
                name="petition_of_a_denouncer_holds_nothing_of_them",
            ),
            models.CheckConstraint(
                condition=~Q(kind="denunciation") | Q(secret=True), name="petition_that_denounces_is_sealed"
            ),
            models.CheckConstraint(
                condition=Q(register="", year__isnull=True, number__isnull=True)
                | (~Q(register="") & Q(year__isnull=False, number__isnull=False, number__gte=1)),
                name="petition_number_has_a_register_and_a_year",
            ),
            models.CheckConstraint(
                condition=Q(sorting="", outcome="", sorted_on__isnull=True, sorted_by="", case__isnull=True)
                | (
                    ~Q(sorting="") & ~Q(outcome="") & ~Q(sorted_by="")
                    & Q(sorted_on__isnull=False, number__isnull=False)
                ),
                name="petition_is_entered_before_it_is_sorted",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(sorted_on__isnull=False, sorted_on__lte=F("told_on")),
                name="petition_sender_is_told_after_it_is_sorted",
            ),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="petition_is_not_its_own_repetition"),
            models.UniqueConstraint(fields=["register", "year", "number"], condition=Q(number__isnull=False),
                                    name="petition_number_is_given_once"),
        )  # fmt: skip


class Message(models.Model):
    """A word between the police and the sender of a petition; those of a sealed one are parts of its report."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="messages")
    place = models.SmallIntegerField()
    by_sender = models.BooleanField()
    content = models.BinaryField()
    said_on = models.DateField()
    ticket = models.TextField()
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        ordering: ClassVar = ["petition", "place"]
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["petition", "place"], name="message_has_its_own_place"),
        )


class Tally(models.Model):
    """How often codes were tried that are nobody's, a day: all that is kept of trying."""

    day = models.DateField(primary_key=True)
    unknown = models.IntegerField(default=0)
