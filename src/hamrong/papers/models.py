"""Tables of papers and of files that were handed in. What they say is sealed; ids are random and tell no order."""

from typing import ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q

STATES: Final = ("draft", "signed", "discarded")


class Paper(models.Model):
    """A paper (văn bản) about an object of some room, by its reference (`case:KN-2026-000123`).

    `content` holds the fields, sealed to the row; `revision` counts its changes. Signing gives number, `code` (by which
    anybody can check it), the PDF, sealed too, and `digest`, the SHA-256 of the PDF as it was given out; `proof` is the
    entry of the record that says code and digest and nothing else. With `erased_on` it says nothing any more and can
    still be proved.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ref = models.TextField()
    purpose = models.TextField()
    form = models.TextField()
    state = models.TextField(default="draft")
    unit = models.TextField()
    province = models.TextField()
    content = models.BinaryField()
    revision = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.TextField()
    register = models.TextField(blank=True, default="")
    year = models.SmallIntegerField(null=True)
    number = models.IntegerField(null=True)
    numbered_by = models.TextField(blank=True, default="")
    symbol = models.TextField(blank=True, default="")
    code = models.TextField(null=True, unique=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.TextField(blank=True, default="")
    pdf = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)
    proof = models.UUIDField(null=True)
    erased_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["ref", "-made_at"], name="paper_by_ref"),)
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="paper_state_is_known"),
            models.CheckConstraint(condition=~Q(unit=""), name="paper_belongs_to_a_unit"),
            models.CheckConstraint(
                condition=Q(
                    state="signed", year__isnull=False, number__gte=1, code__isnull=False, signed_at__isnull=False,
                    digest__isnull=False,
                ) & ~Q(signed_by="") & ~Q(symbol="") & ~Q(register="") & ~Q(numbered_by="") & (
                    Q(pdf__isnull=False, erased_on__isnull=True) | Q(pdf__isnull=True, erased_on__isnull=False)
                )
                | ~Q(state="signed") & Q(
                    year__isnull=True, number__isnull=True, code__isnull=True, signed_at__isnull=True,
                    pdf__isnull=True, digest__isnull=True, erased_on__isnull=True, signed_by="", symbol="",
                    register="", numbered_by="",
                ),
                name="paper_has_number_code_and_pdf_when_it_is_signed",
            ),
            # `numbered_by` is the unit whose register gave the number; a paper stays numbered when its case moves
            models.UniqueConstraint(
                fields=["register", "numbered_by", "year", "number"], name="paper_number_is_given_once"
            ),
        )  # fmt: skip


class Recall(models.Model):
    """That a signed paper was recalled (thu hồi): when, by whom, why, sealed to the row, and what took its place."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="recall")
    replacement = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="replaces")
    reason = models.BinaryField()
    recalled_at = models.DateTimeField()
    recalled_by = models.TextField()
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(unit="") & ~Q(recalled_by=""), name="recall_belongs_to_a_unit"),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=models.F("paper")),
                name="recall_names_another_paper",
            ),
        )


class Attachment(models.Model):
    """A file that was handed in. What it is called, its kind and its size are in `told`, sealed and padded.

    The bytes lie sealed in the folder of files under the id: as they came, and, of pictures, without what a camera
    wrote into them. `own_key` says that it is sealed by a key that is not ours (the content key of a sealed report).
    Of a reporter's file there is the day, and nobody who did it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ref = models.TextField()
    ticket = models.TextField(null=True)
    unit = models.TextField()
    province = models.TextField()
    told = models.BinaryField()
    own_key = models.BooleanField(default=False)
    received_on = models.DateField()
    received_by = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=["ref", "received_on"], name="attachment_by_ref"),)
        constraints: ClassVar = (
            # nobody's scope is '': a row of '' would be seen by whoever has no scope
            models.CheckConstraint(condition=~Q(unit="") & ~Q(ticket=""), name="attachment_belongs_to_a_unit"),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False) | ~Q(received_by=""), name="attachment_has_somebody_behind"
            ),
        )
