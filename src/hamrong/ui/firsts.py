"""What rooms say on the page on which somebody's work begins, above everything else there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from hamrong.access.actors import Grant


@dataclass(frozen=True, slots=True)
class First:
    """Something that must not wait: how grave it is (`bad`, `warn`, `info`), what it is, and where it is dealt with."""

    tone: str
    title: str
    url: str
    link: str


Tell = Callable[[Grant], Iterable[First]]
_telling: list[str] = []


def tell_first(name: str) -> None:
    """Let a room speak there, by the dotted name of a `Tell`, which is asked in the transaction of the page's grant."""
    _telling.append(name)


def firsts(by: Grant) -> list[First]:
    """What the rooms have to say to whoever has a grant."""
    found: list[Tell] = [import_string(name) for name in _telling]
    return [one for ask in found for one in ask(by)]
