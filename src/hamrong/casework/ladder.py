"""How alarms of clocks that guard somebody's liberty climb: when they begin, and whom they reach (`ladder.yaml`)."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from hamrong.law import Text
from hamrong.law.leaves import Source

TABLE: Final = Path(__file__).parent / "ladder.yaml"
Who = Literal["doer", "head", "duty", "above"]


class Rung(Struct, frozen=True, forbid_unknown_fields=True):
    """So many hours before the end (0: at the end), whom it tells from then on, what is to be done.

    `outside`: the procuracy is told, too.
    """

    hours: int
    tells: tuple[Who, ...]
    words: Text
    outside: bool = False

    @property
    def before(self) -> timedelta:
        """How long before the end."""
        return timedelta(hours=self.hours)


class Posts(Struct, frozen=True, forbid_unknown_fields=True):
    """Which roles lead a unit, are on duty in it, and stand above all units; a `doer` is named by the course."""

    head: tuple[str, ...]
    duty: tuple[str, ...]
    above: tuple[str, ...]


class Ladder(Struct, frozen=True, forbid_unknown_fields=True):
    """The rungs from the first to the one at the end, and the posts that they name."""

    posts: Posts
    rungs: tuple[Rung, ...]


@cache
def ladder(path: Path = TABLE) -> Ladder:
    """The table; raises LawError for an unknown key, rungs out of order, or none at the end."""
    source = Source(path)
    found = source.to(Ladder)
    hours = [rung.hours for rung in found.rungs]
    if hours != sorted(set(hours), reverse=True) or hours[-1:] != [0]:
        raise source.error("$.rungs", "rungs go down from hour to hour and end at 0")
    return found


def first() -> timedelta:
    """How long before the end the first alarm sounds."""
    return ladder().rungs[0].before


def reached(end: datetime, at: datetime) -> Rung | None:
    """The rung on which a clock that ends at `end` stands; None before the first one."""
    return next((rung for rung in reversed(ladder().rungs) if end - rung.before <= at), None)


def told(rung: Rung, roles: frozenset[str], *, doer: bool, own: bool) -> bool:
    """Whether a rung, or one before it, tells somebody with these roles: `own`, in a case of the own unit."""
    posts, so_far = ladder().posts, {who for one in ladder().rungs if one.hours >= rung.hours for who in one.tells}
    return (
        (doer and "doer" in so_far)
        or (own and "head" in so_far and not roles.isdisjoint(posts.head))
        or (own and "duty" in so_far and not roles.isdisjoint(posts.duty))
        or ("above" in so_far and not roles.isdisjoint(posts.above))
    )
