"""Tables of petitions. Of a denouncer they hold nothing: what was told, and who told it, lies in the sealed room.

Ids are random and times of receiving are days, because rows of reporters stand in the same tables.
"""

from datetime import date
from typing import Any, ClassVar, Final
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hamrong.petitions.owed import Owed, is_dated

KINDS: Final = ("complaint", "denunciation", "reflection", "crime_report")
"""Khiếu nại; tố cáo; kiến nghị, phản ánh; tố giác, tin báo về tội phạm."""

DOORS: Final = ("counter", "reception", "post", "phone", "online", "portal", "social", "transferred")
"""At the counter, at a citizen reception, by post, by telephone, by our form, from a portal, by what was
written on the unit's page of a social network, from another body."""

OUTCOMES: Final = ("", "accept", "guide", "transfer", "return", "file")

RECEIVERS: Final = ("duty", "head")
"""Who receives citizens: the officer on duty, or the head of the unit in person (Law 42/2013/QH13 art. 18)."""

ENDS: Final = ("later", "answered", "guided", "taken", "refused")
"""How a reception ended: an answer is owed, was given, the way shown, a petition taken in, or it was refused."""


class Petition(Owed):
    """A petition (đơn) in the one register, whoever took it in.

    `ticket` is by what its sender finds it again (the follow-up code's look-up). With `secret` the sealed report of
    the same ticket holds all that was told; otherwise `content` does, sealed to this row, and `persons` and `likeness`
    are keyed blind indexes of its signatories' documents and of its text, by which a repeated petition is suggested;
    `words` are the keyed numbers by which it is sought (None: not reckoned yet, or there is nothing to seek).
    `unit` has it; `register`, `year` and `number` are its line in the register of the unit that entered it.
    `facts`: what was found of it when it was sorted (`rules.Facts`), where that was kept.
    `field`: what it is about, as the officer chose; `suggested`: what the table of words had suggested (`suggesting`).
    `came_as`: the kind that it was when it came in, where whoever read it said that it is another one, and `kind_why`.
    `sorted_before`: what it was sorted as before somebody took that back (`actions.resorting`), each with its case.
    `taking_back`: that somebody proposes so where it began no case (`actions.taking_back`): why, who, in whose place.
    `reception`: where it was taken in at one. `kept`: why it is kept for ever. With `erased_on` the register keeps its
    line and nothing of what was told (`Erasure`); `erased_by` is the decision.
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
    words = ArrayField(models.SmallIntegerField(), null=True)
    settled = models.BooleanField(default=False)
    register = models.TextField(blank=True, default="")
    year = models.SmallIntegerField(null=True)
    number = models.IntegerField(null=True)
    sorting = models.TextField(blank=True, default="")
    facts: Any = models.JSONField(null=True)
    field = models.TextField(blank=True, default="")
    suggested: Any = models.JSONField(null=True)
    outcome = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    prior = models.TextField(blank=True, default="")
    sorted_on = models.DateField(null=True)
    sorted_by = models.TextField(blank=True, default="")
    told_on = models.DateField(null=True)
    told_by = models.TextField(blank=True, default="")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="petition")
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated")
    reception = models.ForeignKey("Reception", on_delete=models.PROTECT, null=True, related_name="petitions")
    came_as = models.TextField(blank=True, default="")
    kind_why = models.TextField(blank=True, default="")
    kind_on = models.DateField(null=True)
    kind_by = models.TextField(blank=True, default="")
    sorted_before: Any = models.JSONField(default=list)
    taking_back: Any = models.JSONField(null=True)
    kept = models.TextField(blank=True, default="")
    erasure = models.ForeignKey("Erasure", on_delete=models.PROTECT, null=True, related_name="petitions")
    erased_on = models.DateField(null=True)
    erased_by = models.TextField(blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-received_on", "id"], name="petition_by_unit"),
            models.Index(fields=["province", "-received_on", "id"], name="petition_by_province"),
            models.Index(fields=["unit", "received_on"], condition=Q(sorting=""), name="petition_unsorted"),
            models.Index(fields=["received_on"], condition=Q(settled=False), name="petition_unsettled"),
            models.Index(fields=["id"], condition=~Q(sorted_before=[]), name="petition_sorted_anew"),
            models.Index(fields=["id"], condition=Q(taking_back__isnull=False), name="petition_being_taken_back"),
            models.Index(fields=["legal"], condition=Q(told_on__isnull=True) & ~Q(rule=""), name="petition_owed"),
        )
        constraints: ClassVar = (
            is_dated("petition"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="petition_kind_is_known"),
            models.CheckConstraint(
                condition=Q(came_as="", kind_why="", kind_on__isnull=True, kind_by="")
                | (
                    Q(came_as__in=KINDS, kind_on__isnull=False) & ~Q(came_as=F("kind")) & ~Q(kind_by="")
                    & (~Q(kind_why="") | Q(erased_on__isnull=False))
                ),
                name="petition_of_another_kind_says_why_and_by_whom",
            ),
            models.CheckConstraint(condition=Q(door__in=DOORS), name="petition_door_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="petition_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(secret=True, content__isnull=True, persons=[], likeness=[], origin="")
                | Q(secret=False, content__isnull=False, erased_on__isnull=True)
                | Q(secret=False, content__isnull=True, persons=[], likeness=[], origin="", erased_on__isnull=False),
                name="petition_of_a_denouncer_holds_nothing_of_them",
            ),
            models.CheckConstraint(
                condition=Q(words__isnull=True) | Q(content__isnull=False), name="petition_is_sought_by_words_it_holds"
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True, erased_by="")
                | Q(erased_on__isnull=False, erasure__isnull=False, kept="", reason="", kind_why="") & ~Q(erased_by=""),
                name="petition_is_erased_by_an_order",
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(field="", suggested__isnull=True),
                name="petition_that_is_sealed_gets_no_suggestion",
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
            models.CheckConstraint(
                condition=Q(taking_back__isnull=True) | Q(case__isnull=True, erased_on__isnull=True) & ~Q(sorting=""),
                name="petition_is_taken_back_where_it_was_sorted_without_a_case",
            ),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="petition_is_not_its_own_repetition"),
            models.CheckConstraint(
                condition=Q(reception__isnull=True) | Q(door="reception"), name="petition_of_a_reception_came_in_at_one"
            ),
            models.UniqueConstraint(fields=["register", "year", "number"], condition=Q(number__isnull=False),
                                    name="petition_number_is_given_once"),
        )  # fmt: skip

    @property
    def since(self) -> date:
        return self.received_on


class Erasure(models.Model):
    """Destroying what petitions told whose time is over (hủy tài liệu hết hạn lưu): one proposes, another orders.

    The row stays for ever, as the register of what was destroyed. `document`: the decision; `reason`: why it was not.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.TextField()
    province = models.TextField()
    before = models.DateField()
    proposed_on = models.DateField()
    proposed_by = models.TextField()
    state = models.TextField(default="proposed")
    answered_on = models.DateField(null=True)
    answered_by = models.TextField(blank=True, default="")
    document = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    count = models.IntegerField()

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-proposed_on", "id"], name="erasure_by_unit"),
            models.Index(fields=["province", "-proposed_on", "id"], name="erasure_by_province"),
        )
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(state="proposed", answered_on__isnull=True, answered_by="", document="", reason="")
                | (Q(state="ordered", answered_on__isnull=False, reason="") & ~Q(document="") & ~Q(answered_by=""))
                | (Q(state="refused", answered_on__isnull=False, document="") & ~Q(reason="") & ~Q(answered_by="")),
                name="erasure_says_how_it_was_answered",
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("proposed_by")), name="erasure_takes_two_people"),
            models.CheckConstraint(condition=Q(count__gte=0), name="erasure_counts"),
        )


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


