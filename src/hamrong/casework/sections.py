"""What other rooms show on the page of a case; this room knows none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from hamrong.access.actors import Grant
from hamrong.ui.parts import Answer, Link

if TYPE_CHECKING:  # rooms declare before the tables are loaded
    from hamrong.cases.models import Case


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its heading, what it says line by line, and what can be done from there."""

    key: str
    title: str
    lines: Sequence[Answer] = ()
    note: str = ""
    links: Sequence[Link] = field(default_factory=tuple)


Show = Callable[[Grant, "Case"], Section | None]
_shown: list[str] = []


def show(name: str) -> None:
    """Let a room show a section on the page of a case, by the dotted name of a `Show`."""
    _shown.append(name)


def sections(by: Grant, case: "Case") -> list[Section]:
    """Every section that rooms have for this case."""
    found: list[Show] = [import_string(name) for name in _shown]
    return [section for section in (ask(by, case) for ask in found) if section]
