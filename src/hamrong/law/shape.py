"""The shape of a leaf of law: what a lawyer may write in it, and nothing else."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Side = Literal["agency", "citizen", "liberty"]
Kind = Literal["limit", "before", "wallclock", "quota", "periodic", "immediate"]
Unit = Literal["hour", "day", "month", "year", "working_day"]
Count = Literal[
    "hour",
    "hour_back",
    "custody",
    "detention",
    "crim_day",
    "crim_month",
    "civil_day",
    "civil_month",
    "civil_year",
    "working_day",
    "back_day",
    "back_working_day",
]
Status = Literal["text", "text_2021", "secondary", "general", "uncertain", "choice"]
Topic = Literal[
    "definition",
    "duty",
    "content",
    "channels",
    "exemption",
    "form",
    "receiver",
    "quota",
    "cap",
    "breach",
    "authority",
    "outcomes",
    "test",
    "guard",
]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
Number = Annotated[int, Meta(ge=1)]
Clock = Annotated[str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00)$")]
Filled = Annotated[str, Meta(min_length=1)]
Written = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?)?$")]
"""A day `2026-03-02`, or a moment `2026-03-02T22:30` in Viet Nam unless an offset is written."""


Role = Literal[
    "custody_decision_maker",
    "head_of_investigating_body",
    "competent_procuracy",
    "provincial_procuracy",
    "supreme_procuracy",
    "chief_procurator",
    "chief_procurator_general",
    "presiding_judge",
    "chief_judge",
    "settler",
    "accepting_body",
]


class LawError(Exception):
    """The law as written cannot answer: a faulty leaf, an unknown rule or parameter, a date no version covers."""


class Leaf(Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever is read from a file: an unknown key is an error, for a misspelt one would silently change the law."""


class Text(Leaf, frozen=True):
    """One sentence in both languages; Vietnamese is the source."""

    vi: Filled
    en: Filled

    def to(self, lang: str) -> str:
        """Return the English text for `en`, else the Vietnamese."""
        return self.en if lang == "en" else self.vi


class Evidence(Leaf, frozen=True):
    """How sure we are of what the leaf says, and where we read it."""

    status: Status
    source: Filled
    note: str = ""


class Place(Leaf, frozen=True):
    """A place in an instrument: number of the instrument, article, clause, point."""

    law: Filled
    article: Filled | None = None
    clause: Filled | None = None
    point: Filled | None = None


class Basis(Place, frozen=True):
    """A place in the law on which a rule rests, and the place that gave it this wording."""

    amended_by: Place | None = None


class Term(Leaf, frozen=True):
    """A length of time and the convention by which it is counted."""

    n: Number
    unit: Unit
    count: Count


class Row(Leaf, frozen=True):
    """A row of a decision table: the term for these values; a parameter left out stands for each of its values."""

    when: dict[Name, Name]
    term: Term


class At(Leaf, frozen=True):
    """A time of day on the day of the event or on the next day, local time."""

    day: Literal["same", "next"]
    at: Clock


class Case(Leaf, frozen=True):
    """What is due for events from one time of day (inclusive) to another (exclusive), local time."""

    start: Clock = field(name="from")
    before: Clock
    says: Text
    strict: At
    legal: At
    uncertain: Text | None = None


class Extension(Leaf, frozen=True):
    """One lawful lengthening: by a term, or to a total counted from the start, or until an event.

    A step stands once for each combination of parameters; the steps that fit are taken in the order of the leaf, each
    once. `by` decides or asks, `approved_by` has to approve. `request` and `answer` name the rules for asking in time
    and for answering.
    """

    step: Name
    when: dict[Name, Name] = field(default_factory=dict)
    term: Term | None = None
    total: Term | None = None
    until: Literal["end_of_investigation"] | None = None
    by: Role | None = None
    approved_by: Role | None = None
    ground: Text | None = None
    request: RuleId | None = None
    answer: RuleId | None = None
    basis: tuple[Basis, ...] = ()


class Suspension(Leaf, frozen=True):
    """An event that stops the clock, the event that starts it again, and what the pause does to the count.

    `exclude`: the days between do not count; `restart`: the term `restart` runs from the resumption, or from the event
    itself where nothing resumes; `stop`: the clock ends and the rule `then` takes over. `from`: the first day on which
    the law knows this event.
    """

    event: Name
    effect: Literal["exclude", "restart", "stop"]
    start: date | None = field(name="from", default=None)
    resume: Name | None = None
    restart: Term | None = None
    only_after: Literal["term_expired"] | None = None
    then: RuleId | None = None
    ground: Text | None = None
    basis: tuple[Basis, ...] = ()


class Deduction(Leaf, frozen=True):
    """Days already spent that count towards the term, one for one."""

    event: Literal["custody"]
    basis: tuple[Basis, ...] = ()


class Periodic(Leaf, frozen=True):
    """So many days in every calendar month."""

    n: Number
    unit: Literal["day"]
    every: Literal["month"]


class Allowance(Leaf, frozen=True):
    """How often something is allowed or owed, and how long it may last."""

    n: Number
    per: Literal["term_or_extension", "month", "case"]
    when: dict[Name, Name] = field(default_factory=dict)
    minutes: Number | None = None