class Hours(models.Model):
    """When and where a unit receives citizens (lịch tiếp công dân), for anybody to read.

    Every week on `weekday` (1 Monday to 7 Sunday), every month on `monthday`, or on one day; from `until` on no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.TextField()
    province = models.TextField()
    who = models.TextField()
    weekday = models.SmallIntegerField(null=True)
    monthday = models.SmallIntegerField(null=True)
    on = models.DateField(null=True)
    opens = models.TimeField()
    closes = models.TimeField()
    place = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["unit"], name="hours_by_unit"),)
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(who__in=RECEIVERS), name="hours_say_who_receives"),
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7), monthday__isnull=True, on__isnull=True)
                | Q(weekday__isnull=True, monthday__range=(1, 28), on__isnull=True)
                | Q(weekday__isnull=True, monthday__isnull=True, on__isnull=False),
                name="hours_have_one_rhythm",
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_they_open"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="hours_end_after_they_begin"
            ),
        )


class Reception(Owed):
    """A reception (lượt tiếp công dân) in the book of a unit and year. `content` (`told.Visit`) is sealed to this row.

    Of whoever comes to denounce the book holds nothing but the day, the place and how many they were: what they tell
    goes into a sealed report. `persons` are blind indexes of the documents of those who came. `kept` and what is
    erased: as of petitions.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.TextField()
    province = models.TextField()
    year = models.SmallIntegerField()
    number = models.IntegerField()
    held_on = models.DateField()
    place = models.TextField()
    who = models.TextField()
    received_by = models.TextField()
    kind = models.TextField()
    people = models.IntegerField(default=1)
    representatives = models.SmallIntegerField(default=0)
    secret = models.BooleanField(default=False)
    content = models.BinaryField(null=True)
    persons = ArrayField(models.BinaryField(), default=list)
    end = models.TextField(default="later")
    answered_on = models.DateField(null=True)
    kept = models.TextField(blank=True, default="")
    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, null=True, related_name="receptions")
    erased_on = models.DateField(null=True)
    erased_by = models.TextField(blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-held_on", "id"], name="reception_by_unit"),
            models.Index(fields=["province", "-held_on", "id"], name="reception_by_province"),
        )
        constraints: ClassVar = (
            is_dated("reception"),
            models.CheckConstraint(condition=Q(who__in=RECEIVERS), name="reception_says_who_received"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="reception_kind_is_known"),
            models.CheckConstraint(condition=Q(end__in=ENDS), name="reception_end_is_known"),
            models.CheckConstraint(
                condition=Q(secret=True, content__isnull=True, persons=[], representatives=0)
                | Q(secret=False, content__isnull=False, erased_on__isnull=True)
                | Q(secret=False, content__isnull=True, persons=[], erased_on__isnull=False),
                name="reception_of_a_denouncer_holds_nothing_of_them",
            ),
            models.CheckConstraint(
                condition=~Q(kind="denunciation") | Q(secret=True), name="reception_that_denounces_is_sealed"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, representatives__gte=0, representatives__lte=F("people")),
                name="reception_is_represented_by_those_who_came",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("held_on")),
                name="reception_is_answered_after_it_was_held",
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True, erased_by="")
                | (Q(erased_on__isnull=False, erasure__isnull=False, kept="") & ~Q(erased_by="")),
                name="reception_is_erased_by_an_order",
            ),
            models.UniqueConstraint(fields=["unit", "year", "number"], name="reception_number_is_given_once"),
        )

    @property
    def since(self) -> date:
        return self.held_on


