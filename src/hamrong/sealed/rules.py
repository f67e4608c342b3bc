"""What holds without a computer: how many of how many, who is in conflict, what a passphrase must be."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

PASSPHRASE: Final = 16
"""Characters: five plain words, or more of less."""


LIST: Final = 1000

DRILL_MONTHS: Final = 12
"""Months after which the trustees' cards are tried again."""

READERS: Final = 2
"""People who have the content's key of a report at least, so that losing one key never loses what it says."""


@dataclass(frozen=True, slots=True)
class Splitting:
    """An identity opens with `needed` of `holders`; which, says `policy.splitting`."""

    needed: int
    holders: int


@dataclass(frozen=True, slots=True)
class Against:
    """Who is complained about, and their units: none of them may hold a key of this report."""

    people: frozenset[UUID] = frozenset()
    units: frozenset[str] = frozenset()

    def excludes(self, person: UUID, units: Collection[str]) -> bool:
        """Whether this person, serving in these units, is in conflict."""
        return person in self.people or not self.units.isdisjoint(units)

    def written(self) -> bytes:
        """As JSON with blanks behind, so that a few names more or less do not show in its length."""
        told = json.dumps({"people": sorted(map(str, self.people)), "units": sorted(self.units)})
        return told.ljust(LIST).encode()


def read_against(written: bytes) -> Against:
    """The same again."""
    told = json.loads(written)
    return Against(frozenset(map(UUID, told["people"])), frozenset(told["units"]))
