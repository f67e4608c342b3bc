"""Tables of cases, and what the database itself holds of them: facts, clocks, proposals, transfers, numbers."""

from datetime import timedelta
from typing import Any, ClassVar

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import F, Q

KINDS = ("start", "suspend", "resume", "extend", "stop", "lift")
"""What a fact does to a clock; `lift` undoes how the fact that it corrects stopped or extended it."""

FOOTING = "case.footing"
"""The act by which a step is put on another paper, or on none, because its own was recalled."""

REVIEW = "case.review"
"""The act by which somebody looks again at a decision that outlasts its case (`courses.Lasting`); `ground` names it."""

CLOCK_STATES = ("running", "paused", "stopped")
PROPOSAL_STATES = ("waiting", "approved", "refused", "withdrawn", "expired")
GROUNDS = ("life", "crime", "person", "disaster")
FINDINGS = ("justified", "unjustified")
LASTS = timedelta(hours=4)
"""How long a case that was opened in an emergency can be read."""

REVIEWED_IN = timedelta(days=2)
"""By when somebody else is to review it."""

TRANSFER_STATES = ("offered", "accepted", "refused", "withdrawn")


def _apart(second: str, second_for: str, first: str, first_for: str) -> Q:
    """Nobody decided in the proposer's place, or what was proposed in their own; another check says they are two."""
    lent = ~Q(**{second_for: F(first)}) & ~Q(**{second_for: F(first_for)})
    return ~Q(**{second: F(first_for)}) & (Q(**{second_for: ""}) | lent)


class Case(models.Model):
    """A case: its course and version, where it stands, the unit that has it, and the revision that its last fact made.

    `code` is what is printed (`KN-2026-000123`). `earlier` is the first instance of a second one; `joined` the case
    with which it is settled as one; `parted` the case out of which it was split. `result` is what was found of the
    matter, as the course names it; '' before that, and where it ended without.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    code = models.TextField(unique=True)
    course = models.TextField()
    state = models.TextField()
    unit = models.TextField()
    province = models.TextField()
    revision = models.IntegerField(default=0)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    joined = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="members")
    parted = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    transfers = models.SmallIntegerField(default=0)
    result = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-opened_at"], name="case_by_unit"),
            models.Index(fields=["province", "-opened_at"], name="case_by_province"),
            models.Index(fields=["unit", "state"], condition=Q(closed_at__isnull=True), name="case_open_by_state"),
        )
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(revision__gte=1), name="case_begins_with_a_fact"),
            models.CheckConstraint(condition=~Q(earlier=F("id")) & ~Q(joined=F("id")), name="case_is_not_its_own_kin"),
        )


class Fact(models.Model):
    """Something that happened to a case, never changed: when it took effect, and when we wrote it down.

    `in_place_of` and `approved_in_place_of` name whose authority was used, where it was delegated. `ground` is the one
    of the law's that it rests on, where its step names some. `corrects` is the earlier fact whose paper was recalled:
    that one rests on this one's document from now on, or on nothing. `again_on`: by when what was reviewed is looked at
    again; it moves no clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="facts")
    revision = models.IntegerField()
    act = models.TextField()
    source = models.TextField()
    target = models.TextField()
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.TextField()
    role = models.TextField()
    in_place_of = models.TextField(blank=True, default="")
    approved_by = models.TextField(blank=True, default="")
    approved_role = models.TextField(blank=True, default="")
    approved_in_place_of = models.TextField(blank=True, default="")
    document = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    result = models.TextField(blank=True, default="")
    ground = models.TextField(blank=True, default="")
    again_on = models.DateField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    proposal = models.OneToOneField("Proposal", on_delete=models.PROTECT, null=True)
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        ordering = ("case", "revision")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["case", "revision"], name="fact_has_one_place_in_its_case"),
            models.CheckConstraint(condition=~Q(by=F("approved_by")), name="fact_is_approved_by_another_person"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) & ~Q(act=FOOTING) | Q(corrects__isnull=False, act=FOOTING),
                name="fact_corrects_another_by_its_own_act",
            ),
            models.CheckConstraint(
                condition=Q(act=REVIEW, again_on__isnull=False) & ~Q(ground="") & Q(source=F("target"))
                | ~Q(act=REVIEW) & Q(again_on__isnull=True),
                name="fact_of_a_review_says_of_what_and_when_again",
            ),
            models.CheckConstraint(
                condition=Q(approved_by="", approved_in_place_of="")
                | _apart("approved_by", "approved_in_place_of", "by", "in_place_of"),
                name="fact_is_approved_by_another_authority",
            ),
        )
        indexes = (models.Index(fields=["act", "case"], name="facts_by_act"),)


class ClockFact(models.Model):
    """What a fact did to a clock; a start says by which branches of the rule it is reckoned (`params`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="clocks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock_facts")
    rule = models.TextField()
    what = models.TextField()
    name = models.TextField(blank=True, default="")
    params: Any = models.JSONField(default=dict)
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        ordering = ("case", "rule", "id")
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(what__in=KINDS), name="clock_fact_is_of_a_known_kind"),
        )


class Clock(models.Model):
    """The dates of one clock as they stand: reckoned when an act touched it, or when an officer signed new ones.

    `law_version` and `calendar` say by what. Every night all that run are reckoned again, and a difference is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    rule = models.TextField()
    state = models.TextField()
    started_at = models.DateTimeField()
    strict = models.DateTimeField()
    legal = models.DateTimeField()
    law_version = models.TextField()
    calendar = models.TextField(blank=True, default="")
    stopped_at = models.DateTimeField(null=True)
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=["unit", "strict"], condition=~Q(state="stopped"), name="clock_due_in_unit"),
            models.Index(fields=["province", "strict"], condition=~Q(state="stopped"), name="clock_due_in_province"),
        )
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["case", "rule"], name="clock_is_one_a_rule"),
            models.CheckConstraint(condition=Q(state__in=CLOCK_STATES), name="clock_state_is_known"),
            models.CheckConstraint(condition=Q(strict__lte=F("legal")), name="clock_warns_before_it_is_late"),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False)
                | (~Q(state="stopped") & Q(stopped_at__isnull=True)),
                name="clock_that_is_stopped_says_when",
            ),
        )