GROUNDS: Final = ("relative", "interest")
"""Why somebody keeps away from a case: a relative, or an interest of their own (Decree 31/2019/NĐ-CP art. 10(3))."""


class Member(models.Model):
    """Somebody in the team that verifies a denunciation (Tổ xác minh), from a day by a decision, until another one.

    `lent`: the key of what is sealed was given with the membership, and goes with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    head = models.BooleanField(default=False)
    lent = models.BooleanField(default=False)
    document = models.TextField()
    named_by = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    left_by = models.TextField(blank=True, default="")
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(document=""), name="member_is_named_by_a_decision"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, left_by="") | (Q(until__gte=F("since")) & ~Q(left_by="")),
                name="member_leaves_after_joining_and_says_by_what",
            ),
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(until__isnull=True), name="member_is_in_a_team_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(until__isnull=True, head=True), name="member_who_heads_a_team_is_one"
            ),
        )


class Recusal(models.Model):
    """Somebody said of themselves that they have to do with a case (tự khai có liên quan): they keep away from it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    ground = models.TextField()
    declared_on = models.DateField()
    unit = models.TextField()
    province = models.TextField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(ground__in=GROUNDS), name="recusal_ground_is_known"),
            models.UniqueConstraint(fields=["case", "person"], name="recusal_is_said_once"),
        )


class Tally(models.Model):
    """How often codes were tried that are nobody's, a day: all that is kept of trying."""

    day = models.DateField(primary_key=True)
    unknown = models.IntegerField(default=0)
