"""The shape of a leaf of law: what a lawyer may write in it, and nothing else."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Side = Literal["agency", "citizen", "liberty"]
Kind = Literal["limit", "before", "wallclock", "quota", "periodic", "immediate"]
Unit = Literal["hour", "day", "month", "working_day"]
Convention = Literal[
    "hour",
    "hour_back",
    "custody",
    "detention",
    "crim_day",
    "crim_month",
    "civil_day",
    "working_day",
    "back_day",
    "back_working_day",
]
Status = Literal["text", "text_2021", "secondary", "general", "uncertain", "choice"]
Topic = Literal["definition", "duty", "content", "channels", "exemption", "form", "receiver", "quota", "cap", "breach"]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
Number = Annotated[int, Meta(ge=1)]
Clock = Annotated[str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00)$")]
Filled = Annotated[str, Meta(min_length=1)]


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
    count: Convention


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
    """One lawful lengthening: by a term, or to a total counted from the start, or until an event."""

    step: Name
    when: dict[Name, Name] = field(default_factory=dict)
    term: Term | None = None
    total: Term | None = None
    until: Name | None = None
    by: Name | None = None
    approved_by: Name | None = None
    ground: Text | None = None
    request_before: Term | None = None
    answer_within: Term | None = None
    basis: tuple[Basis, ...] = ()


class Suspension(Leaf, frozen=True):
    """An event that stops the clock, the event that starts it again, and what the pause does to the count."""

    event: Name
    effect: Literal["exclude", "restart", "stop", "none"]
    resume: Name | None = None
    restart: Term | None = None
    only_after: Name | None = None
    ground: Text | None = None
    basis: tuple[Basis, ...] = ()


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
    extensions: tuple[Extension, ...] = ()
    suspends: tuple[Suspension, ...] = ()
    says: dict[Topic, Text] = field(default_factory=dict)
    needs_review_from: date | None = None
    open_questions: tuple[Text, ...] = ()


class Trigger(Text, frozen=True):
    """The event that starts the clock."""

    event: Name


class Parameter(Leaf, frozen=True):
    """A fact besides the time that the term depends on, with every value it may take."""

    title: Text
    values: dict[Name, Text]


class Example(Leaf, frozen=True):
    """A worked example; `legal` is left out when both readings agree, `caution` is a part of the Vietnamese caution."""

    start: datetime
    strict: datetime
    version: date
    params: dict[str, str] = field(default_factory=dict)
    legal: datetime | None = None
    uncertain: bool = False
    caution: Filled | None = None
    cites: str | None = None


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


class Words(Leaf, frozen=True):
    """The sentences from which a derivation is put together, and the names of the closed vocabularies."""

    started: Text
    version_open: Text
    version_closed: Text
    param: Text
    term: Text
    due: Text
    due_two: Text
    review: Text
    amended_by: Text
    units: dict[Unit, Text]
    conventions: dict[Convention, Text]
    evidence: dict[Status, Text]
