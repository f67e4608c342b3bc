"""What pages hand to the components: plain values, so that a page says what to show and never how."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

from hamrong.kernel.unseen import holds_written_out

Text = str | Promise
Tone = Literal["good", "info", "warn", "bad", "plain"]


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: breadcrumb, tab, navigation entry. `count` is what waits there (0 shows nothing)."""

    label: Text
    url: str = ""
    current: bool = False
    icon: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Stat:
    """A number at a glance; `note` says what it is compared with, `url` opens the list behind it."""

    label: Text
    value: object
    note: Text = ""
    url: str = ""
    tone: Tone | Literal[""] = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of a summary list: what was asked, what was answered, and where to change it."""

    label: Text
    value: object
    change: str = ""


def signs_in(answers: Sequence[Answer]) -> bool:
    """Whether signs that nobody sees are written out in an answer, so that the list has to say what they are."""
    return any(holds_written_out(str(each.value)) for each in answers)


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a task list; without a `url` it cannot be started yet. `state` is a key of `states.STATES`."""

    label: Text
    state: str
    url: str = ""
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the numbered steps of a course, before, at or after where the person stands."""

    label: Text
    place: Literal["done", "current", "ahead"] = "ahead"


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of a history: what happened, when (an aware datetime or a date), by whom."""

    title: Text
    at: object
    by: Text = ""
    note: Text = ""
    tone: Tone | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. `sort` is the name that goes into `?sort=`; `kind` sets alignment and figures."""

    label: Text
    kind: Literal["text", "number", "day", "code"] = "text"
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell when plain text is not enough: a link, a state's tag, a second line."""

    text: object
    url: str = ""
    state: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. The first cell names it and, with `url`, opens it; `key` is what bulk selection sends."""

    cells: Sequence[object]
    url: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Keyset paging: the cursors before and after this page ('' at an end), and the total where it is known."""

    before: str = ""
    after: str = ""
    shown: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `sort` is the present order (`-` first for descending), `bulk` the field name of the selection boxes.

    On a phone a row is a card with a line for each cell; a `dense` one, for long lists, has two cells in a line and
    names only days and numbers; one of `figures`, for a few columns of numbers, keeps its columns under the row's name
    (`ui/css/figures.css`); one without `cards` scrolls sideways with the rows' names in sight.
    """

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: Text = ""
    empty_hint: Text = ""
    sort: str = ""
    bulk: str = ""
    pager: Pager | None = None
    cards: bool = True
    dense: bool = False
    figures: bool = False
    caption_seen: bool = True
    name: str = field(default="table")
