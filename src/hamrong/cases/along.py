"""What goes along with a case when it changes hands; rooms above declare it, because this one knows none of them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.module_loading import import_string

from hamrong.access.actors import Grant, Refusal

if TYPE_CHECKING:  # rooms declare before the tables are loaded
    from hamrong.cases.models import Case, Transfer

Told = Callable[[Grant, "Case"], Iterable[tuple[str, Iterable[Any]]]]
Lead = Callable[[Grant, "Case"], str]
Ready = Callable[[Grant, "Transfer"], Refusal | None]
Received = Callable[[Grant, "Case", "Transfer", datetime], None]

Bar = Callable[[Grant, "Case", str], Refusal | None]
Done = Callable[[Grant, "Case", str, datetime], None]
Receive = Callable[[Grant, "Case", Collection[str]], Mapping[str, Refusal]]
Keep = Callable[[Grant, "Case"], Refusal | None]
Narrow = Callable[[Grant, "Case", list[UUID]], set[UUID]]

_telling: list[str] = []
_leading: list[str] = []
_readying: list[str] = []
_receiving: list[str] = []
_keeping: list[str] = []
_competent: list[str] = []
_narrowing: list[str] = []
_offering: list[str] = []
_barring: list[str] = []
_doing: list[str] = []


def go_along(*, lead: str, ready: str, received: str) -> None:
    """Declare something that belongs to cases, by dotted names.

    `lead` gives the address where such a case is offered, '' for other cases; `ready` says before a case is taken
    over why it cannot be; `received` puts on record, in the same transaction, what came along.
    """
    _leading.append(lead)
    _readying.append(ready)
    _receiving.append(received)


def keep_away(name: str) -> None:
    """Declare who keeps away from a case, by the dotted name of a `Keep`: nobody of them sees it or takes a step."""
    _keeping.append(name)


def kept_away(by: Grant, case: "Case") -> Refusal | None:
    """Why whoever asks keeps away from this case, if they do; within the grant's transaction."""
    found: list[Keep] = [import_string(name) for name in _keeping]
    return next(filter(None, (keep(by, case) for keep in found)), None)


def competent(name: str) -> None:
    """Declare who may act in a case that all of them see, by the dotted name of a `Keep`."""
    _competent.append(name)


def may_not_act(by: Grant, case: "Case") -> Refusal | None:
    """Why whoever asks takes no step in this case now: they keep away from it, or it is not theirs to settle."""
    found: list[Keep] = [import_string(name) for name in (*_keeping, *_competent)]
    return next(filter(None, (keep(by, case) for keep in found)), None)


def steps(*, bar: str, done: str) -> None:
    """Declare what a room has to do with steps, by dotted names.

    `bar` says why an act cannot be proposed or done in a case now; `done` goes on with it, in the same transaction.
    """
    _barring.append(bar)
    _doing.append(done)


def barred(by: Grant, case: "Case", act: str) -> Refusal | None:
    """Why a step cannot be proposed or taken because of what belongs to the case."""
    found: list[Bar] = [import_string(name) for name in _barring]
    return next(filter(None, (bar(by, case, act) for bar in found)), None)


def done(by: Grant, case: "Case", act: str, at: datetime) -> None:
    """Let rooms go on with a step that was just taken."""
    for name in _doing:
        goes_on: Done = import_string(name)
        goes_on(by, case, act, at)


def deciders(name: str) -> None:
    """Declare who of several people could decide in a case, by the dotted name of a `Narrow`."""
    _narrowing.append(name)


def could_decide(by: Grant, case: "Case", people: Iterable[UUID]) -> set[UUID]:
    """Who of these people could approve a step of this case: before them alone it is laid."""
    able = set(people)
    found: list[Narrow] = [import_string(name) for name in _narrowing]
    for narrow in found:
        able &= narrow(by, case, sorted(able))
    return able


def receivers(name: str) -> None:
    """Declare which units can be asked to take a case over, by the dotted name of a `Receive`."""
    _offering.append(name)


def may_not_receive(by: Grant, case: "Case", units: Collection[str]) -> dict[str, Refusal]:
    """Which of some units are not asked to take this case over, and why: it is not for them to settle."""
    found: list[Receive] = [import_string(name) for name in _offering]
    return {unit: why for receive in found for unit, why in receive(by, case, units).items()}


def tell(name: str) -> None:
    """Declare what a room tells of a case to whoever opened it in an emergency, by the dotted name of a `Told`."""
    _telling.append(name)


def told(by: Grant, case: "Case") -> list[tuple[str, Iterable[Any]]]:
    """Heading and lines of what rooms above tell of a case, within a grant that may read it in an emergency."""
    found: list[Told] = [import_string(name) for name in _telling]
    return [part for tells in found for part in tells(by, case)]


def offered_at(by: Grant, case: "Case") -> str:
    """The page on which this case is offered to another unit, where it has one of its own."""
    found: list[Lead] = [import_string(name) for name in _leading]
    return next(filter(None, (lead(by, case) for lead in found)), "")


def problem(by: Grant, transfer: "Transfer") -> Refusal | None:
    """Why a case cannot be taken over now."""
    found: list[Ready] = [import_string(name) for name in _readying]
    return next(filter(None, (ready(by, transfer) for ready in found)), None)


def received(by: Grant, case: "Case", transfer: "Transfer", at: datetime) -> None:
    """Let rooms put on record what came along with a case."""
    for name in _receiving:
        told: Received = import_string(name)
        told(by, case, transfer, at)