class Proposal(models.Model):
    """A step that takes two people: what one proposed, word for word, and what another decided.

    `asked`: whom it was laid before by name (trình đích danh); empty where anybody with the post may decide.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    act = models.TextField()
    revision = models.IntegerField()
    told: Any = models.JSONField()
    told_hash = models.BinaryField()
    state = models.TextField(default="waiting")
    proposed_by = models.TextField()
    proposed_role = models.TextField()
    proposed_in_place_of = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked = models.TextField(blank=True, default="")
    decided_by = models.TextField(blank=True, default="")
    decided_in_place_of = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"])
                | _apart("decided_by", "decided_in_place_of", "proposed_by", "proposed_in_place_of"),
                name="proposal_is_decided_by_another_authority",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"])
                | Q(asked="")
                | Q(decided_by=F("asked"))
                | Q(decided_in_place_of=F("asked")),
                name="proposal_is_decided_by_whom_it_asked",
            ),
            models.CheckConstraint(condition=Q(state__in=PROPOSAL_STATES), name="proposal_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | (~Q(decided_by="") & ~Q(decided_by=F("proposed_by"))),
                name="proposal_is_decided_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="proposal_that_is_decided_says_when",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="waiting"), name="proposal_waits_alone_in_its_case"
            ),
        )
        indexes = (models.Index(fields=["unit", "proposed_at"], condition=Q(state="waiting"), name="proposal_waiting"),)


class Transfer(models.Model):
    """A case on its way to another unit: offered, then accepted or refused. Clocks stay with the sender until then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    code = models.TextField()
    unit = models.TextField()
    receiver = models.TextField()
    province = models.TextField()
    state = models.TextField(default="offered")
    reason = models.TextField()
    document = models.TextField(blank=True, default="")
    offered_by = models.TextField()
    offered_at = models.DateTimeField()
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=TRANSFER_STATES), name="transfer_state_is_known"),
            models.CheckConstraint(condition=~Q(unit=F("receiver")), name="transfer_leads_to_another_unit"),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at__isnull=True)
                | (~Q(state="offered") & Q(decided_at__isnull=False)),
                name="transfer_that_is_decided_says_when",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="offered"), name="transfer_is_open_once_in_its_case"
            ),
        )
        indexes = (
            models.Index(fields=["receiver", "offered_at"], condition=Q(state="offered"), name="transfer_waiting"),
        )


class Emergency(models.Model):
    """A case that somebody without a right to it opened in an emergency: why, until when, and who reviewed it.

    `unit` is that of the case, `opener_unit` of whoever opened it. The database fills in `case`, `unit` and `province`
    by the code (`emergencies.sql`), because the opener sees none of them before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergencies")
    code = models.TextField()
    unit = models.TextField()
    opener_unit = models.TextField()
    province = models.TextField()
    opened_by = models.TextField()
    opened_role = models.TextField()
    in_place_of = models.TextField(blank=True, default="")
    ground = models.TextField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    found = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")
    reviewed_by = models.TextField(blank=True, default="")
    reviewed_role = models.TextField(blank=True, default="")
    reviewed_in_place_of = models.TextField(blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-opened_at"], name="emergency_by_unit"),
            models.Index(fields=["opener_unit", "-opened_at"], name="emergency_by_opener_unit"),
            models.Index(fields=["province", "opened_at"], condition=Q(found=""), name="emergency_waiting"),
        )
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(ground__in=GROUNDS) & ~Q(reason=""), name="emergency_says_why"),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"), until__lte=F("opened_at") + LASTS),
                name="emergency_lasts_four_hours_at_most",
            ),
            models.CheckConstraint(condition=~Q(unit=F("opener_unit")), name="emergency_is_of_another_unit"),
            models.CheckConstraint(
                condition=Q(found="", answer="", reviewed_by="", reviewed_at__isnull=True)
                | (Q(found__in=FINDINGS, reviewed_at__gte=F("opened_at")) & ~Q(answer="") & ~Q(reviewed_by="")),
                name="emergency_review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(found="")
                | (
                    ~Q(reviewed_by=F("opened_by"))
                    & _apart("reviewed_by", "reviewed_in_place_of", "opened_by", "in_place_of")
                ),
                name="emergency_is_reviewed_by_another_authority",
            ),
        )


class Register(models.Model):
    """A register (sổ) of a unit for a year: the last number that it gave."""

    pk = models.CompositePrimaryKey("register", "unit", "year")
    register = models.TextField()
    unit = models.TextField()
    year = models.SmallIntegerField()
    province = models.TextField()
    last = models.IntegerField()


class Number(models.Model):
    """A line of a register: numbers without gaps, given when the decision is signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    register = models.TextField()
    unit = models.TextField()
    year = models.SmallIntegerField()
    number = models.IntegerField()
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="number")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="numbers")
    province = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=["register", "unit", "year", "number"], name="number_is_given_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="number_counts_from_one"),
        )


class Series(models.Model):
    """The last code of a prefix in a year, over all units of the province."""

    pk = models.CompositePrimaryKey("prefix", "year")
    prefix = models.TextField()
    year = models.SmallIntegerField()
    last = models.IntegerField()
