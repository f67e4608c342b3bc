"""Tables of the sealed room. Ids are random and times are days, so that a copy tells neither when nor in what order.

`ticket` is by what a reporter finds their report (from the code, with a pepper that is not in the database); every row
of a report carries it and the unit, because the walls compare one column.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

HANDS = ("content", "against", "content-offered", "against-offered")
REQUEST_STATES = ("waiting", "ready", "opened", "refused", "ended")


class Key(models.Model):
    """A public key by its epoch: a person's, or without one the trustees'. Each is on record (`entry`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="sealing_keys")
    epoch = models.IntegerField()
    public = models.BinaryField()
    entry = models.UUIDField()
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["person", "epoch"], nulls_distinct=False, name="key_has_one_epoch"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), nulls_distinct=False, name="key_lives_alone"
            ),
            models.CheckConstraint(condition=Q(epoch__gte=1), name="key_epochs_count_from_one"),
        )


class Lock(models.Model):
    """The private half under its owner's passphrase; gone with it is everything that was wrapped for the key."""

    key = models.OneToOneField(Key, on_delete=models.CASCADE, primary_key=True, related_name="lock")
    locked = models.BinaryField()
    ward = models.TextField()
    province = models.TextField()


class Token(models.Model):
    """A security key that opens a lock beside its passphrase: what it is asked for, and what its answer unwraps.

    `credential` is WebAuthn's name of it, `host` the address (rp id) at which it answers, `salt` what its PRF is asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="tokens")
    name = models.TextField()
    host = models.TextField()
    credential = models.BinaryField()
    salt = models.BinaryField()
    wrapped = models.BinaryField()
    added_on = models.DateField()
    ward = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["key", "credential"], name="token_is_added_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(host=""), name="token_has_a_name_and_a_host"),
        )


class Report(models.Model):
    """A sealed report: the identity's record, how many holders open it, and the trustees' copy of its key.

    `moved_on`: the day on which an order moved it, until somebody with a key has looked for conflicts again; until then
    nobody reads it. `redeal`: holders have come into conflict and too few others are left, so it has to be dealt anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ticket = models.TextField(unique=True)
    ward = models.TextField()
    province = models.TextField()
    received_on = models.DateField()
    closed_on = models.DateField(null=True)
    settled = models.BooleanField(default=False)
    epoch = models.IntegerField(default=1)
    needed = models.SmallIntegerField()
    record = models.BinaryField()
    against = models.BinaryField()
    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, null=True, related_name="reports")
    recovery = models.BinaryField(null=True)
    moved_on = models.DateField(null=True)
    redeal = models.BooleanField(default=False)
    reporter = models.BinaryField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["ward"], name="report_by_ward"),
            models.Index(fields=["province", "epoch"], name="report_by_province"),
            models.Index(fields=["received_on"], condition=Q(settled=False), name="report_unsettled"),
            models.Index(fields=["moved_on"], condition=Q(moved_on__isnull=False), name="report_unchecked"),
        )
        constraints: ClassVar = (models.CheckConstraint(condition=Q(needed__gte=1), name="report_needs_a_holder"),)


class Part(models.Model):
    """Something of the report's content, sealed under the content's key: its text, a message, a file's particulars."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    name = models.TextField()
    sealed = models.BinaryField()
    added_on = models.DateField()
    ticket = models.TextField()
    ward = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (models.UniqueConstraint(fields=["report", "name"], name="part_has_one_name"),)


class Hand(models.Model):
    """A key of the report in somebody's hand: `content` for a handler, `against` for whoever must see conflicts.

    `…-offered` is none yet: wrapped for the handlers of a unit that is asked to take the report over.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="hands")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="hands")
    what = models.TextField()
    wrapped = models.BinaryField()
    ticket = models.TextField()
    ward = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["report", "key", "what"], name="hand_is_given_once"),
            models.CheckConstraint(condition=Q(what__in=HANDS), name="hand_is_of_a_known_key"),
        )


class Share(models.Model):
    """What was dealt to a holder: by the key itself (dealer 0), or by each of M holders before them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="shares")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="shares")
    epoch = models.IntegerField()
    dealer = models.SmallIntegerField()
    place = models.SmallIntegerField()
    wrapped = models.BinaryField()
    ticket = models.TextField()
    ward = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["report", "epoch", "key", "dealer"], name="share_is_dealt_once"),
            models.UniqueConstraint(fields=["report", "epoch", "place", "dealer"], name="share_has_its_own_place"),
        )


class Request(models.Model):
    """Somebody asks to have an identity opened: what for, on what ground, until when. `told_on`: a court's delay."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="requests")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="requests")
    requester = models.UUIDField()
    reason = models.TextField()
    ground = models.TextField()
    asked_on = models.DateField()
    until = models.DateField()
    told_on = models.DateField(null=True)
    state = models.TextField(default="waiting")
    opened_on = models.DateField(null=True)
    ticket = models.TextField()
    ward = models.TextField()
    province = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["province", "asked_on"], name="request_by_province"),)
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=REQUEST_STATES), name="request_state_is_known"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(ground=""), name="request_says_why"),
            models.CheckConstraint(condition=Q(until__gte=F("asked_on")), name="request_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state="opened", opened_on__isnull=False) | (~Q(state="opened") & Q(opened_on__isnull=True)),
                name="request_that_was_opened_says_when",
            ),
            models.UniqueConstraint(
                fields=["report", "requester"], condition=Q(state__in=["waiting", "ready"]), name="request_waits_once"
            ),
        )


class Answer(models.Model):
    """What one holder said to a request: their share for the requester (gone once it was opened), or no, and why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="answers")
    holder = models.UUIDField()
    requester = models.UUIDField()
    released = models.BooleanField()
    wrapped = models.BinaryField(null=True)
    reason = models.TextField(blank=True, default="")
    answered_on = models.DateField()
    ward = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["request", "holder"], name="answer_is_given_once"),
            models.CheckConstraint(condition=~Q(holder=F("requester")), name="answer_is_not_to_oneself"),
            models.CheckConstraint(condition=Q(released=True) | ~Q(reason=""), name="answer_of_no_says_why"),
        )


class Dealing(models.Model):
    """An order to deal every open report anew: to how many, and to whom (ids of keys). One at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    needed = models.SmallIntegerField()
    holders = models.SmallIntegerField()
    keys: "models.JSONField[list[str], list[str]]" = models.JSONField()
    reason = models.TextField()
    ordered_on = models.DateField()
    ended_on = models.DateField(null=True)
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=["province"], condition=Q(ended_on__isnull=True), name="dealing_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(needed__gte=1) & Q(needed__lte=F("holders")), name="dealing_can_be_opened"
            ),
        )