class Version(Leaf, frozen=True):
    """The rule as it stood from one day to another (both inclusive; `to: null` means still in force)."""

    start: date = field(name="from")
    end: date | None = field(name="to")
    basis: Annotated[tuple[Basis, ...], Meta(min_length=1)]
    evidence: Evidence
    apply_on: Literal["trigger_date", "decision_date"] = "trigger_date"
    term: Term | None = None
    table: tuple[Row, ...] = ()
    cases: tuple[Case, ...] = ()
    then: Term | None = None
    same_as: RuleId | None = None
    every: Periodic | None = None
    allows: tuple[Allowance, ...] = ()
    deducts: tuple[Deduction, ...] = ()
    extensions: tuple[Extension, ...] = ()
    suspends: tuple[Suspension, ...] = ()
    says: dict[Topic, Text] = field(default_factory=dict)
    needs_review_from: date | None = None
    open_questions: tuple[Text, ...] = ()


class Trigger(Text, frozen=True):
    """The event that starts the clock."""

    event: Name


class Parameter(Leaf, frozen=True):
    """A fact besides the time that the term depends on, with every value it may take; `default` when nobody says."""

    title: Text
    values: dict[Name, Text]
    default: Name | None = None


class Example(Leaf, frozen=True):
    """A worked example: what `hamrong law due` answers for `start` and `params` written as there.

    `legal` is left out when both readings agree; `caution` is a part of the Vietnamese caution, `cites` the places of
    the leaf that the derivation rests on, `request_by` the last day for asking for the next extension, `allows` the
    allowances in words ("1 per month, 60 minutes"), `why` how a lawyer would count.
    """

    start: Written
    version: date
    strict: Written | None = None
    params: dict[str, str] = field(default_factory=dict)
    legal: Written | None = None
    uncertain: bool = False
    caution: Filled | None = None
    cites: str | None = None
    request_by: date | None = None
    allows: str | None = None
    refused: bool = False
    why: Filled | None = None


class Rule(Leaf, frozen=True):
    """One rule of law through time."""

    id: RuleId
    title: Text
    side: Side
    kind: Kind
    trigger: Trigger
    versions: Annotated[tuple[Version, ...], Meta(min_length=1)]
    examples: Annotated[tuple[Example, ...], Meta(min_length=1)]
    params: dict[Name, Parameter] = field(default_factory=dict)


class Instrument(Leaf, frozen=True):
    """A law, decree or circular that some leaf cites."""

    name: Text
    evidence: Evidence
    start: date | None = field(name="from")
    end: date | None = field(name="to", default=None)
    amended_by: tuple[Filled, ...] = ()


class Reading(Leaf, frozen=True):
    """One way to read a convention: whether the day of the event counts, and where an end on a rest day goes."""

    first_day: Literal["counted", "excluded"]
    rest_day: Literal["stays", "next", "previous"]


class Convention(Leaf, frozen=True):
    """How a term is counted: by instants or whole days, forward or back, every day or working days, in two readings.

    `day_hours`: a day is so many hours from clock time to clock time; `month_days`: a month is so many days, where it
    does not end on the same day number.
    """

    name: Text
    units: Annotated[tuple[Unit, ...], Meta(min_length=1)]
    clock: Literal["instant", "day"]
    direction: Literal["forward", "back"]
    days: Literal["calendar", "working"]
    basis: tuple[Basis, ...]
    strict: Reading
    legal: Reading
    day_hours: Number | None = None
    month_days: Number | None = None


class Sentences(Leaf, frozen=True):
    """The sentences from which a derivation is put together; names in braces are filled in."""

    started: Text
    started_day: Text
    extension_alone: Text
    version_open: Text
    version_closed: Text
    param: Text
    term: Text
    term_then: Text
    extended: Text
    extended_total: Text
    extended_open: Text
    not_approved: Text
    wrong_decider: Text
    decided_late: Text
    paused: Text
    still_paused: Text
    restarted: Text
    stopped: Text
    deducted: Text
    ordered: Text
    reading_one: Text
    reading_strict: Text
    reading_legal: Text
    first_day_counted: Text
    first_day_excluded: Text
    month_end: Text
    moved_later: Text
    moved_earlier: Text
    weekly_rest: Text
    day: Text
    day_end: Text
    working_days: Text
    days_off: Text
    periodic: Text
    immediate: Text
    request_by: Text
    due: Text
    due_two: Text
    review: Text
    uncertain: Text
    calendar_unsure: Text
    amended_by: Text
    same_as: Text
    then: Text
    every: Text
    allowed: Text
    minutes: Text
    per_term_or_extension: Text
    per_month: Text
    per_case: Text
    decided_by: Text
    approved_by: Text
    pause_exclude: Text
    pause_restart: Text
    pause_stop: Text
    pause_from: Text


class Words(Leaf, frozen=True):
    """The sentences of a derivation, and the names of the closed vocabularies."""

    sentences: Sentences
    units: dict[Unit, Text]
    evidence: dict[Status, Text]
    roles: dict[Role, Text]
    sides: dict[Side, Text]
    kinds: dict[Kind, Text]
    weekdays: Annotated[tuple[Text, ...], Meta(min_length=7, max_length=7)]
