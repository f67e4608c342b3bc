"""What holds without a computer: how many of how many, who is in conflict, what a passphrase must be."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

PASSPHRASE: Final = 16
"""Characters: five plain words, or more of less."""


LIST: Final = 1000


@dataclass(frozen=True, slots=True)
class Splitting:
    """An identity opens with `needed` of `holders`, and a report starts with at least so many handlers."""

    needed: int = 2
    holders: int = 3
    handlers: int = 1


USUAL: Final = Splitting()


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
