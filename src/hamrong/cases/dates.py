"""Dates of the law that are kept: whatever has one declares it here, so that none moves before it is signed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.utils.module_loading import import_string
from msgspec.structs import replace

from hamrong.law import VIETNAM, Calendar, Deadline, LawError

if TYPE_CHECKING:  # rooms declare before the tables are loaded
    from django.db.models import QuerySet

    from hamrong.access.actors import Grant


class Kept(Protocol):
    """Both readings of a date, as they are kept."""

    @property
    def strict(self) -> Any:
        """Alarms follow it."""

    @property
    def legal(self) -> Any:
        """Nobody is late before it."""


class Dated(Protocol):
    """A row that keeps a date: by which rule, both readings, and the wording and calendar by which it was reckoned."""

    rule: str
    strict: Any
    legal: Any
    law_version: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """A table of dates. `of`: the column with the id of what a date belongs to, which the record calls `subject`.

    `running`: every row whose date runs; `within`: those of a grant; `anew`: what the law says of rows at a moment, by
    a calendar or today's; `code`: how people call what a date belongs to; `home`: the address of its page, by its id.
    `chained`: it has a stream of its own in the record.
    """

    subject: str
    of: str
    running: "Callable[[], QuerySet[Any]]"
    within: "Callable[[QuerySet[Any], Grant], QuerySet[Any]]"
    anew: Callable[[Sequence[Any], datetime, Calendar | None], Iterator[tuple[Any, Deadline | LawError]]]
    code: Callable[[Any], str]
    home: str
    chained: bool = False

    def owner(self, row: Any) -> UUID:
        """The id of what a row's date belongs to."""
        number: UUID = getattr(row, self.of)
        return number


_keepings: list[str] = []


def declare(name: str) -> None:
    """Declare a table of dates, by the dotted name of its `Keeping`."""
    _keepings.append(name)


def keepings() -> list[Keeping]:
    """Every table of dates, in the order in which they were declared."""
    return [import_string(name) for name in _keepings]


def keep(row: Dated, found: Deadline) -> None:
    """Put the dates that were reckoned into a row, with what they rest on; the caller saves it."""
    row.rule, row.strict, row.legal = found.rule, found.strict, found.legal
    row.law_version, row.calendar = found.law_version, found.calendar_hash


def differs(row: Kept, answer: Deadline | LawError) -> bool:
    """Whether the dates kept in a row are other ones than those that the law gives."""
    return isinstance(answer, LawError) or (answer.strict, answer.legal) != (row.strict, row.legal)


@dataclass(frozen=True, slots=True)
class Standing:
    """A date as it stands (`due`), and what law and calendar of today make of it (`found`): its derivation.

    `anew`: the last day, or the moment, that they would set, where that is another one, which nobody has signed.
    """

    due: Deadline
    found: Deadline
    anew: date | datetime | None = None

    def as_dict(self, lang: str) -> dict[str, Any]:
        """What a page shows: `Deadline.as_dict` of what is reckoned today, with the dates that stand."""
        return {**self.found.as_dict(lang), "due": self.due, "anew": self.anew}


def standing(found: Deadline, row: Kept | None) -> Standing:
    """What was reckoned now, with the dates that a row keeps in the place of its own."""
    if row is None or not differs(row, found):
        return Standing(found, found)
    kept = replace(found, strict=row.strict.astimezone(VIETNAM), legal=row.legal.astimezone(VIETNAM))
    return Standing(kept, found, found.legal_day if found.whole_days else found.legal)
