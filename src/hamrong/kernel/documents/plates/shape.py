"""The shape of the plate rules: what their files may say, and nothing else."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Kind = Literal["car", "motorcycle", "machine", "trailer", "tractor", "temporary"]
Colour = Literal["white", "yellow", "blue", "white-red", "yellow-red", "red"]
Certainty = Literal["text", "secondary", "unconfirmed"]
Part = Literal["code", "country", "letters", "number"]
Grouping = Literal["dot", "pairs", "none"]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]*$")]
FormId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
Code = Annotated[str, Meta(pattern=r"^[0-9]{2}$")]
Letters = Annotated[str, Meta(pattern=r"^[A-ZĐ0-9]+$")]
Width = Annotated[int, Meta(ge=2, le=5)]
Filled = Annotated[str, Meta(min_length=1)]
CERTAINTIES: tuple[Certainty, ...] = ("text", "secondary", "unconfirmed")


class PlateRuleError(Exception):
    """The rules as written cannot answer: a faulty file, or a kind, colour, code or series that they do not know."""


class Leaf(Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever is read from a file: an unknown key is an error, for a misspelt one would silently change the rules."""


class Text(Leaf, frozen=True):
    """One sentence in both languages; Vietnamese is the source."""

    vi: Filled
    en: Filled


class Source(Leaf, frozen=True):
    """Where something was read. None of the sources so far is the official text itself."""

    id: str
    vi: str
    en: str


class Evidence(Leaf, frozen=True, kw_only=True):
    """How sure we are: `text` the official text was read, `secondary` others quote it, `unconfirmed` ask first."""

    certainty: Certainty
    sources: Annotated[tuple[Name, ...], Meta(min_length=1)]
    notes: tuple[Text, ...] = ()


class Version(Evidence, frozen=True, kw_only=True):
    """The rules from one day to another, both inclusive (null: before our records, still in force)."""

    instrument: Filled
    title: Text
    start: date | None = field(name="from")
    end: date | None = field(name="to")
    changes: Annotated[tuple[Text, ...], Meta(min_length=1)]


class Related(Evidence, frozen=True, kw_only=True):
    """An instrument beside the versions: it amends them, or rules plates that they do not."""

    instrument: Filled
    title: Text


class Versions(Leaf, frozen=True):
    """The file of versions, oldest first."""

    versions: dict[Name, Version]
    related: tuple[Related, ...]


class Alphabet(Evidence, frozen=True, kw_only=True):
    """The characters that may stand in one place of a series, in the order of issue.

    `unsure` are characters that only some sources have: they are read, and not issued. `disputed` are such characters
    that are issued all the same. `about` says of both what the sources say.
    """

    letters: Letters
    unsure: str = ""
    disputed: str = ""
    about: Text | None = None


class Hue(Evidence, frozen=True, kw_only=True):
    """A colour of plates: ground and characters, for whom, and since when (null: before our records)."""

    title: Text
    holders: Text
    since: date | None = None


class OldNumbers(Evidence, frozen=True, kw_only=True):
    """Numbers of fewer digits than are issued now: how many digits, and until when at the latest."""

    until: date


class Face(Leaf, frozen=True):
    """How people write a plate: what stands above, what joins it in one line, what stands below."""

    above: Filled
    joint: str
    below: Filled
    grouping: Grouping = "dot"


class Form(Evidence, frozen=True, kw_only=True):
    """One way in which plates are or were composed.

    The series is `symbol`, then one character of each alphabet in `letters`; or a symbol of the army's list.
    `widths`: digits of the number, the width in use first. `under`: the versions that let it be issued. `ordinary`:
    its series fill the pools of the kind. `apart`: symbols of other forms are left out of its series, since nobody
    knows whether they are. `instead_of`: forms that are not told when this one fits as well.
    """

    id: FormId
    title: Text
    kind: Kind
    colours: Annotated[tuple[Colour, ...], Meta(min_length=1)]
    face: Name
    under: Annotated[tuple[Name, ...], Meta(min_length=1)]
    widths: Annotated[tuple[Width, ...], Meta(min_length=1)]
    symbol: Letters = ""
    letters: tuple[Name, ...] = ()
    army: bool = False
    orders: tuple[tuple[Part, ...], ...] = (("code", "letters", "number"),)
    least: Annotated[int, Meta(ge=0)] = 1
    ordinary: bool = False
    apart: bool = False
    remarks: tuple[Name, ...] = ()
    instead_of: tuple[FormId, ...] = ()


class Forms(Leaf, frozen=True):
    """The file of forms: what they are made of, old numbers by their digits, what is said of several, and the forms."""

    alphabets: dict[Name, Alphabet]
    colours: dict[Colour, Hue]
    faces: dict[Name, Face]
    old_numbers: dict[Annotated[str, Meta(pattern="^[34]$")], OldNumbers]
    apart: Text
    written_d: Text
    displaced: Text
    remarks: dict[Name, Text]
    forms: Annotated[tuple[Form, ...], Meta(min_length=1)]


class Reserved(Evidence, frozen=True, kw_only=True):
    """Codes that belong to no province. `read`: plates with them may be about all the same, so they are read."""

    codes: Annotated[tuple[Code, ...], Meta(min_length=1)]
    read: bool = False


class Claim(Leaf, frozen=True):
    """The list of reserved codes as one source has it, kept whole because the sources disagree."""

    source: Name
    codes: tuple[Code, ...]


class Codes(Evidence, frozen=True, kw_only=True):
    """The file about codes: whence the table comes, and which codes nobody has."""

    changed_on: date
    order: Text
    reserved: Annotated[tuple[Reserved, ...], Meta(min_length=1)]
    claims: Annotated[tuple[Claim, ...], Meta(min_length=1)]


class Place(Leaf, frozen=True):
    """A row of the table of codes: whose it was until the day of the change, whose it is now, its turn there."""

    code: Code
    before: str
    now: str
    turn: Annotated[int, Meta(ge=1)]
    certainty: Certainty
    note_vi: str
    note_en: str


class Unit(Leaf, frozen=True):
    """A symbol of the army's plates; the name of the unit where a source gives it."""

    symbol: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    vi: str
    en: str
    certainty: Certainty


class Words(Leaf, frozen=True):
    """Names of the closed vocabularies, and the sentences from which answers are put together."""

    kinds: dict[Kind, Text]
    certainties: dict[Certainty, Text]
    reasons: dict[str, Text]
    obstacles: dict[str, Text]
    sentences: dict[str, Text]


class Book(Struct, frozen=True):
    """All rules. `forms` by id, in the order of the file; `places` by code; `units` by the army's symbol."""

    sources: dict[str, Source]
    versions: dict[str, Version]
    law: Versions
    parts: Forms
    forms: dict[str, Form]
    codes: Codes
    places: dict[str, Place]
    units: dict[str, Unit]
    words: Words

    def cited(self, names: Iterable[str]) -> tuple[Source, ...]:
        """The sources of these names, each once, in the order in which they come."""
        return tuple(self.sources[name] for name in dict.fromkeys(names))

    def alphabets(self, form: Form) -> tuple[Alphabet, ...]:
        """The alphabets that follow the symbol in a form's series."""
        return tuple(self.parts.alphabets[name] for name in form.letters)
